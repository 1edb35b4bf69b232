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
  /** Where candidates come from: `minisearch` where it holds the abstracts, and `compact` for more papers than that. */
  readonly retriever?: 'minisearch' | 'compact' | undefined
  /** Lets meaning count beside words; words alone count without. */
  readonly embedder?: SyncEmbedder | undefined
  /** Vectors of a model beside the embedder's, used as soon as they are there. */
  readonly model?: ModelVectors | undefined
}

/** Among more papers than this words alone count: an exact scan would take longer than a call may. */
const mostEmbedded = 20_000

/**
 * Reads the papers into a `Search`: one analysis feeds MiniSearch, which completes typed words and finds candidates,
 * and the compact index, which re-ranks them and finds candidates among very many papers. Works in slices of a few
 * milliseconds between which other work runs.
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

/** The papers with titles and abstracts as people read them: the words of markup are no words of a paper. */
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
