import { type Features, weigh } from '../../../src/answer/ranking/linear.ts'
import type { MatchNetwork } from '../../../src/answer/ranking/match-network.ts'
import {
  type CandidateFeatures,
  candidateFeatures,
  paperFeatureValues,
  type RankingWeights,
  rankSentences,
  shownOf,
} from '../../../src/answer/ranking/rank.ts'
import { mean } from '../metrics.ts'
import { fitLists } from './fit.ts'
import { isGold, type Labelled } from './labelled.ts'

/** A labelled question with the features of its candidates, and what it counts for in a fit. */
export interface Case extends Labelled {
  readonly all: readonly CandidateFeatures[]
  readonly right: readonly boolean[][]
  readonly weight: number
}

export function caseOf(labelled: Labelled, weight: number, network?: MatchNetwork): Case {
  const all = candidateFeatures(labelled.question, labelled.candidates, network)
  const right = all.map(({ candidate: { paper } }) =>
    paper.sentences.map(
      ({ text }) => labelled.gold.includes(paper.paper.id) && isGold(text, labelled.sentences),
    ),
  )
  return { ...labelled, all, right, weight }
}

const ridgeOf = (name: string): number =>
  name.startsWith('zone.')
    ? 80
    : name.startsWith('place.')
      ? 60
      : /^(?:agree|def|mech)\./u.test(name)
        ? 30
        : 20

export function fitWeights(cases: readonly Case[]): RankingWeights {
  const sentence = fitLists(
    cases.flatMap(one => {
      const at = one.right.findIndex(right => right.includes(true))
      return at < 0
        ? []
        : [{ rows: one.all[at]?.sentences ?? [], right: one.right[at] ?? [], weight: one.weight }]
    }),
    ridgeOf,
  )
  return { sentence, paper: fitPaperWeights(cases, () => sentence) }
}

/** Weights of the papers' choice, given those of their sentences. */
export const fitPaperWeights = (cases: readonly Case[], weightsOf: (one: Case) => Features): Features =>
  fitLists(
    cases.map(one => {
      const own = weightsOf(one)
      const scores = one.all.map(({ sentences }) => sentences.map(features => weigh(own, features)))
      return {
        rows: paperFeatureValues(one.question, one.all, scores),
        right: one.all.map(({ candidate }) => one.gold.includes(candidate.paper.paper.id)),
        weight: one.weight,
      }
    }),
    () => 1,
  )

/** first, shown, precision, right paper first, right among three. */
export function metricsOf(one: Labelled, weights: RankingWeights): number[] {
  const ranked = rankSentences(one.question, one.candidates, weights)
  const right = ranked.map(({ paper, sentence }) =>
    one.gold.includes(paper.paper.id) && isGold(sentence.text, one.sentences) ? 1 : 0,
  )
  const hits = right.slice(0, shownOf(one.question, ranked))
  const three = right.slice(0, 3).some(one => one === 1) ? 1 : 0
  const paper = ranked[0] !== undefined && one.gold.includes(ranked[0].paper.paper.id) ? 1 : 0
  return [hits[0] ?? 0, hits.includes(1) ? 1 : 0, mean(hits), paper, three]
}

/** A number of its own for each paper, always the same. */
export function foldOf(set: string, id: string, seed: number, folds: number): number {
  let hash = 2_166_136_261 + seed * 7_919
  for (const char of `${set.split(' ')[0]}${id}`)
    hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619) >>> 0
  return (hash >>> 8) % folds
}

export const rounded = (part: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(part).map(([name, weight]) => [name, Number(weight.toFixed(3))]))
