import type { AnalyzedPaper } from '../analyzed-paper.ts'
import type { Question } from '../question.ts'
import { logistic, logOdds, logShares, type Told, weigh } from '../ranking/linear.ts'
import { type Match, matchOf, share } from '../ranking/match.ts'
import { cosinesToSentences, cosineToPaper, hasMeaning } from '../ranking/nearness.ts'
import type { RankedSentence } from '../ranking/rank.ts'
import { sentenceFeatures } from '../ranking/sentence-features.ts'
import ranking from '../ranking/weights.json' with { type: 'json' }
import { termCoverageOf, termMatchingOf, widened } from '../term-matching.ts'
import stored from './survey-weights.json' with { type: 'json' }

/** A paper that search brings for a question that several papers answer. */
export interface SurveyPaper {
  readonly paper: AnalyzedPaper
  /** Search's score as a share of the first paper's, 0 to 1. */
  readonly standing: number
}

/** Papers of the search that are looked at. */
export const surveyed = 10
const mostQuoted = 5
/** From this share on of the surest paper's odds a paper belongs. */
const leastShare = 0.4

/** What tells whether a paper belongs to the answer; features in the papers' order. */
export function belongingFeatures(question: Question, papers: readonly SurveyPaper[]): Told[] {
  const idf = new Map(question.terms.filter(({ extra }) => !extra).map(one => [one.term, one.idf]))
  const held = papers.map(({ paper }) => {
    const exact = termCoverageOf(paper.words, termMatchingOf([...idf.keys()], paper.words))
    return { exact, wide: widened(exact, paper.words, question.alternatives) }
  })
  const cover = held.map(({ wide }) => share(idf, wide))
  const most = Math.max(0, ...cover)
  const near = papers.map(({ paper }) => likenessOf(question, paper))
  const nearest = Math.max(0, ...near)
  return papers.map(({ paper, standing }, i) => {
    const match = matchOf(question, paper)
    const inTitle = [...idf]
      .filter(([term]) => paper.title.has(term))
      .reduce((sum, [, value]) => sum + value, 0)
    const total = [...idf.values()].reduce((sum, value) => sum + value, Number.EPSILON)
    return {
      standing,
      top: i === 0,
      cover: cover[i] ?? 0,
      behind: (cover[i] ?? 0) - most,
      exact: share(idf, held[i]?.exact ?? new Map()),
      title: inTitle / total,
      sentence: bestCover(match),
      near: (near[i] ?? 0) - nearest,
    }
  })
}

/** The mean of the cosines of a question to a paper and to its nearest sentence; 0 where meaning does not count. */
function likenessOf(question: Question, paper: AnalyzedPaper): number {
  if (!hasMeaning(question)) return 0
  const toSentences = cosinesToSentences(question, paper)
  return (cosineToPaper(question, paper) + Math.max(0, ...toSentences)) / 2
}

/** The most that one sentence holds, in other words too. */
const bestCover = (match: Match): number => Math.max(0, ...match.wide.map(one => share(match.idf, one)))

/** Odds, as a logarithm, that each paper belongs. */
export const belonging = (question: Question, papers: readonly SurveyPaper[]): number[] =>
  belongingFeatures(question, papers).map(told => logOdds(stored, told))

/** The sentence of each paper that belongs which says the thing itself, surest paper first; five papers at most. */
export function surveySentences(question: Question, papers: readonly SurveyPaper[]): RankedSentence[] {
  const readable = papers.filter(({ paper }) => paper.sentences.length > 0).slice(0, surveyed)
  const odds = belonging(question, readable)
  const chance = odds.map(logistic)
  const surest = Math.max(0, ...chance)
  return readable
    .map(({ paper }, i) => ({ paper, sure: chance[i] ?? 0 }))
    .filter(({ sure }) => sure >= leastShare * surest)
    .sort((a, b) => b.sure - a.sure)
    .slice(0, mostQuoted)
    .flatMap(({ paper, sure }) => bestSentence(question, paper, sure))
}

function bestSentence(question: Question, paper: AnalyzedPaper, sure: number): RankedSentence[] {
  const scores = sentenceFeatures(matchOf(question, paper)).map(told => weigh(ranking.sentence, told))
  const shares = logShares(scores)
  const best = shares.indexOf(Math.max(...shares))
  const sentence = paper.sentences[best]
  return sentence === undefined ? [] : [{ paper, sentence, chance: sure * Math.exp(shares[best] ?? 0) }]
}
