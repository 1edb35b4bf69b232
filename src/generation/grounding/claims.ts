import { sentencesOf } from '../../answer/sentences.ts'

/** A sentence of a generated answer, its citations taken off. */
export interface Claim {
  readonly text: string
  /** Numbers of passages in the order of the text, each once; empty where nothing is cited. */
  readonly cited: readonly number[]
}

/** UTF-16 units of an answer that are read: it is asked to be four sentences long. */
export const mostRead = 4_000

const citation = /[[【]\s?(?:passages? )?(\d{1,4}(?:\s?[,;–-]\s?(?:passage )?\d{1,4}){0,9})\s?[\]】]/giu
/** Citations that follow a stop belong to the sentence before it. */
const afterStop = /([.!?]["”’)]?)(\s{0,3}(?:[[【]\s?(?:passages? )?\d[\d,;–\s-]{0,40}[\]】]\s{0,2}){1,20})/giu
const bullet = /^\s{0,20}(?:[-*•–]|\d{1,2}[.)])\s{1,20}/u
const beginsCited = /^\s{0,20}[[【]\s?(?:passages? )?\d/iu

/**
 * The sentences of a generated answer with what they cite. Linear; never throws.
 *
 * @example
 * readClaims('It halves the cache [1]. It is fast. [2, 3]')
 * // [{ text: 'It halves the cache.', cited: [1] }, { text: 'It is fast.', cited: [2, 3] }]
 */
export function readClaims(answer: string): Claim[] {
  return answer
    .slice(0, mostRead)
    .toWellFormed()
    .split(/[\n\r\u2028\u2029]+/u)
    .map(line => line.replace(bullet, '').trim())
    .flatMap(line => sentencesOf(beginsCited.test(line) ? line : citedBeforeStops(line)))
    .map(({ text }) => ({ text: withoutMarks(text), cited: citedIn(text) }))
    .filter(({ text }) => /\p{L}/u.test(text))
}

const citedBeforeStops = (line: string): string =>
  line.replace(afterStop, (_, stop: string, marks: string) => ` ${marks.trim()}${stop} `)

const withoutMarks = (text: string): string =>
  text
    .replace(citation, '')
    .replace(/\*\*|__|`/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/ ([.,;:!?])/gu, '$1')
    .trim()

function citedIn(text: string): number[] {
  const numbers = [...text.matchAll(citation)].flatMap(([, list = '']) => numbersOf(list))
  return [...new Set(numbers)]
}

/** `1, 3-5` names four passages. */
function numbersOf(list: string): number[] {
  return list.split(/[,;]/u).flatMap(part => {
    const [from = 0, to = from] = (part.match(/\d+/gu) ?? []).map(Number)
    // A range that is none stands for what it names.
    if (to <= from || to - from > 9) return [...new Set([from, to])]
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
}
