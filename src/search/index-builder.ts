import type { Paper } from '../corpus/paper.ts'
import { compounds, tokenize } from './analysis.ts'
import { Growing } from './growing.ts'
import { PairCounts } from './pair-counts.ts'
import { gap, type Postings } from './postings.ts'
import { scan, type Word } from './scan.ts'
import { Slices } from './slices.ts'
import { stopTerm, Vocabulary } from './vocabulary.ts'

const titleWeight = 2
const charactersPerSlice = 60_000
const postingsPerSlice = 400_000

export interface Indexed {
  readonly vocabulary: Vocabulary
  readonly index: Postings
  readonly pairs: PairCounts
}

/** Reads every paper once into the vocabulary and the compact index. */
export async function buildIndex(
  papers: readonly Paper[],
): Promise<{ vocabulary: Vocabulary; index: Postings }> {
  const vocabulary = new Vocabulary()
  const { from, sequence, lengths } = await readAll(papers, vocabulary)
  const index = await invert({ from, sequence, lengths }, vocabulary.terms.length)
  return { vocabulary, index, pairs: await countPairs(sequence) }
}

async function countPairs(sequence: Uint32Array): Promise<PairCounts> {
  const slices = new Slices(postingsPerSlice)
  const pairs = new PairCounts(sequence.length)
  for (let at = 1; at < sequence.length; at++) {
    pairs.add(sequence[at - 1] as number, sequence[at] as number)
    if (slices.spent(1)) await slices.pause()
  }
  return pairs
}

type Forward = Pick<Postings, 'from' | 'sequence' | 'lengths'>

async function readAll(papers: readonly Paper[], vocabulary: Vocabulary): Promise<Forward> {
  const slices = new Slices(charactersPerSlice)
  const from = new Uint32Array(papers.length + 1)
  const lengths = new Uint32Array(papers.length)
  const sequence = new Growing(1 << 16)
  for (const [i, { title, abstract }] of papers.entries()) {
    from[i] = sequence.length
    const inTitle = read(title, vocabulary, sequence)
    const inAbstract = read(abstract, vocabulary, sequence)
    lengths[i] = titleWeight * inTitle + inAbstract
    if (slices.spent(title.length + abstract.length)) await slices.pause()
  }
  from[papers.length] = sequence.length
  return { from, lengths, sequence: sequence.done() }
}

/** Appends a text's terms, a gap, its compounds, a gap. Returns how many words count. */
function read(text: string, vocabulary: Vocabulary, sequence: Growing): number {
  const words = scan(text)
  let counted = 0
  for (const word of words) {
    const term = vocabulary.meetText(word.text)
    if (term === stopTerm) continue
    sequence.push(term)
    counted++
  }
  sequence.push(gap)
  for (const chain of chains(words)) {
    const part = text.slice(chain[0]?.start, chain.at(-1)?.end)
    for (const { word } of compounds(tokenize(part))) {
      const term = vocabulary.meet(word)
      if (term !== stopTerm) sequence.push(term)
    }
  }
  sequence.push(gap)
  return counted
}

function chains(words: readonly Word[]): Word[][] {
  const found: Word[][] = []
  let first = 0
  words.forEach((word, i) => {
    if (word.joined && i + 1 < words.length) return
    if (i > first) found.push(words.slice(first, i + 1))
    first = i + 1
  })
  return found
}

/** Turns reading order into postings: count, then place, paper by paper, so that each list comes out sorted. */
async function invert(forward: Forward, terms: number): Promise<Postings> {
  const { from, sequence, lengths } = forward
  const papers = lengths.length
  const slices = new Slices(postingsPerSlice)
  const starts = new Uint32Array(terms + 1)
  const tally = new Tally(terms)
  for (let p = 0; p < papers; p++) {
    for (const term of tally.of(forward, p)) starts[term + 1] = (starts[term + 1] ?? 0) + 1
    if (slices.spent((from[p + 1] ?? 0) - (from[p] ?? 0))) await slices.pause()
  }
  for (let t = 0; t < terms; t++) starts[t + 1] = (starts[t + 1] ?? 0) + (starts[t] ?? 0)
  const size = starts[terms] ?? 0
  const docs = new Uint32Array(size)
  const counts = new Uint8Array(size)
  const next = starts.slice()
  for (let p = 0; p < papers; p++) {
    for (const term of tally.of(forward, p)) {
      const at = next[term] ?? 0
      next[term] = at + 1
      docs[at] = p
      counts[at] = Math.min(255, tally.count(term))
    }
    if (slices.spent((from[p + 1] ?? 0) - (from[p] ?? 0))) await slices.pause()
  }
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const meanLength = Math.max(1, total / Math.max(1, papers))
  return { papers, terms, starts, docs, counts, lengths, meanLength, from, sequence }
}

/** Counts the terms of one paper at a time without clearing a table in between. */
export class Tally {
  readonly #counts: Uint32Array
  #distinct: number[] = []

  constructor(terms: number) {
    this.#counts = new Uint32Array(terms)
  }

  /** The distinct terms of a paper; `count` then tells their occurrences, the title's twice. */
  of({ from, sequence }: Pick<Postings, 'from' | 'sequence'>, paper: number): readonly number[] {
    for (const term of this.#distinct) this.#counts[term] = 0
    this.#distinct = []
    let gaps = 0
    const end = from[paper + 1] ?? 0
    for (let at = from[paper] ?? 0; at < end; at++) {
      const term = sequence[at] ?? gap
      if (term === gap) gaps++
      else this.#add(term, gaps < 2 ? titleWeight : 1)
    }
    return this.#distinct
  }

  count(term: number): number {
    return this.#counts[term] ?? 0
  }

  #add(term: number, weight: number): void {
    if (this.#counts[term] === 0) this.#distinct.push(term)
    this.#counts[term] = (this.#counts[term] ?? 0) + weight
  }
}
