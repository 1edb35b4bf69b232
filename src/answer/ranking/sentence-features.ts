import { agreementFeatures } from './agreement-features.ts'
import { claimFeatures } from './claim-features.ts'
import { definitionFeatures } from './definition-features.ts'
import type { FeatureValues } from './linear.ts'
import type { Match } from './match.ts'
import { type MatchNetwork, matchNetwork } from './match-network.ts'
import { placeFeatures } from './place-features.ts'
import { rhetoricalFeatures } from './rhetorical-features.ts'
import { roleFeatures } from './role-features.ts'
import { surveyFeatures } from './survey-features.ts'
import { wordFeatures } from './word-features.ts'

/** The features of every sentence of a paper for a question, in the abstract's order. */
export function sentenceFeatures(m: Match, network: MatchNetwork = matchNetwork): FeatureValues[] {
  const roles = roleFeatures(m)
  const surveys = surveyFeatures(m)
  const zones = rhetoricalFeatures(m)
  const learned = network.scores(m.question, m.paper)
  return m.paper.sentences.map((_, i) => ({
    ...wordFeatures(m, i),
    ...roles[i],
    ...placeFeatures(m, i),
    ...definitionFeatures(m, i),
    ...agreementFeatures(m, i),
    ...claimFeatures(m, i),
    ...surveys[i],
    ...zones[i],
    learned: learned[i] ?? 0,
  }))
}
