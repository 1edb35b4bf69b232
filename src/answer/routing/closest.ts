import { subjectFrom } from '../abstain/missing.ts'
import { isPlain } from '../abstain/plain-terms.ts'
import type { Reading } from '../build-answer.ts'
import type { Answer, Quote, Subject } from '../port.ts'
import { onlyAsks } from '../question/plain-words.ts'
import { type Question, readQuestion } from '../question.ts'
import { hasMeaning } from '../ranking/nearness.ts'
import { termCoverageOf, termMatchingOf } from '../term-matching.ts'
import { type HeldWord, matchesOf, saidBy } from './survey-features.ts'

/** The sentence holds this share of what the question says, so that one word of it does not stand for another thing. */
const leastSaid = 0.3

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
    const asked = question.tokens.filter(({ word, stop }) => !stop && !onlyAsks(word)).map(({ term }) => term)
    const words = [...paper.title, ...(sentence?.terms.keys() ?? [])]
    return [...termCoverageOf(words, termMatchingOf(asked, words)).keys()].some(term => !isPlain(term))
  }
  const held = matchesOf(question, [{ paper, standing: 1 }]).flatMap(match => match.held)
  const near = ({ sentences, title }: HeldWord): number =>
    Math.max(sentence === undefined ? 0 : (sentences[sentence.index] ?? 0), title)
  return saidBy(held, near) >= leastSaid && held.some(word => near(word) * word.says >= subjectFrom)
}
