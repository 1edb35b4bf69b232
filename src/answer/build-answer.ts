import type { Paper } from '../corpus/paper.ts'
import type { WordMatcher } from '../search/embedding/word-matcher.ts'
import type { Hit, Search, SearchResult } from '../search/port.ts'
import { answerFrom, confidenceOf } from './abstain/confidence.ts'
import { lackOf } from './abstain/features.ts'
import type { AnalyzedPaper } from './analyzed-paper.ts'
import { pointsAtSentenceBefore } from './discourse-cues.ts'
import type { Answer, Quote, Subject } from './port.ts'
import type { Question } from './question.ts'
import { type Candidate, subjectAmong } from './ranking/paper-features.ts'
import { type RankedSentence, rankSentences, shownOf } from './ranking/rank.ts'

/** What answers are built from: the search, and the abstracts analysed for quoting. */
export interface Reading {
  readonly search: Search
  read(paper: Paper): AnalyzedPaper
  readonly meaning?: WordMatcher | undefined
}

export type Found = Pick<SearchResult, 'hits' | 'query'>

const quotesGiven = 5
const quotesWanted = 3
/** How many hits have their sentences ranked: in practice the answer is in one of the first three or in no hit. */
const mostCandidates = 3

/** The first hits, and the paper of the previous answer that the question goes on about. */
export function candidatesOf(
  question: Question,
  hits: readonly Hit[],
  subject: Subject | undefined,
  reading: Reading,
): Candidate[] {
  const top = Math.max(Number.EPSILON, hits[0]?.score ?? 0)
  const named = subject?.papers.map(id => reading.search.get(id)).filter(paper => paper !== undefined) ?? []
  const last = subjectAmong(question, named.map(reading.read))
  const found = hits.slice(0, mostCandidates).map(({ paper, score }, rank) => ({
    paper: reading.read(paper),
    rank,
    standing: score / top,
    isSubject: paper === last?.paper,
  }))
  if (last === undefined || found.some(({ isSubject }) => isSubject)) return found
  return [...found, { paper: last, rank: undefined, standing: 0, isSubject: true }]
}

/** The best sentences of the most probable paper, and whether they answer the question. */
export function buildAnswer(
  question: Question,
  { hits, query }: Found,
  subject: Subject | undefined,
  reading: Reading,
): Answer {
  const candidates = candidatesOf(question, hits, subject, reading)
  const ranked = rankSentences(question, candidates)
  const staysWithSubject = candidates.some(one => one.isSubject && one.paper === ranked[0]?.paper)
  const { features, ...lacks } = lackOf(question, ranked, { staysWithSubject })
  const confidence = ranked.length === 0 ? 0 : confidenceOf(features)
  const answered = confidence >= answerFrom
  const quotes = [...ranked, ...moreSentences(question, hits, ranked, reading)].slice(0, quotesGiven)
  return {
    kind: 'single',
    answered,
    confidence,
    quotes: quotes.map(quoteOf),
    shown: answered ? shownOf(question, ranked) : 0,
    papers: sourcesFirst(ranked, hits),
    query,
    lacks,
  }
}

export function quoteOf({ paper, sentence, chance }: RankedSentence): Quote {
  const { text, start, index } = sentence
  const before = pointsAtSentenceBefore(text) ? paper.sentences[index - 1] : undefined
  return {
    paper: paper.paper,
    text,
    start,
    score: chance,
    ...(before === undefined ? {} : { before: before.text }),
  }
}

/** The papers in the order of their best sentences, followed by the remaining hits in search order. */
const sourcesFirst = (ranked: readonly RankedSentence[], hits: readonly Hit[]): Paper[] => [
  ...new Set([...ranked.map(({ paper }) => paper.paper), ...hits.map(({ paper }) => paper)]),
]

/** When the first papers have too few sentences: sentences of the later hits and of related papers. */
function moreSentences(
  question: Question,
  hits: readonly Hit[],
  ranked: readonly RankedSentence[],
  reading: Reading,
): RankedSentence[] {
  const [best] = hits
  if (best === undefined || ranked.length >= quotesWanted) return []
  const seen = new Set(ranked.map(({ paper }) => paper.paper))
  const others = [...hits, ...reading.search.related(best.paper.id, quotesWanted)].filter(
    ({ paper }) => !seen.has(paper),
  )
  return others.flatMap(hit => rankSentences(question, candidatesOf(question, [hit], undefined, reading)))
}
