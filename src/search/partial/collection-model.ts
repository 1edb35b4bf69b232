import type { Paper } from '../../corpus/paper.ts'
import type { SyncEmbedder } from '../embedding/port.ts'
import { VectorIndex } from '../embedding/vector-index.ts'
import { type Acronyms, acronymsOf } from '../index/acronyms.ts'
import { Adjacency } from '../index/adjacency.ts'
import { BigramSketch } from '../index/bigram-sketch.ts'
import { CompactRetriever } from '../index/compact-retriever.ts'
import { CompactWordIndex, wordArraysOf } from '../index/compact-word-index.ts'
import { CooperativeYield } from '../index/cooperative-yield.ts'
import { invert } from '../index/invert-index.ts'
import { gap, type Postings, postingsOf } from '../index/postings.ts'
import { StringTable } from '../index/string-table.ts'
import { Titles, titleOrder } from '../index/title-index.ts'
import { Vocabulary } from '../index/vocabulary.ts'
import type { WordIndex } from '../index/word-index.ts'
import { LongForms } from '../query/long-forms.ts'
import { QueryAnalyzer } from '../query/query-analyzer.ts'
import { QueryExpansion } from '../query/query-expansion.ts'
import { QueryParser } from '../query/query-parser.ts'
import { Suggester } from '../query/suggester.ts'
import { type Thesaurus, thesaurus } from '../query/thesaurus.ts'
import { Lsa, placedIn, withPlaces } from '../ranking/lsa.ts'
import { MoreLikeThis } from '../ranking/more-like-this.ts'
import { Ranker } from '../ranking/ranker.ts'
import { SemanticScorer } from '../ranking/semantic-scorer.ts'
import { SoftMatcher } from '../ranking/soft-matcher.ts'
import { PaperSearch } from '../search.ts'
import { SortedWords } from '../spelling/sorted-words.ts'
import { Speller } from '../spelling/speller.ts'
import { Trigrams } from '../spelling/trigrams.ts'
import { IdentifierMap } from './identifier-map.ts'
import { beyond, type LocalDocument } from './local-document.ts'
import type { Statistics } from './statistics.ts'
import { WiderVocabulary } from './wider-vocabulary.ts'

/** Terms that the vocabulary lacks and that papers hold nevertheless, with how many do. */
export type MoreTerms = ReadonlyMap<string, number>

interface Lexicon {
  readonly vocabulary: Vocabulary
  readonly index: Postings
}

const noWords: WordIndex = { namedBy: () => [], find: () => [] }
const none = new Uint32Array(1)
const termsPerSlice = 200_000

/**
 * Searches in a few papers of a large collection as if all of it were there: words are read, corrected, expanded and
 * weighed by the statistics of the whole.
 *
 * @example
 * const model = await CollectionModel.open(statistics, embedder)
 * const query = model.parser().parse('atention sinks') // what to ask for elsewhere
 * const search = await model.search(documents) // over what came back
 */
export class CollectionModel {
  readonly statistics: Statistics
  readonly vocabulary: Vocabulary
  /** The vocabulary's terms, by which papers are read. */
  readonly terms: StringTable
  readonly embedder: SyncEmbedder | undefined
  readonly #pairs: BigramSketch
  readonly #acronyms: Acronyms
  readonly #thesaurus: Thesaurus
  readonly #adjacency: Adjacency
  readonly #speller: Speller
  readonly #places = new WeakMap<LocalDocument, Float32Array>()

  private constructor(statistics: Statistics, embedder: SyncEmbedder | undefined, lexicon: Thesaurus) {
    this.statistics = statistics
    this.embedder = embedder
    this.vocabulary = new Vocabulary(statistics.vocabulary)
    this.terms = new StringTable(statistics.vocabulary.terms)
    this.#pairs = new BigramSketch(statistics.pairs)
    this.#acronyms = acronymsOf(statistics.acronyms)
    this.#thesaurus = lexicon
    this.#adjacency = new Adjacency(this.#withoutPapers(this.vocabulary, new Map()), this.#pairs)
    const isWord = (word: string) => embedder?.knows(word) ?? false
    this.#speller = new Speller({
      vocabulary: this.vocabulary,
      pairs: this.#adjacency,
      sorted: new SortedWords(statistics.vocabulary.words, statistics.sortedWords),
      trigrams: new Trigrams(statistics.trigrams),
      isWord,
    })
  }

  static async open(statistics: Statistics, embedder: SyncEmbedder | undefined): Promise<CollectionModel> {
    return new CollectionModel(statistics, embedder, await thesaurus())
  }

  /** Bytes that the statistics take in memory. */
  get bytes(): number {
    const sizeOf = (value: object): number =>
      ArrayBuffer.isView(value)
        ? value.byteLength
        : Object.values(value).reduce(
            (sum, part) => sum + (typeof part === 'object' && part !== null ? sizeOf(part) : 0),
            0,
          )
    return sizeOf(this.statistics)
  }

  /** Words of a prefix, the most frequent first. */
  completions(prefix: string, limit: number): string[] {
    return this.#speller.completions(prefix, limit)
  }

  /** The word or two meant by one that is unknown. */
  corrected(word: string): readonly string[] | undefined {
    return this.#speller.correct(word)
  }

  /** Reads queries with no paper at hand: what their terms are, and what stands for them. */
  parser(more: MoreTerms = new Map()): QueryParser & { readonly lexicon: Lexicon } {
    const vocabulary =
      more.size === 0 ? this.vocabulary : new WiderVocabulary(this.statistics.vocabulary, [...more.keys()])
    const lexicon = { vocabulary, index: this.#withoutPapers(vocabulary, more) }
    return Object.assign(this.#parser([], lexicon, new IdentifierMap([])), { lexicon })
  }

  /** @param completes whether it suggests papers while somebody types, which takes more to prepare */
  async search(
    documents: readonly LocalDocument[],
    { more = new Map(), completes = false }: { more?: MoreTerms; completes?: boolean } = {},
  ): Promise<PaperSearch> {
    const papers = documents.map(({ paper }) => paper)
    const lexicon = await this.#read(documents, more)
    const { vocabulary, index } = lexicon
    const identifiers = new IdentifierMap(documents)
    const latent = await this.#latent(documents)
    const semantic = this.#semantic(documents)
    const retriever = new CompactRetriever(index)
    const soft = this.embedder && new SoftMatcher(this.embedder, vocabulary, index)
    const ranker = new Ranker({ index, pairs: this.#pairs, latent, retriever, semantic, soft })
    const words = completes ? new CompactWordIndex(await wordArraysOf(papers)) : noWords
    const titles = new Titles(papers, completes ? await titleOrder(papers) : new Uint32Array())
    return new PaperSearch({
      papers,
      vocabulary,
      index,
      identifiers,
      speller: this.#speller,
      parser: this.#parser(papers, lexicon, identifiers),
      ranker,
      semantic,
      related: new MoreLikeThis(index, this.#pairs, ranker, semantic),
      suggester: new Suggester({ papers, vocabulary, speller: this.#speller, words, titles }),
    })
  }

  /** The latent spaces with the papers in them. Where a paper lies is found once, however often it is searched for. */
  async #latent(documents: readonly LocalDocument[]): Promise<Lsa | undefined> {
    const { lsa } = this.statistics
    if (lsa.ranks.length === 0) return undefined
    const others = documents.filter(document => !this.#places.has(document))
    const placed = await placedIn(lsa, inReadingOrder(others.map(({ sequence }) => sequence)))
    for (const [i, document] of others.entries()) this.#places.set(document, placed[i] as Float32Array)
    const places = documents.map(document => this.#places.get(document) as Float32Array)
    return Lsa.from(withPlaces(lsa, places), documents.length)
  }

  #parser(papers: readonly Paper[], { vocabulary, index }: Lexicon, identifiers: IdentifierMap): QueryParser {
    const expansions = new QueryExpansion(this.#thesaurus, vocabulary, index)
    const analyzer = new QueryAnalyzer({
      vocabulary,
      adjacency: this.#adjacency,
      speller: this.#speller,
      acronyms: this.#acronyms,
      expansions,
      longForms: new LongForms(papers, this.embedder),
    })
    return new QueryParser({ vocabulary, index, identifiers, analyzer })
  }

  #semantic(documents: readonly LocalDocument[]): SemanticScorer | undefined {
    const { embedder } = this
    if (embedder === undefined) return undefined
    const rows = new Int8Array(documents.length * embedder.dimensions)
    for (const [i, { row }] of documents.entries())
      if (row.length === embedder.dimensions) rows.set(row, i * embedder.dimensions)
    const scales = Float32Array.from(documents, ({ row, scale }) =>
      row.length === embedder.dimensions ? scale : 0,
    )
    return documents.length === 0
      ? undefined
      : new SemanticScorer(embedder, VectorIndex.from({ rows, scales }))
  }

  /** The papers' postings, with what is known of the whole collection beside them. */
  async #read(documents: readonly LocalDocument[], more: MoreTerms): Promise<Lexicon> {
    const extras = new Set(more.keys())
    for (const document of documents) for (const term of document.extras) extras.add(term)
    const vocabulary = new WiderVocabulary(this.statistics.vocabulary, [...extras])
    const { from, sequence } = inReadingOrder(documents.map(document => numbered(document, vocabulary)))
    const lengths = Uint32Array.from(documents, ({ length }) => length)
    const slices = new CooperativeYield(termsPerSlice)
    const own = await invert({ from, lengths, sequence }, vocabulary.terms.size, slices)
    return { vocabulary, index: { ...own, ...this.#whole(more) } }
  }

  #whole(more: MoreTerms): Pick<Postings, 'papers' | 'meanLength' | 'holding'> {
    const { papers, meanLength, frequencies } = this.statistics
    const own = frequencies.length
    const beyondOwn = [...more.values()]
    return {
      papers,
      meanLength,
      // Terms beyond those asked for are of single papers.
      holding: term => (term < own ? (frequencies[term] as number) : (beyondOwn[term - own] ?? 1)),
    }
  }

  #withoutPapers(vocabulary: Vocabulary, more: MoreTerms): Postings {
    const empty = postingsOf({
      starts: none,
      docs: none.subarray(1),
      counts: new Uint8Array(),
      lengths: none.subarray(1),
      from: none,
      sequence: none.subarray(1),
    })
    return { ...empty, terms: vocabulary.terms.size, ...this.#whole(more) }
  }
}

/** A paper's terms as the wider vocabulary numbers them. */
function numbered({ sequence, extras }: LocalDocument, vocabulary: Vocabulary): Uint32Array {
  if (extras.length === 0) return sequence
  const ids = extras.map(term => vocabulary.termId(term) ?? gap)
  return sequence.map(term => (term >= beyond && term !== gap ? (ids[term - beyond] ?? gap) : term))
}

function inReadingOrder(papers: readonly Uint32Array[]): { from: Uint32Array; sequence: Uint32Array } {
  const from = new Uint32Array(papers.length + 1)
  for (const [i, { length }] of papers.entries()) from[i + 1] = (from[i] as number) + length
  const sequence = new Uint32Array(from[papers.length] as number)
  for (const [i, paper] of papers.entries()) sequence.set(paper, from[i])
  return { from, sequence }
}
