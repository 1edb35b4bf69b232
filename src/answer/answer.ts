import { lengths } from '../lengths.ts'
import type { SyncEmbedder } from '../search/embedding/port.ts'
import { WordMatcher } from '../search/embedding/word-matcher.ts'
import type { Search, SearchResult } from '../search/port.ts'
import { type AnalyzedPaper, analyzedPaperCache } from './analyzed-paper.ts'
import { buildAnswer, quoteOf, type Reading } from './build-answer.ts'
import { oncePer } from './once-per.ts'
import type { Answer, Answerer, Quote, Subject } from './port.ts'
import { withEarlierQuestion } from './question/earlier-question.ts'
import { withoutGreeting } from './question/greeting.ts'
import { type Question, readQuestion } from './question.ts'
import { rankSentences } from './ranking/rank.ts'
import { listAnswer, settledRequest, singleOfSeveral, surveyAnswer } from './routing/answers.ts'
import { closestTo } from './routing/closest.ts'
import { comparisonAnswer } from './routing/comparison.ts'
import { elsewhereAnswer } from './routing/elsewhere.ts'
import { listsSubject } from './routing/list.ts'
import { listedAnswer } from './routing/listed.ts'
import { surveyed } from './routing/survey.ts'
import { summaryOf } from './summary.ts'
import { termCoverageOf, termMatchingOf, widened } from './term-matching.ts'

/** Analysed papers in the cache, about 50 KiB each: questions about a topic return to the same papers. */
const papersKept = 256

export interface AnswerOptions {
  /** Lets words match by meaning; without it only the words themselves match. */
  readonly embedder?: SyncEmbedder | undefined
}

/** One for all answerers of an embedder: what it keeps of words is the same for any papers. */
const matcherOf = oncePer((embedder: SyncEmbedder) => new WordMatcher(embedder))

export function createAnswerer(search: Search, { embedder }: AnswerOptions = {}): Answerer {
  const meaning = embedder && matcherOf(embedder)
  const reading: Reading = { search, read: analyzedPaperCache(papersKept), meaning }
  return {
    ask: (typed, { subject } = {}) => {
      const text = withoutGreeting(typed.slice(0, lengths.question))
      const pointed =
        subject === undefined
          ? comparisonAnswer(text, reading)
          : (listedAnswer(text, subject, reading) ?? elsewhereAnswer(text, subject, reading))
      const isNamed = subject === undefined || subject.papers.length > 0
      const whole = isNamed || listsSubject(text) ? text : withEarlierQuestion(text, subject.question)
      const answer = pointed ?? routed(whole, subject, reading)
      return answer.answered ? answer : { ...answer, closest: closestTo(answer, subject, reading) }
    },
    summarize: paper => summaryOf(reading.read(paper)),
    passage: (paper, query) =>
      passage(
        reading.read(paper),
        readQuestion(typeof query === 'string' ? query.slice(0, lengths.question) : query, search, meaning),
      ),
  }
}

/** The answer in the form that the question asks for. */
function routed(text: string, subject: Subject | undefined, reading: Reading): Answer {
  const { search, meaning } = reading
  const query = search.parse(text)
  const question = readQuestion(query, search, meaning)
  const found = wordHits(search.search(query, { limit: surveyed }))
  // An answer that named no paper gives nothing to go on with.
  const follows = subject !== undefined && subject.papers.length > 0
  switch (settledRequest(text, question, found.hits, follows, reading)) {
    case 'list': {
      if (subject === undefined || !listsSubject(text)) return listAnswer(text, found, reading)
      const again = listAnswer(subject.question, found, reading)
      // "List them" cannot be asked again when its page is turned.
      return again.answered ? { ...again, fromEarlier: true } : again
    }
    case 'survey':
      return surveyAnswer(question, found, reading)
    case 'perhaps-survey':
      return ledBy(singleOfSeveral(question, found, reading), surveyAnswer(question, found, reading, true))
    case 'open':
      return ledBy(buildAnswer(question, found, undefined, reading), surveyAnswer(question, found, reading))
    case 'single-of-several':
      return singleOfSeveral(question, found, reading)
    default:
      return keepingList(buildAnswer(question, found, goesOnFrom(subject), reading), subject, search)
  }
}

/**
 * Where the wording leaves open whether several papers answer: the sentence that would answer alone comes first, if its
 * paper is one of them, then what the others say.
 */
function ledBy(single: Answer, survey: Answer): Answer {
  if (!survey.answered) return single
  const [first] = single.answered ? single.quotes : []
  const said = survey.quotes.slice(0, survey.shown)
  const others = said.filter(({ paper }) => paper.id !== first?.paper.id)
  if (first === undefined || others.length === said.length) return survey
  const papers = survey.papers.filter(({ id }) => id !== first.paper.id)
  return { ...survey, quotes: [first, ...others], papers: [first.paper, ...papers] }
}

/** Of a list one paper may have been spoken of last: a question that names no other goes on about that one. */
const goesOnFrom = (subject: Subject | undefined): Subject | undefined =>
  subject?.about === undefined ? subject : { ...subject, papers: [subject.about] }

/** An answer from a paper of the list that the conversation is about keeps the list, so that others of it can be asked about. */
function keepingList(answer: Answer, subject: Subject | undefined, search: Search): Answer {
  const ids = subject?.papers ?? []
  const from = answer.papers[0]?.id
  if (ids.length < 2 || from === undefined || !ids.includes(from)) return answer
  return { ...answer, among: ids.flatMap(id => search.get(id) ?? []) }
}

/** A paper found by meaning alone contains no word of the question and cannot be quoted for it. */
const wordHits = (found: SearchResult): SearchResult => (found.byMeaning ? { ...found, hits: [] } : found)

/** The sentence that best matches the query; undefined when the abstract matches none of its terms. */
function passage(paper: AnalyzedPaper, question: Question): Quote | undefined {
  const words = question.terms.map(({ term }) => term)
  const candidate = { paper, rank: 0, standing: 1, isSubject: false }
  const best = rankSentences(question, [candidate]).find(({ sentence: { terms } }) => {
    const held = termCoverageOf(terms.keys(), termMatchingOf(words, terms.keys()))
    return widened(held, terms, question.alternatives).size > 0
  })
  return best && quoteOf(best)
}
