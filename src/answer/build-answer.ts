import type { Paper } from '../corpus/paper.ts'
import type { Hit, Search, SearchResult } from '../search/port.ts'
import type { AnalyzedPaper } from './analyzed-paper.ts'
import { answerFrom, confidenceOf } from './confidence.ts'
import { type RankedPassage, rankPassages, sourcesOf } from './passage-ranker.ts'
import type { Answer, Quote } from './port.ts'
import type { Question } from './question.ts'

/** Where answers come from: the search, and the abstracts read for quoting. */
export interface Reading {
  readonly search: Search
  read(paper: Paper): AnalyzedPaper
}

export type Found = Pick<SearchResult, 'hits' | 'query'>

const quotesGiven = 5
const quotesWanted = 3
const quotesShown = 3
/** Beside the best sentence another is shown when its odds are a third of the best one's; in logarithms, about this. */
const shownWithin = 1

/** The best sentences of the best papers, and whether they answer. `order` may put them otherwise than they fit. */
export function buildAnswer(
  question: Question,
  { hits, query }: Found,
  reading: Reading,
  order: (evidence: RankedPassage[]) => RankedPassage[] = evidence => evidence,
): Answer {
  const sources = sourcesOf(hits, paper => reading.read(paper))
  const fitting = rankPassages(question, sources)
  const confidence = confidenceOf(question, fitting)
  const evidence = order(fitting)
  const answered = confidence >= answerFrom
  const quotes = [...evidence, ...moreEvidence(question, hits, evidence, reading)].slice(0, quotesGiven)
  return {
    answered,
    confidence,
    quotes: quotes.map(quoteOf),
    shown: answered ? shownOf(evidence) : 0,
    papers: sourcesFirst(evidence, hits),
    query,
  }
}

/** The same answer, withdrawn: what was found holds nothing of what is asked. */
export const abstained = (found: Answer): Answer => ({
  ...found,
  answered: false,
  shown: 0,
  confidence: Math.min(found.confidence, answerFrom / 2),
})

export const quoteOf = ({ outline, sentence, score }: RankedPassage): Quote => ({
  paper: outline.paper,
  text: sentence.text,
  start: sentence.start,
  score,
})

/** The papers in the order of their best sentences; those whose sentences were not weighed as search ranks them. */
const sourcesFirst = (evidence: readonly RankedPassage[], hits: readonly Hit[]): Paper[] => [
  ...new Set([...evidence.map(({ outline }) => outline.paper), ...hits.map(({ paper }) => paper)]),
]

/** Where the first papers hold too few sentences: those of the papers after them, or else of their neighbours. */
function moreEvidence(
  question: Question,
  hits: readonly Hit[],
  evidence: readonly RankedPassage[],
  { search, read }: Reading,
): RankedPassage[] {
  const [best] = hits
  if (best === undefined || evidence.length >= quotesWanted) return []
  const seen = new Set(evidence.map(({ outline }) => outline.paper))
  const others = [...hits, ...search.related(best.paper.id, quotesWanted)].filter(
    ({ paper }) => !seen.has(paper),
  )
  return others.flatMap(hit => rankPassages(question, sourcesOf([hit], read)))
}

function shownOf(evidence: readonly RankedPassage[]): number {
  const [best] = evidence
  if (best === undefined) return 0
  const close = evidence.slice(0, quotesShown).filter(({ score }) => score >= best.score - shownWithin)
  return Math.max(1, close.length)
}
