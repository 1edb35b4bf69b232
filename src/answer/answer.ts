import type { Search } from '../search/port.ts'
import { type AnalyzedPaper, analyzedPaperCache } from './analyzed-paper.ts'
import { buildAnswer, quoteOf, type Reading } from './build-answer.ts'
import { followUp } from './follow-up.ts'
import { answerFollowUp } from './follow-up-answer.ts'
import { rankPassages } from './passage-ranker.ts'
import type { Answerer, Quote } from './port.ts'
import { type Question, readQuestion } from './question.ts'
import { summaryOf } from './summary.ts'
import { termCoverageOf, termMatchingOf, widened } from './term-matching.ts'

/** Abstracts that stay read: a topic's papers are asked about again and again. Some 50 KiB each. */
const outlinesKept = 256
/** UTF-16 units of a question that are read; what follows asks nothing that the beginning did not. */
const longestQuestion = 1_000

export function createAnswerer(search: Search): Answerer {
  const reading: Reading = { search, read: analyzedPaperCache(outlinesKept) }
  return {
    ask: (typed, { subject: said } = {}) => {
      const query = search.parse(typed.slice(0, longestQuestion))
      const subject = said && { ...said, question: said.question.slice(0, longestQuestion) }
      const leaning = subject && followUp(query, subject, reading)
      return leaning === undefined
        ? buildAnswer(readQuestion(query, search), search.search(query), reading)
        : answerFollowUp(leaning, reading)
    },
    summarize: paper => summaryOf(reading.read(paper)),
    passage: (paper, query) =>
      passage(reading.read(paper), { ...readQuestion(query, search), isClaim: false }),
  }
}

/** The sentence that fits the query best; none where the abstract holds nothing of it. */
function passage(outline: AnalyzedPaper, question: Question): Quote | undefined {
  const words = question.terms.map(({ term }) => term)
  const best = rankPassages(question, [{ outline, rank: 0, standing: 1 }]).find(({ sentence: { terms } }) => {
    const held = termCoverageOf(terms.keys(), termMatchingOf(words, terms.keys()))
    return widened(held, terms, question.alternatives).size > 0
  })
  return best && quoteOf(best)
}
