import type { Paper } from '../../corpus/paper.ts'
import { quoteOf, type Reading } from '../build-answer.ts'
import type { Answer, Quote, Subject } from '../port.ts'
import type { Question } from '../question.ts'
import { rankSentences } from '../ranking/rank.ts'
import { summaryOf } from '../summary.ts'

/** How many papers of a list get a sentence. */
export const mostQuoted = 8
/** A list that was shown, and the question about it. */
export interface Listed {
  readonly papers: readonly Paper[]
  readonly subject: Subject
  readonly reading: Reading
}

/** The paper's one-sentence summary as a quote. */
export function summed(paper: Paper, { read }: Reading): Quote[] {
  const own = read(paper)
  const { tldr } = summaryOf(own)
  const sentence = own.sentences.find(({ text }) => text === tldr)
  return sentence === undefined ? [] : [{ paper, text: sentence.text, start: sentence.start, score: 1 }]
}

/** The sentence of the paper that answers best. */
export function best(question: Question, paper: Paper, { read }: Reading): Quote[] {
  const [first] = rankSentences(question, [{ paper: read(paper), rank: 0, standing: 1, isSubject: true }])
  return first === undefined ? [] : [quoteOf(first)]
}

/** A list of papers of the conversation, or around them, each with a sentence. */
export function listOf(
  papers: readonly Paper[],
  reading: Reading,
  quotes = papers.slice(0, mostQuoted).flatMap(paper => summed(paper, reading)),
): Answer {
  return {
    kind: 'list',
    fromEarlier: true,
    answered: papers.length > 0,
    confidence: 1,
    quotes,
    shown: quotes.length,
    papers,
    query: reading.search.parse(''),
    lacks: { attributes: [], words: [], nowhere: [] },
  }
}
