import type { Paper } from '../../corpus/paper.ts'
import { compounds, tokenize } from '../analysis/analyze.ts'
import { digraphSpelling, hasDigraph } from '../analysis/letters.ts'
import { isAcronym, isShouted } from '../analysis/stop-words.ts'
import { scan, type Word } from '../analysis/tokenizer.ts'
import { BigramSketch } from './bigram-sketch.ts'
import { CooperativeYield } from './cooperative-yield.ts'
import { GrowableArray } from './growable-array.ts'
import { type ForwardIndex, invert, titleWeight } from './invert-index.ts'
import { gap, type Postings } from './postings.ts'
import { stopTerm, Vocabulary, type VocabularyArrays, VocabularyBuilder } from './vocabulary.ts'

const charactersPerSlice = 20_000
const termsPerSlice = 80_000

export interface Indexed {
  readonly vocabulary: Vocabulary
  /** What the vocabulary is made of. */
  readonly words: VocabularyArrays
  readonly index: Postings
  readonly pairs: BigramSketch
}

/** Reads every paper once into the vocabulary and the compact index. */
export async function buildIndex(papers: readonly Paper[]): Promise<Indexed> {
  const builder = new VocabularyBuilder()
  const forward = await new Reader(builder).readAll(papers)
  const slices = new CooperativeYield(termsPerSlice)
  const words = builder.done()
  const vocabulary = new Vocabulary(words)
  await slices.pause()
  const index = await invert(forward, vocabulary.terms.size, slices)
  return { vocabulary, words, index, pairs: await countPairs(forward.sequence, slices) }
}

class Reader {
  readonly #vocabulary: VocabularyBuilder
  readonly #sequence = new GrowableArray()

  constructor(vocabulary: VocabularyBuilder) {
    this.#vocabulary = vocabulary
  }

  async readAll(papers: readonly Paper[]): Promise<ForwardIndex> {
    const slices = new CooperativeYield(charactersPerSlice)
    const from = new Uint32Array(papers.length + 1)
    const lengths = new Uint32Array(papers.length)
    for (const [i, { title, abstract, authors }] of papers.entries()) {
      from[i] = this.#sequence.length
      const inTitle = this.#read(title)
      // A paper without words still has length 1, as in MiniSearch.
      lengths[i] = Math.max(1, titleWeight * inTitle + this.#read(abstract))
      this.#readNames(authors)
      if (slices.spent(title.length + abstract.length + 1)) await slices.pause()
    }
    from[papers.length] = this.#sequence.length
    const sequence = await this.#sequence.done(new CooperativeYield(10 * termsPerSlice))
    await slices.pause()
    return { from, lengths, sequence }
  }

  /** Appends a text's terms, a gap, its compounds, a gap. Returns the number of content words. */
  #read(text: string): number {
    const words = scan(text)
    const before = this.#sequence.length
    const shouted = isShouted(text)
    for (const word of words) {
      const acronym = !shouted && isAcronym(word.text)
      const term = acronym ? this.#vocabulary.meet(word.text) : this.#vocabulary.meetText(word.text)
      if (term !== stopTerm) this.#sequence.push(term)
    }
    const counted = this.#sequence.length - before
    this.#sequence.push(gap)
    for (const chain of chains(words)) {
      const part = text.slice(chain[0]?.start, chain.at(-1)?.end)
      for (const { word } of compounds(tokenize(part).map(token => ({ ...token, alias: undefined })))) {
        const term = this.#vocabulary.meet(word)
        if (term !== stopTerm) this.#sequence.push(term)
      }
    }
    this.#readAliases(text, words)
    this.#sequence.push(gap)
    return counted
  }

  /** Alternative spellings of words with `ö` and similar letters. */
  #readAliases(text: string, words: readonly Word[]): void {
    if (!hasDigraph(text)) return
    for (const word of words) {
      const alias = digraphSpelling(word.text)
      if (alias !== undefined) this.#sequence.push(this.#vocabulary.meet(alias))
    }
  }

  /** Authors are searchable but do not count towards a paper's length. */
  #readNames(authors: readonly string[]): void {
    for (const author of authors.slice(0, mostAuthors)) {
      const words = scan(author)
      for (const { text } of words) {
        const term = this.#vocabulary.meetText(text)
        if (term !== stopTerm) this.#sequence.push(term)
      }
      this.#sequence.push(gap)
      this.#readAliases(author, words)
      this.#sequence.push(gap)
    }
  }
}

const mostAuthors = 50

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

async function countPairs(sequence: Uint32Array, slices: CooperativeYield): Promise<BigramSketch> {
  await slices.pause()
  const pairs = BigramSketch.for(sequence.length)
  for (let at = 1; at < sequence.length; at++) {
    pairs.add(sequence[at - 1] as number, sequence[at] as number)
    if (slices.spent(1)) await slices.pause()
  }
  return pairs
}
