import type { Paper } from '../corpus/paper.ts'
import { readAcronyms } from './index/acronyms.ts'
import { TypedIndex } from './index/autocomplete-index.ts'
import { Lookup } from './index/identifier-index.ts'
import { buildIndex } from './index/index-builder.ts'
import { Titles } from './index/title-index.ts'
import type { Search } from './port.ts'
import { Understanding } from './query/query-analyzer.ts'
import { StandIns } from './query/query-expansion.ts'
import { Suggester } from './query/suggester.ts'
import { lexicon } from './query/thesaurus.ts'
import { Latent } from './ranking/lsa.ts'
import { Related } from './ranking/more-like-this.ts'
import { Ranker } from './ranking/ranker.ts'
import { PaperSearch } from './search.ts'
import { Speller } from './spelling/speller.ts'

/**
 * Reads the papers into a `Search`: one analysis feeds the compact index that ranks, and MiniSearch that completes
 * and corrects. Works in slices of a few milliseconds between which other work runs.
 */
export async function buildSearch(papers: readonly Paper[]): Promise<Search> {
  const indexed = await buildIndex(papers)
  const { vocabulary, index, pairs } = indexed
  const acronyms = await readAcronyms(papers, vocabulary, index)
  const speller = await Speller.over(vocabulary, pairs)
  const standIns = new StandIns(await lexicon(), vocabulary, index)
  const ranker = new Ranker(index, pairs, await Latent.over(index))
  return new PaperSearch({
    papers,
    vocabulary,
    index,
    lookup: await Lookup.over(papers),
    speller,
    understanding: new Understanding(indexed, speller, acronyms, standIns),
    ranker,
    related: new Related(index, pairs, ranker),
    suggester: new Suggester({
      papers,
      vocabulary,
      speller,
      typed: await TypedIndex.over(papers),
      titles: await Titles.over(papers),
    }),
  })
}
