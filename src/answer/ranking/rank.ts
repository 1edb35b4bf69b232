import type { AnalyzedPaper, AnalyzedSentence } from '../analyzed-paper.ts'
import type { Question } from '../question.ts'
import { sectionsOf } from '../sections.ts'
import { isNotice, isOnlyAddress } from './address.ts'
import { asked } from './asked-and-said.ts'
import storedForClaims from './claim-weights.json' with { type: 'json' }
import { discourseOf } from './discourse.ts'
import { type Features, type FeatureValues, logShares, weigh } from './linear.ts'
import { matchOf } from './match.ts'
import type { MatchNetwork } from './match-network.ts'
import { type Candidate, paperFeatures, staysWithSubject } from './paper-features.ts'
import { asksSampleSize, saysSampleSize } from './sample-size.ts'
import { sentenceFeatures } from './sentence-features.ts'
import stored from './weights.json' with { type: 'json' }

/** A sentence that may answer the question. */
export interface RankedSentence {
  readonly paper: AnalyzedPaper
  readonly sentence: AnalyzedSentence
  /** The probability that it is the answer, among all ranked sentences: 0 to 1. */
  readonly chance: number
}

/** Weights of the two linear models: which sentence of a paper, and which paper. */
export interface RankingWeights {
  readonly sentence: Features
  readonly paper: Features
  /** Undefined: the one that ships. */
  readonly network?: MatchNetwork
}

/** A candidate paper with its features and those of its sentences. */
export interface CandidateFeatures {
  readonly candidate: Candidate
  readonly sentences: readonly FeatureValues[]
  readonly own: FeatureValues
}

/** Scale of the difference between a paper's best sentence score and the highest of all papers. */
const behindUnit = 3

/** Computes the features of all candidates and their sentences; candidates without an abstract are left out. */
export function candidateFeatures(
  question: Question,
  candidates: readonly Candidate[],
  network?: MatchNetwork,
): CandidateFeatures[] {
  const readable = candidates.filter(({ paper }) => paper.sentences.length > 0)
  const own = paperFeatures(question, readable)
  return readable.map((candidate, i) => ({
    candidate,
    sentences: sentenceFeatures(matchOf(question, candidate.paper), network),
    own: own[i] ?? {},
  }))
}

/** The papers' features, completed by their best sentence scores. */
export function paperFeatureValues(
  question: Question,
  all: readonly CandidateFeatures[],
  scores: readonly number[][],
): FeatureValues[] {
  const best = scores.map(own => Math.max(...own))
  const top = Math.max(...best)
  return all.map(({ own }, i) => {
    const behind = ((best[i] ?? 0) - top) / behindUnit
    return { ...own, 'paper.best': behind, 'paper.bestdefine': question.kinds.define ? behind : 0 }
  })
}

/** Added to the score of the last answer's paper when the question names no other. */
const sureOfSubject = 12

/**
 * The sentences of the candidates, best first. Those of the most probable paper precede all others, since an answer
 * quotes one paper; only the evidence for or against a claim may come from several. Two listwise softmax models (Cao
 * et al. 2007), fitted by test/quality/fit-answers.ts.
 */
export function rankSentences(
  question: Question,
  candidates: readonly Candidate[],
  weights: RankingWeights = question.kinds.claim ? storedForClaims : stored,
): RankedSentence[] {
  const all = candidateFeatures(question, candidates, weights.network)
  if (all.length === 0) return []
  const sampleAsked = asksSampleSize(question.text)
  const scores = all.map(({ candidate: { paper }, sentences }) =>
    sentences.map((features, at) => {
      const text = paper.sentences[at]?.text ?? ''
      const sample = sampleAsked && saysSampleSize(text) ? sampleBonus : 0
      return weigh(weights.sentence, features) + sample - unasked(question, text)
    }),
  )
  const stays = staysWithSubject(question, candidates)
  const papers = logShares(
    paperFeatureValues(question, all, scores).map(
      (features, i) =>
        weigh(weights.paper, features) + (stays && all[i]?.candidate.isSubject ? sureOfSubject : 0),
    ),
  )
  const likeliest = papers.indexOf(Math.max(...papers))
  const ranked = all
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
  return question.kinds.digest ? inReadingOrder(ranked) : ranked
}

/**
 * A digest begins with the best sentence and goes on with the best of those after it, in the abstract's order. Where the
 * best sentence is the last one, the digest is the best of the results and the conclusion, if the abstract has such
 * sections, and otherwise of all that the authors tell of their own work.
 */
function inReadingOrder(ranked: readonly RankedSentence[]): RankedSentence[] {
  const [best] = ranked
  if (best === undefined) return []
  const own = ranked.filter(
    ({ paper, sentence: { text } }) => paper === best.paper && !isNotice(text) && !text.endsWith('?'),
  )
  const from = (index: number) => own.filter(({ sentence }) => sentence.index >= index)
  const sections = sectionsOf(best.paper)
  const concludes = sections[best.sentence.index] === 'conclusions'
  const after = from(best.sentence.index)
  const ownWork = from(concludes ? sections.indexOf('results') : discourseOf(best.paper).turn)
  const told = ([after, ownWork].find(({ length }) => length > 1) ?? own)
    .slice(0, mostShown)
    .sort((a, b) => a.sentence.index - b.sentence.index)
  return [...told, ...ranked.filter(one => !told.includes(one))]
}

/** Added to a sentence that gives the size of the study when it is asked for: the fit has too few such questions. */
const sampleBonus = 2

/** Penalty for a sentence that only gives an address or a notice which was not asked for; it ranks behind all others. */
const addressPenalty = 6
const asksForNotice =
  /\b(?:fund\w{0,10}|paid|sponsor\w{0,10}|copyright|publisher|interests?|regist\w{1,10})\b/iu

function unasked({ kinds, text: question }: Question, text: string): number {
  if (isNotice(text) && !asksForNotice.test(question)) return addressPenalty
  if (kinds.avail || asked.video.test(question)) return 0
  return isOnlyAddress(text) ? addressPenalty : 0
}

/** Most sentences in an answer. */
const mostShown = 3
/** A further sentence is shown while its probability is at least this share of the first one's. */
const leastShare = 0.25

/** How many of the ranked sentences make the answer. */
export function shownOf(question: Question, ranked: readonly RankedSentence[]): number {
  const [first] = ranked
  if (first === undefined) return 0
  const own = ranked.slice(0, mostShown).filter(({ paper }) => question.kinds.claim || paper === first.paper)
  if (question.kinds.digest) {
    const back = own.findIndex((one, i) => i > 0 && one.sentence.index < (own[i - 1]?.sentence.index ?? 0))
    return back < 0 ? own.length : back
  }
  const end = own.findIndex(({ chance }) => chance < leastShare * first.chance)
  return end < 0 ? own.length : end
}
