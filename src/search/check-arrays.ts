import { setImmediate as turn } from 'node:timers/promises'
import type { FieldArrays } from './index/compact-word-index.ts'
import { gap } from './index/postings.ts'
import type { StringArrays } from './index/string-table.ts'
import type { IndexArrays } from './index-arrays.ts'

type Numbers = Uint8Array | Uint16Array | Int32Array | Uint32Array

/** A name for what is checked, and the check. */
type Check = readonly [what: string, isSound: () => boolean]

/**
 * Whether arrays that were saved fit together, so that no search over them reads past an end or loops for ever.
 * Gives other work its turn.
 * @param dimensions of the vectors, where there are any
 * @returns what does not fit; undefined: all is well
 */
export async function problemOf(
  arrays: IndexArrays,
  papers: number,
  dimensions: number,
): Promise<string | undefined> {
  for (const [what, isSound] of checksOf(arrays, papers, dimensions)) {
    if (!isSound()) return what
    await turn()
  }
  return undefined
}

function checksOf(arrays: IndexArrays, papers: number, dimensions: number): Check[] {
  const { vocabulary, postings, acronyms, identifiers, typed, vectors } = arrays
  const terms = vocabulary.terms.starts.length - 1
  const words = vocabulary.words.starts.length - 1
  const typedPapers = typed.titles.lengths.length
  const isOfAll = typedPapers === papers && typed.names.lengths.length === papers
  return [
    ['words', () => isTable(vocabulary.words)],
    ['terms', () => isTable(vocabulary.terms)],
    ['counts', () => vocabulary.counts.length === words],
    ['stems', () => vocabulary.termOf.length === words && isWithin(vocabulary.termOf, -1, terms)],
    ['postings', () => isRows(postings.starts, terms, postings.docs.length)],
    ['papers of postings', () => isWithin(postings.docs, 0, papers)],
    ['frequencies', () => postings.counts.length === postings.docs.length],
    ['lengths', () => postings.lengths.length === papers && isWithin(postings.lengths, 1)],
    ['texts', () => isRows(postings.from, papers, postings.sequence.length)],
    ['terms of texts', () => isSequence(postings.sequence, terms)],
    ['pairs', () => isPowerOfTwo(arrays.pairs.length)],
    ['acronyms', () => isRows(acronyms.starts, acronyms.shorts.length, acronyms.terms.length)],
    ['terms of acronyms', () => [acronyms.shorts, acronyms.terms].every(list => isWithin(list, 0, terms))],
    ['identifiers', () => Object.values(identifiers).every(slots => isKeyTable(slots, papers))],
    ['titles', () => isOrder(arrays.titles, papers)],
    ['sorted words', () => isOrder(arrays.sortedWords, words)],
    ['trigrams', () => arrays.trigrams.length === 27 ** 3],
    ['typed words', () => isTable(typed.words) && (typedPapers === 0 || isOfAll)],
    ['fields', () => isField(typed.titles, typed.words) && isField(typed.names, typed.words)],
    ['latent spaces', () => isLsa(arrays, papers, terms)],
    ['vectors', () => vectors.scales.length === 0 || vectors.scales.length === papers],
    ['dimensions', () => vectors.rows.length === vectors.scales.length * dimensions],
  ]
}

/** UTF-16 units; four words of the greatest length, joined, have fewer. */
const longestText = 10_000

const isPowerOfTwo = (size: number): boolean => size > 0 && Number.isInteger(Math.log2(size))

function isWithin(numbers: Numbers, least: number, end = 2 ** 32): boolean {
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] as number
    if (value < least || value >= end) return false
  }
  return true
}

const isOrder = (order: Uint32Array, count: number): boolean =>
  order.length === count && isWithin(order, 0, count)

/** Compressed rows: so many of them, one after the other, up to `end`. */
function isRows(starts: Uint32Array, rows: number, end: number): boolean {
  if (starts.length !== rows + 1 || starts[0] !== 0 || starts[rows] !== end) return false
  for (let i = 0; i < rows; i++) if ((starts[i] as number) > (starts[i + 1] as number)) return false
  return true
}

function isSequence(sequence: Uint32Array, terms: number): boolean {
  for (let i = 0; i < sequence.length; i++) {
    const term = sequence[i] as number
    if (term >= terms && term !== gap) return false
  }
  return true
}

function isTable({ units, starts, slots }: StringArrays): boolean {
  const count = starts.length - 1
  if (!isRows(starts, count, units.length) || !isPowerOfTwo(slots.length)) return false
  for (let i = 0; i < count; i++)
    if ((starts[i + 1] as number) - (starts[i] as number) > longestText) return false
  return hasRoom(slots, 1, count)
}

const isKeyTable = (slots: Uint32Array, papers: number): boolean =>
  slots.length > 1 && isPowerOfTwo(slots.length) && hasRoom(slots, 2, papers)

/** Entries up to `most`, and an empty slot, at which every look-up ends. */
function hasRoom(slots: Uint32Array, step: number, most: number): boolean {
  let isRoom = false
  for (let at = 0; at < slots.length; at += step) {
    const entry = slots[at] as number
    if (entry > most) return false
    isRoom ||= entry === 0
  }
  return isRoom
}

function isField({ starts, docs, counts, lengths }: FieldArrays, words: StringArrays): boolean {
  const isOwn = isRows(starts, words.starts.length - 1, docs.length) && counts.length === docs.length
  return isOwn && isWithin(docs, 0, lengths.length)
}

function isLsa({ lsa }: IndexArrays, papers: number, terms: number): boolean {
  const { ranks, columnOf, idf, bases, points } = lsa
  const dimensions = ranks.reduce((sum, rank) => sum + rank, 0)
  if (dimensions === 0) return true
  return (
    columnOf.length === terms &&
    isWithin(columnOf, -1, idf.length) &&
    bases.length === dimensions * idf.length &&
    points.length === dimensions * papers
  )
}
