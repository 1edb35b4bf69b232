import type { AnalyzedPaper, AnalyzedSentence } from '../analyzed-paper.ts'
import type { Question } from '../question.ts'
import { tellsOnlyAddress } from './address.ts'
import { asked } from './asked-and-said.ts'
import storedForClaims from './claim-weights.json' with { type: 'json' }
import { type Features, logShares, type Told, weigh } from './linear.ts'
import { matchOf } from './match.ts'
import { type Candidate, paperFeatures } from './paper-features.ts'
import { sentenceFeatures } from './sentence-features.ts'
import stored from './weights.json' with { type: 'json' }

/** A sentence that may answer. */
export interface RankedSentence {
  readonly paper: AnalyzedPaper
  readonly sentence: AnalyzedSentence
  /** How likely it is the one that answers, among all that were weighed: 0 to 1. */
  readonly chance: number
}

/** The two sums: which sentence of a paper, and which paper. */
export interface RankingWeights {
  readonly sentence: Features
  readonly paper: Features
}

/** What is weighed of one candidate paper. */
export interface Weighed {
  readonly candidate: Candidate
  readonly sentences: readonly Told[]
  readonly told: Told
}

/** How far the best sentence of a paper falls behind the best paper's, in units of this. */
const behindUnit = 3

/** The features of every candidate and its sentences; candidates without an abstract are left out. */
export function weighed(question: Question, candidates: readonly Candidate[]): Weighed[] {
  const readable = candidates.filter(({ paper }) => paper.sentences.length > 0)
  const told = paperFeatures(question, readable)
  return readable.map((candidate, i) => ({
    candidate,
    sentences: sentenceFeatures(matchOf(question, candidate.paper)),
    told: told[i] ?? {},
  }))
}

/** The papers' features with what their best sentences add, given the sentences' scores. */
export function papersTold(question: Question, all: readonly Weighed[], scores: readonly number[][]): Told[] {
  const best = scores.map(own => Math.max(...own))
  const top = Math.max(...best)
  return all.map(({ told }, i) => {
    const behind = ((best[i] ?? 0) - top) / behindUnit
    return { ...told, 'paper.best': behind, 'paper.bestdefine': question.kinds.define ? behind : 0 }
  })
}

/**
 * The sentences of the candidates, best first: those of the likeliest paper before all others, since what is shown
 * comes from one paper; the evidence for or against a claim may come from several. Listwise logistic sums (Cao et al. 2007) fitted by test/quality/fit-answers.ts.
 */
export function rankSentences(
  question: Question,
  candidates: readonly Candidate[],
  weights: RankingWeights = question.kinds.claim ? storedForClaims : stored,
): RankedSentence[] {
  const all = weighed(question, candidates)
  if (all.length === 0) return []
  const scores = all.map(({ candidate: { paper }, sentences }) =>
    sentences.map(
      (told, at) => weigh(weights.sentence, told) - unasked(question, paper.sentences[at]?.text ?? ''),
    ),
  )
  const papers = logShares(papersTold(question, all, scores).map(told => weigh(weights.paper, told)))
  const likeliest = papers.indexOf(Math.max(...papers))
  return all
    .flatMap(({ candidate: { paper } }, i) =>
      logShares(scores[i] ?? []).flatMap((share, at) => {
        const sentence = paper.sentences[at]
        const chance = Math.exp(share + (papers[i] ?? 0))
        return sentence === undefined
          ? []
          : [{ paper, sentence, chance, other: !question.kinds.claim && i !== likeliest }]
      }),
    )
    .sort((a, b) => Number(a.other) - Number(b.other) || b.chance - a.chance)
}

/** What a sentence loses that tells nothing but an address, when no address was asked for: it comes behind all others. */
const addressPenalty = 6

function unasked({ kinds, text: question }: Question, text: string): number {
  if (kinds.avail || asked.video.test(question)) return 0
  return tellsOnlyAddress(text) ? addressPenalty : 0
}

/** Sentences shown at most. */
const mostShown = 3
/** The next sentence is shown while it is at least so likely as this share of the first. */
const leastShare = 0.25

/** How many of the ranked sentences make the answer: the stop rule. */
export function shownOf(question: Question, ranked: readonly RankedSentence[]): number {
  const [first] = ranked
  if (first === undefined) return 0
  const own = ranked.slice(0, mostShown).filter(({ paper }) => question.kinds.claim || paper === first.paper)
  if (question.kinds.digest) return own.length
  const end = own.findIndex(({ chance }) => chance < leastShare * first.chance)
  return end < 0 ? own.length : end
}
