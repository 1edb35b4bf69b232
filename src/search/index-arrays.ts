import type { Paper } from '../corpus/paper.ts'
import { readablePaper } from './analysis/readable-paper.ts'
import type { SyncEmbedder } from './embedding/port.ts'
import { embeddedText, type VectorArrays, VectorIndex } from './embedding/vector-index.ts'
import { type AcronymArrays, readAcronyms } from './index/acronyms.ts'
import { type WordArrays, wordArraysOf } from './index/compact-word-index.ts'
import { CooperativeYield } from './index/cooperative-yield.ts'
import { type IdentifierArrays, identifierArraysOf } from './index/identifier-index.ts'
import { buildIndex } from './index/index-builder.ts'
import type { Postings } from './index/postings.ts'
import { titleOrder } from './index/title-index.ts'
import type { VocabularyArrays } from './index/vocabulary.ts'
import { type LsaArrays, lsaArraysOf } from './ranking/lsa.ts'
import { sortedIds } from './spelling/sorted-words.ts'
import { Trigrams } from './spelling/trigrams.ts'

/**
 * What is computed of the papers, but for MiniSearch's index: typed arrays alone, so that they can be saved and given to
 * another thread as they are. The papers themselves are not among them.
 */
export interface IndexArrays {
  readonly vocabulary: VocabularyArrays
  readonly postings: PostingArrays
  /** Cells of the sketch of adjacent pairs. */
  readonly pairs: Uint16Array
  readonly acronyms: AcronymArrays
  readonly identifiers: IdentifierArrays
  /** As `titleOrder` gives it. */
  readonly titles: Uint32Array
  readonly trigrams: Uint32Array
  /** The vocabulary's words as `sortedIds` gives them. */
  readonly sortedWords: Uint32Array
  /** Words of titles as people type them; without entries where MiniSearch has them. */
  readonly typed: WordArrays
  readonly lsa: LsaArrays
  /** Without rows where words alone count. */
  readonly vectors: VectorArrays
}

export type PostingArrays = Pick<Postings, 'starts' | 'docs' | 'counts' | 'lengths' | 'from' | 'sequence'>

/** For more papers only words count: an exact vector scan would exceed a call's time limit. */
const mostEmbedded = 20_000
/** Up to this many characters of abstracts, some 1,700 papers, MiniSearch is used: more would be felt at each start. */
const mostInMiniSearch = 2_000_000
const charactersPerSlice = 60_000
const wordsPerSlice = 3_000

const isForMiniSearch = (papers: readonly Paper[]): boolean =>
  papers.reduce((sum, { abstract }) => sum + abstract.length, 0) <= mostInMiniSearch

/** Works in slices of a few milliseconds, between which other work runs. Equal papers give equal arrays. */
export async function indexArraysOf(
  originals: readonly Paper[],
  embedder: SyncEmbedder | undefined,
): Promise<IndexArrays> {
  const papers = await readableTexts(originals)
  const { vocabulary, words, index, pairs } = await buildIndex(papers)
  const { starts, docs, counts, lengths, from, sequence } = index
  return {
    vocabulary: words,
    postings: { starts, docs, counts, lengths, from, sequence },
    pairs: pairs.cells,
    acronyms: await readAcronyms(papers, vocabulary, index),
    identifiers: await identifierArraysOf(papers),
    titles: await titleOrder(papers),
    ...(await wordsOf(vocabulary.words)),
    typed: await wordArraysOf(isForMiniSearch(originals) ? [] : papers),
    lsa: await lsaArraysOf(index, vocabulary.terms),
    vectors: await vectorsOf(papers, embedder),
  }
}

async function readableTexts(papers: readonly Paper[]): Promise<Paper[]> {
  const slices = new CooperativeYield(charactersPerSlice)
  const texts: Paper[] = []
  for (const paper of papers) {
    texts.push(readablePaper(paper))
    if (slices.spent(paper.title.length + paper.abstract.length + 1)) await slices.pause()
  }
  return texts
}

async function wordsOf(table: { readonly size: number; at(id: number): string }) {
  const slices = new CooperativeYield(wordsPerSlice)
  const trigrams = new Trigrams()
  const words: string[] = []
  for (let id = 0; id < table.size; id++) {
    const word = table.at(id)
    trigrams.add(word)
    words.push(word)
    if (slices.spent(1)) await slices.pause()
  }
  return { trigrams: trigrams.counts, sortedWords: sortedIds(words) }
}

async function vectorsOf(
  papers: readonly Paper[],
  embedder: SyncEmbedder | undefined,
): Promise<VectorArrays> {
  if (embedder === undefined || papers.length > mostEmbedded)
    return { rows: new Int8Array(), scales: new Float32Array() }
  return (await VectorIndex.over(embedder, papers.map(embeddedText))).arrays
}
