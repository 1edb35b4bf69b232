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
  const held = matches.map(match => heldByOne([match]))
  const most = Math.max(...held) || 1
  const nearest = Math.max(...matches.map(({ near }) => near))
  const pairs = adjacentWords(topic, asksInTopic)
  return matches.map(({ paper, standing, held: words, near }, i) => ({
    standing,
    held: (held[i] ?? 0) / most,
    together: Math.max(
      saidBy(words, ({ title }) => title),
      ...paper.sentences.map((_, at) => saidBy(words, ({ sentences }) => sentences[at] ?? 0)),
    ),
    pairs: pairsTogether(pairs, paper),
    'behind.near': near - nearest,
  }))
}

/** How sure it is that a paper is on the whole topic. */
export interface OnWhole {
  /** Orders papers, higher first. */
  readonly order: number
  /** Relative to the surest of the papers, 0 to 1. */
  readonly sure: number
}

/** What the search's own score counts for in the order, beside the model's log odds. */
const standingCounts = 4

/**
 * For each of the papers found for a topic, how sure it is that it is on all of it: a logistic model, fitted by
 * test/quality/fit-list.ts. Without an embedder: how much of the topic it covers, relative to the best.
 */
export function onWholeOf(topic: Question, papers: readonly SurveyPaper[]): OnWhole[] {
  const features = listFeatures(topic, papers)
  if (!hasMeaning(topic))
    return features.map(({ held, standing }) => ({ order: Number(standing), sure: Number(held) }))
  const odds = features.map(one => logOdds(stored, one))
  const surest = logistic(Math.max(...odds))
  return odds.map((one, i) => ({
    order: one + standingCounts * Number(features[i]?.['standing'] ?? 0),
    sure: logistic(one) / surest,
  }))
}
