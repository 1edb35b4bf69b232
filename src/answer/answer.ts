import type { Paper } from '../corpus/paper.ts'
import type { Hit, Search } from '../search/port.ts'
import { type Evidence, rankEvidence, sourcesOf } from './evidence.ts'
import { carriedOver, leansOn } from './follow-up.ts'
import { type Outline, outlineCache } from './outline.ts'
import type { Answer, Answerer, Quote, Subject } from './port.ts'
import { readQuestion } from './question.ts'
import { summaryOf } from './summary.ts'
import { confidenceOf } from './support.ts'

/** Abstracts that stay read; a topic's papers are asked about again. About 20 KiB each. */
const outlinesKept = 256
const papersGiven = 10
const quotesGiven = 5
const fewestQuotes = 3
/** A second or third sentence is shown when it scores this close to the first. */
const worthShowing = 1.5
/** What an answer needs to be one. */
const sure = 0.5

export function createAnswerer(search: Search): Answerer {
  const read = outlineCache(outlinesKept)
  return {
    ask: (question, { subject } = {}) => ask(question, subject, search, read),
    summarize: paper => summaryOf(read(paper)),
    passage: (paper, query) => {
      const [best] = rankEvidence(readQuestion(query, search), sourcesOf([{ paper, score: 1 }], read))
      const holds = best !== undefined && search.matches(best.sentence.text, query).length > 0
      return holds ? quoteOf(best) : undefined
    },
  }
}

type Read = (paper: Paper) => Outline

function ask(text: string, subject: Subject | undefined, search: Search, read: Read): Answer {
  const leans = subject !== undefined && leansOn(text)
  const carried = carriedOver(text, subject)
  const { hits, query } = search.search(carried, { limit: papersGiven })
  const found = leans ? withSubject(hits, subject, search) : hits
  const question = readQuestion(query, search)
  const sources = sourcesOf(found, read)
  const evidence = rankEvidence(question, sources)
  const confidence = confidenceOf(question, sources, evidence)
  const answered = confidence >= sure
  return {
    answered,
    confidence,
    quotes: atLeast(evidence, found, read).map(quoteOf),
    shown: answered ? shownOf(evidence) : 0,
    papers: papersOf(evidence, found),
    query,
  }
}

/** The papers that were talked about come first; what else the words lead to, behind them. */
function withSubject(hits: readonly Hit[], subject: Subject, search: Search): Hit[] {
  const top = hits[0]?.score ?? 1
  const known = subject.papers.map(id => search.get(id)).filter(paper => paper !== undefined)
  const first = known.slice(0, fewestQuotes).map((paper, i) => ({ paper, score: top * (2 - i / 2) }))
  return [...first, ...hits.filter(({ paper }) => !known.includes(paper))].slice(0, papersGiven)
}

/** How many sentences help: the first, and those of about its worth. */
function shownOf(evidence: readonly Evidence[]): number {
  const best = evidence[0]?.score ?? 0
  return evidence.slice(0, fewestQuotes).filter(({ score }) => score >= best - worthShowing).length
}

/** Where the best papers have fewer sentences than an answer lists, the next ones fill up. */
function atLeast(evidence: readonly Evidence[], hits: readonly Hit[], read: Read): Evidence[] {
  const some = evidence.slice(0, quotesGiven)
  for (const { paper } of hits) {
    if (some.length >= fewestQuotes) break
    for (const sentence of read(paper).sentences) {
      const there = some.some(one => one.outline.paper === paper && one.sentence.start === sentence.start)
      if (!there && some.length < fewestQuotes) some.push({ outline: read(paper), sentence, score: 0 })
    }
  }
  return some
}

/** The source of the best sentence first, the other hits as search ranks them. */
function papersOf(evidence: readonly Evidence[], hits: readonly Hit[]): Paper[] {
  const first = evidence.slice(0, 1).map(({ outline }) => outline.paper)
  return [...new Set([...first, ...hits.map(({ paper }) => paper)])]
}

const quoteOf = ({ outline, sentence, score }: Evidence): Quote => ({
  paper: outline.paper,
  text: sentence.text,
  start: sentence.start,
  score,
})
