import type { Reading } from '../build-answer.ts'
import type { Answer, Quote, Subject } from '../port.ts'
import { genericWords, requestWords, talkWords } from '../question/plain-words.ts'
import { type Question, readQuestion } from '../question.ts'
import { hasMeaning, wordNearness } from '../ranking/nearness.ts'
import { termCoverageOf, termMatchingOf } from '../term-matching.ts'
import { isPlain } from './plain-terms.ts'

/** A word names a subject from this weight of the embedder on; "trick" and "old" say less. */
const subjectFrom = 2
/** The sentence holds this share of what the question says, so that one word of it does not stand for another thing. */
const leastSaid = 0.3

const asks = (word: string): boolean =>
  genericWords.has(word) || requestWords.has(word) || talkWords.has(word)

/**
 * The sentence that comes closest to a question that was refused. Undefined where neither it nor its paper's title
 * shares what the question is about: a sentence with one plain word of it looks silly beside it.
 */
export function closestTo(
  { kind, quotes, query, lacks }: Answer,
  subject: Subject | undefined,
  reading: Reading,
): Quote | undefined {
  const [closest] = quotes
  // A question about the paper that was spoken of need not name it again.
  if (closest === undefined || subject?.papers.includes(closest.paper.id)) return closest
  const text = kind === 'list' ? lacks.words.join(' ') : query
  const question = readQuestion(text, reading.search, reading.meaning)
  return shares(question, closest, reading) ? closest : undefined
}

function shares(question: Question, { paper: quoted, start }: Quote, { read }: Reading): boolean {
  const paper = read(quoted)
  const sentence = paper.sentences.find(one => one.start === start)
  if (!hasMeaning(question)) {
    const asked = question.tokens.filter(({ word, stop }) => !stop && !asks(word)).map(({ term }) => term)
    const words = [...paper.title, ...(sentence?.terms.keys() ?? [])]
    return [...termCoverageOf(words, termMatchingOf(asked, words)).keys()].some(term => !isPlain(term))
  }
  const { asked, rows } = wordNearness(question, paper)
  const row = sentence === undefined ? [] : (rows[sentence.index] ?? [])
  const title = question.meaning.nearness(
    asked.map(({ word }) => word),
    [...paper.titleWords],
  )
  const held = asked
    .map(({ word }, j) => ({
      word,
      near: Math.max(row[j] ?? 0, title[j] ?? 0),
      says: question.meaning.weightOf(word),
    }))
    .filter(({ word }) => !asks(word))
  const all = held.reduce((sum, { says }) => sum + says ** 2, Number.EPSILON)
  const said = held.reduce((sum, { near, says }) => sum + near * says ** 2, 0) / all
  return said >= leastSaid && held.some(({ near, says }) => near * says >= subjectFrom)
}
