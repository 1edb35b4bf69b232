import { setImmediate as turn } from 'node:timers/promises'
import type { Paper } from '../corpus/paper.ts'
import type { ModelVectors } from './embedding/model-vectors.ts'
import type { SyncEmbedder } from './embedding/port.ts'
import { VectorIndex } from './embedding/vector-index.ts'
import { acronymsOf } from './index/acronyms.ts'
import { Adjacency } from './index/adjacency.ts'
import { BigramSketch } from './index/bigram-sketch.ts'
import { CompactRetriever } from './index/compact-retriever.ts'
import { CompactWordIndex } from './index/compact-word-index.ts'
import { IdentifierIndex } from './index/identifier-index.ts'
import { MiniSearchIndex } from './index/minisearch-index.ts'
import { MiniSearchRetriever } from './index/minisearch-retriever.ts'
import { postingsOf } from './index/postings.ts'
import { Titles } from './index/title-index.ts'
import { Vocabulary } from './index/vocabulary.ts'
import { type IndexArrays, indexArraysOf } from './index-arrays.ts'
import type { Search } from './port.ts'
import { LongForms } from './query/long-forms.ts'
import { QueryAnalyzer } from './query/query-analyzer.ts'
import { QueryExpansion } from './query/query-expansion.ts'
import { QueryParser } from './query/query-parser.ts'
import { Suggester } from './query/suggester.ts'
import { thesaurus } from './query/thesaurus.ts'
import { Lsa } from './ranking/lsa.ts'
import { MoreLikeThis } from './ranking/more-like-this.ts'
import { Ranker } from './ranking/ranker.ts'
import { SemanticScorer } from './ranking/semantic-scorer.ts'
import { SoftMatcher } from './ranking/soft-matcher.ts'
import { PaperSearch } from './search.ts'
import { SortedWords } from './spelling/sorted-words.ts'
import { Speller } from './spelling/speller.ts'
import { Trigrams } from './spelling/trigrams.ts'

export interface SearchOptions {
  /** The candidate retriever; undefined: `minisearch` for small collections, `compact` for larger ones. */
  readonly retriever?: 'minisearch' | 'compact' | undefined
  /** Adds semantic similarity to the ranking; without it only words count. */
  readonly embedder?: SyncEmbedder | undefined
  /** Vectors of a model beside the embedder's, used as soon as they are there. */
  readonly model?: ModelVectors | undefined
}

/**
 * Indexes the papers into a `Search`. One analysis feeds MiniSearch, for autocomplete and candidates, and the compact
 * index, for re-ranking and for large collections. Works in slices of a few milliseconds, between which other work runs.
 */
export async function buildSearch(papers: readonly Paper[], options: SearchOptions = {}): Promise<Search> {
  return openSearch(papers, await indexArraysOf(papers, options.embedder), options)
}

/**
 * The same over arrays that were computed before, elsewhere or by another process.
 * @param arrays `indexArraysOf` the same papers with the same embedder
 */
export async function openSearch(
  papers: readonly Paper[],
  arrays: IndexArrays,
  { retriever, embedder, model }: SearchOptions = {},
): Promise<Search> {
  const vocabulary = new Vocabulary(arrays.vocabulary)
  const index = postingsOf(arrays.postings)
  const pairs = new BigramSketch(arrays.pairs)
  const adjacency = new Adjacency(index, pairs)
  const isWord = (word: string) => embedder?.knows(word) ?? false
  const sorted = new SortedWords(arrays.vocabulary.words, arrays.sortedWords)
  const trigrams = new Trigrams(arrays.trigrams)
  const speller = new Speller({ vocabulary, pairs: adjacency, sorted, trigrams, isWord })
  const expansions = new QueryExpansion(await thesaurus(), vocabulary, index)
  // With a hundred thousand papers some of these take tens of milliseconds: others get their turn in between.
  const acronyms = acronymsOf(arrays.acronyms)
  await turn()
  const analyzer = new QueryAnalyzer({
    vocabulary,
    adjacency,
    speller,
    acronyms,
    expansions,
    longForms: new LongForms(papers, embedder),
  })
  const identifiers = new IdentifierIndex(papers, arrays.identifiers)
  const isLarge = arrays.typed.words.starts.length > 1 && retriever !== 'minisearch'
  const mini = isLarge ? undefined : await MiniSearchIndex.over(papers, { vocabulary, index })
  const candidates =
    mini === undefined || retriever === 'compact'
      ? new CompactRetriever(index)
      : new MiniSearchRetriever(mini, vocabulary, papers.length)
  await turn()
  const semantic =
    embedder === undefined || arrays.vectors.scales.length < papers.length
      ? undefined
      : new SemanticScorer(embedder, VectorIndex.from(arrays.vectors), model)
  const latent = Lsa.from(arrays.lsa, papers.length)
  const soft = embedder && new SoftMatcher(embedder, vocabulary, index)
  const ranker = new Ranker({ index, pairs, latent, retriever: candidates, semantic, soft })
  const words = mini ?? new CompactWordIndex(arrays.typed)
  const titles = new Titles(papers, arrays.titles)
  return new PaperSearch({
    papers,
    vocabulary,
    index,
    identifiers,
    speller,
    parser: new QueryParser({ vocabulary, index, identifiers, analyzer }),
    ranker,
    semantic,
    model,
    related: new MoreLikeThis(index, pairs, ranker, semantic),
    suggester: new Suggester({ papers, vocabulary, speller, words, titles }),
  })
}
