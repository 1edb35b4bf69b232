import { centralSentenceOf, summaryScores } from '../summary-ranker.ts'
import type { FeatureValues } from './linear.ts'
import type { Match } from './match.ts'
import { standardized } from './nearness.ts'

/** About the mean length of a sentence of an abstract, in words. */
const usualLength = 25

/**
 * What each sentence says of its paper, when several papers are asked (`several`): the one that says what the paper is
 * about, how it is done or what came out tells papers apart; background that many papers share does not.
 */
export function surveyFeatures({ question, paper, discourse: { cues } }: Match): FeatureValues[] {
  if (!question.ofSeveral) return []
  const central = centralSentenceOf(paper)
  const gist = standardized(summaryScores(paper))
  return paper.sentences.map(({ tokens }, i) => ({
    'several.central': i === central,
    'several.gist': gist[i] ?? 0,
    'several.finds': cues[i]?.finds ?? false,
    'several.digits': cues[i]?.digits ?? false,
    'several.length': Math.log((tokens.length + 1) / usualLength),
  }))
}
