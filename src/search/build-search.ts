import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { ModelVectors } from './embedding/model-vectors.ts'
import type { SyncEmbedder } from './embedding/port.ts'
import { embeddedText, VectorIndex } from './embedding/vector-index.ts'
import { readAcronyms } from './index/acronyms.ts'
import { Adjacency } from './index/adjacency.ts'
import type { CandidateRetriever } from './index/candidate-retriever.ts'
import { CompactRetriever } from './index/compact-retriever.ts'
import { CooperativeYield } from './index/cooperative-yield.ts'
import { IdentifierIndex } from './index/identifier-index.ts'
import { buildIndex } from './index/index-builder.ts'
import { MiniSearchIndex } from './index/minisearch-index.ts'
import { MiniSearchRetriever } from './index/minisearch-retriever.ts'
import { Titles } from './index/title-index.ts'
import type { Search } from './port.ts'
import { QueryAnalyzer } from './query/query-analyzer.ts'
import { QueryExpansion } from './query/query-expansion.ts'
import { QueryParser } from './query/query-parser.ts'
import { Suggester } from './query/suggester.ts'
import { thesaurus } from './query/thesaurus.ts'
import { Lsa } from './ranking/lsa.ts'
import { MoreLikeThis } from './ranking/more-like-this.ts'
import { Ranker } from './ranking/ranker.ts'
import { SemanticScorer } from './ranking/semantic-scorer.ts'
import { PaperSearch } from './search.ts'
import { Speller } from './spelling/speller.ts'

export interface BuildOptions {
  /** The candidate retriever: `minisearch` as long as it contains the abstracts, `compact` for larger collections. */
  readonly retriever?: 'minisearch' | 'compact' | undefined
  /** Adds semantic similarity to the ranking; without it only words count. */
  readonly embedder?: SyncEmbedder | undefined
  /** Vectors of a model beside the embedder's, used as soon as they are there. */
  readonly model?: ModelVectors | undefined
}

/** For more papers only words count: an exact vector scan would exceed a call's time limit. */
const mostEmbedded = 20_000

/**
 * Indexes the papers into a `Search`. One analysis feeds MiniSearch, for autocomplete and candidates, and the compact
 * index, for re-ranking and for candidates in large collections. Works in slices of a few milliseconds, between which
 * other work runs.
 */
export async function buildSearch(originals: readonly Paper[], options: BuildOptions = {}): Promise<Search> {
  const papers = await readableTexts(originals)
  const indexed = await buildIndex(papers)
  const { vocabulary, index, pairs } = indexed
  const acronyms = await readAcronyms(papers, vocabulary, index)
  const adjacency = new Adjacency(index, pairs)
  const speller = await Speller.over(vocabulary, adjacency, word => options.embedder?.knows(word) ?? false)
  const expansions = new QueryExpansion(await thesaurus(), vocabulary, index)
  const analyzer = new QueryAnalyzer({ vocabulary, adjacency, speller, acronyms, expansions })
  const identifiers = await IdentifierIndex.over(papers)
  const words = await MiniSearchIndex.over(papers, indexed)
  const isCompact = options.retriever === 'compact' || !words.isWhole
  const retriever: CandidateRetriever = isCompact
    ? new CompactRetriever(index)
    : new MiniSearchRetriever(words, vocabulary, papers.length)
  const semantic = await semanticOver(papers, options)
  const ranker = new Ranker({ index, pairs, latent: await Lsa.over(index), retriever, semantic })
  return new PaperSearch({
    papers: originals,
    texts: papers,
    vocabulary,
    index,
    identifiers,
    speller,
    parser: new QueryParser({ vocabulary, index, identifiers, analyzer }),
    ranker,
    semantic,
    model: options.model,
    related: new MoreLikeThis(index, pairs, ranker, semantic),
    suggester: new Suggester({
      papers,
      vocabulary,
      speller,
      words,
      titles: await Titles.over(papers),
    }),
  })
}

const charactersPerSlice = 60_000

/** The papers with titles and abstracts as people read them: markup must not be indexed. */
async function readableTexts(papers: readonly Paper[]): Promise<Paper[]> {
  const slices = new CooperativeYield(charactersPerSlice)
  const texts: Paper[] = []
  for (const paper of papers) {
    const title = readable(paper.title)
    const abstract = readable(paper.abstract)
    texts.push(title === paper.title && abstract === paper.abstract ? paper : { ...paper, title, abstract })
    if (slices.spent(paper.title.length + paper.abstract.length + 1)) await slices.pause()
  }
  return texts
}

async function semanticOver(
  papers: readonly Paper[],
  { embedder, model }: BuildOptions,
): Promise<SemanticScorer | undefined> {
  if (embedder === undefined || papers.length > mostEmbedded) return undefined
  return new SemanticScorer(embedder, await VectorIndex.over(embedder, papers.map(embeddedText)), model)
}
