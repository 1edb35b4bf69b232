import type { Paper } from '../corpus/paper.ts'
import type { Hit, Search } from '../search/port.ts'
import { answerFrom, confidenceOf } from './confidence.ts'
import { type Evidence, rankEvidence, type Source, sourcesOf } from './evidence.ts'
import { followUp } from './follow-up.ts'
import { kinshipOf } from './kinship.ts'
import { type Outline, outlineCache } from './outline.ts'
import type { Answer, Answerer, Quote } from './port.ts'
import { type Question, readQuestion } from './question.ts'
import { summaryOf } from './summary.ts'

/** Abstracts that stay read: a topic's papers are asked about again and again. Some 50 KiB each. */
const outlinesKept = 256
const quotesGiven = 5
const quotesWanted = 3
const quotesShown = 3

/** A sentence is shown beside the best when its score is this close. */
const shownWithin = 1.5

export function createAnswerer(search: Search): Answerer {
  const read = outlineCache(outlinesKept)
  const readById = (id: string): Outline | undefined => {
    const paper = search.get(id)
    return paper === undefined || paper.abstract === '' ? undefined : read(paper)
  }
  return {
    ask: (question, { subject } = {}) => {
      const leaning = subject && followUp(question, subject, search, readById)
      return leaning === undefined
        ? answer(readQuestion(question, search), search, read)
        : answer(leaning.question, search, read, leaning.sameWork ? subject?.papers : [])
    },
    summarize: paper => summaryOf(read(paper)),
    passage: (paper, query) => passage(read(paper), readQuestion(query, search)),
  }
}

function answer(
  question: Question,
  search: Search,
  read: (paper: Paper) => Outline,
  earlier: readonly string[] = [],
): Answer {
  const { hits: found, query } = search.search(question.text)
  const hits = withFirst(earlier, found, search)
  const sources = sourcesOf(hits, read)
  const evidence = rankEvidence(question, sources)
  const confidence = confidenceOf(question, sources, evidence)
  const answered = confidence >= answerFrom
  const quotes = [...evidence, ...moreEvidence(question, hits, evidence, search, read)].slice(0, quotesGiven)
  return {
    answered,
    confidence,
    quotes: quotes.map(quoteOf),
    shown: answered ? shownOf(evidence) : 0,
    papers: hits.map(({ paper }) => paper),
    query,
  }
}

/** The hits with the papers of an earlier answer before them, as good as the best. */
function withFirst(ids: readonly string[], hits: readonly Hit[], search: Search): Hit[] {
  const score = hits[0]?.score ?? 1
  const first = ids
    .map(id => search.get(id))
    .filter(paper => paper !== undefined)
    .map(paper => ({ paper, score }))
  return [...first, ...hits.filter(({ paper }) => !ids.includes(paper.id))]
}

const quoteOf = ({ outline, sentence, score }: Evidence): Quote => ({
  paper: outline.paper,
  text: sentence.text,
  start: sentence.start,
  score,
})

/** Where the first papers hold too few sentences: those of the papers after them, or else of their neighbours. */
function moreEvidence(
  question: Question,
  hits: readonly Hit[],
  evidence: readonly Evidence[],
  search: Search,
  read: (paper: Paper) => Outline,
): Evidence[] {
  const [best] = hits
  if (best === undefined || evidence.length >= quotesWanted) return []
  const seen = new Set(evidence.map(({ outline }) => outline.paper))
  const others = [...hits, ...search.related(best.paper.id, quotesWanted)].filter(
    ({ paper }) => !seen.has(paper),
  )
  return others.flatMap(hit => rankEvidence(question, sourcesOf([hit], read)))
}

function shownOf(evidence: readonly Evidence[]): number {
  const [best] = evidence
  if (best === undefined) return 0
  const close = evidence.slice(0, quotesShown).filter(({ score }) => score >= best.score - shownWithin)
  return Math.max(1, close.length)
}

/** The sentence that fits the query best; none where the abstract holds nothing of it. */
function passage(outline: Outline, question: Question): Quote | undefined {
  const source: Source = { outline, rank: 0, standing: 1 }
  const words = question.terms.map(({ term }) => term)
  const best = rankEvidence(question, [source]).find(
    ({ sentence }) => kinshipOf(words, sentence.terms.keys()).size > 0,
  )
  return best && quoteOf(best)
}
