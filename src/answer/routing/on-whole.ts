import type { AnalyzedPaper } from '../analyzed-paper.ts'
import type { Question } from '../question.ts'
import { type FeatureValues, logistic, logOdds } from '../ranking/linear.ts'
import { hasMeaning } from '../ranking/nearness.ts'
import { sharesStem } from '../term-matching.ts'
import stored from './list-weights.json' with { type: 'json' }
import {
  adjacentWords,
  asksInTopic,
  heldByOne,
  matchesOf,
  type SurveyPaper,
  saidBy,
} from './survey-features.ts'

/** Words of a topic stand near each other when no more than this many words are between them. */
const pairReach = 3

/** The share of the topic's adjacent words, or others of their stems, that stand near each other; 1 for a single word. */
function pairsTogether(pairs: readonly (readonly [string, string])[], paper: AnalyzedPaper): number {
  if (pairs.length === 0) return 1
  const texts = [...paper.sentences.map(({ tokens }) => tokens.map(({ term }) => term)), [...paper.title]]
  const isOf = (term: string, wanted: string): boolean => term === wanted || sharesStem(term, wanted)
  const near = ([one, other]: readonly [string, string]): boolean =>
    texts.some(terms =>
      terms.some(
        (term, i) =>
          isOf(term, one) &&
          terms.slice(Math.max(0, i - pairReach), i + pairReach + 1).some(two => isOf(two, other)),
      ),
    )
  return pairs.filter(near).length / pairs.length
}

/** What tells papers on a whole topic from those that hold a word of it, for each of the papers that were found. */
export function listFeatures(topic: Question, papers: readonly SurveyPaper[]): FeatureValues[] {
  const matches = matchesOf(topic, papers, asksInTopic)
  const pairs = adjacentWords(topic, asksInTopic)
  return matches.map(({ paper, standing, held, near }) => ({
    standing,
    together: Math.max(
      saidBy(held, ({ title }) => title),
      ...paper.sentences.map((_, at) => saidBy(held, ({ sentences }) => sentences[at] ?? 0)),
    ),
    pairs: pairsTogether(pairs, paper),
    near,
  }))
}

/** How sure it is that a paper is on the whole topic. */
export interface OnWhole {
  /** Orders papers, higher first. */
  readonly order: number
  /** How sure it is, relative to the surest of the papers, 0 to 1. */
  readonly share: number
  /** Whether it is on all of it, as far as that can be told. */
  readonly isWhole: boolean
  /** Whether it is on a part of it at least. */
  readonly isListed: boolean
}

/** Least probability of a paper on the whole topic, and its share of the surest paper's. */
const whole = { least: 0.3, ofSurest: 0.4 } as const
const listed = { least: 0.03, ofSurest: 0.05 } as const
/** Without an embedder: of the share of the topic that the paper covers that covers most of it. */
const asWritten = { whole: 0.6, listed: 0.3 } as const

/** From this probability on a paper is on the whole topic. @param surest of the papers that were found */
export const wholeFrom = (surest: number): number => Math.max(whole.least, whole.ofSurest * surest)

/** What the search's own score counts for in the order, beside the model's log odds. */
const standingCounts = 4

/**
 * For each of the papers found for a topic, how sure it is that it is on all of it: a logistic model, fitted by
 * test/quality/fit-list.ts. Without an embedder: how much of the topic it covers.
 */
export function onWholeOf(topic: Question, papers: readonly SurveyPaper[]): OnWhole[] {
  if (!hasMeaning(topic)) return byWords(topic, papers)
  const features = listFeatures(topic, papers)
  const odds = features.map(one => logOdds(stored, one))
  const surest = logistic(Math.max(...odds))
  const least = { whole: wholeFrom(surest), listed: Math.max(listed.least, listed.ofSurest * surest) }
  return odds.map((one, i) => {
    const sure = logistic(one)
    return {
      order: one + standingCounts * Number(features[i]?.['standing'] ?? 0),
      share: sure / surest,
      isWhole: sure >= least.whole,
      isListed: sure >= least.listed,
    }
  })
}

function byWords(topic: Question, papers: readonly SurveyPaper[]): OnWhole[] {
  const held = matchesOf(topic, papers, asksInTopic).map(match => heldByOne([match]))
  const most = Math.max(...held) || 1
  return papers.map(({ standing }, i) => {
    const share = (held[i] ?? 0) / most
    return { order: standing, share, isWhole: share >= asWritten.whole, isListed: share >= asWritten.listed }
  })
}
