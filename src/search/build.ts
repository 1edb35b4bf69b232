import type { Paper } from '../corpus/paper.ts'
import { readAcronyms } from './acronyms.ts'
import { buildIndex } from './index-builder.ts'
import { Latent } from './latent.ts'
import { lexicon } from './lexicon.ts'
import { Lookup } from './lookup.ts'
import type { Search } from './port.ts'
import { Ranker } from './ranker.ts'
import { Related } from './related.ts'
import { PaperSearch } from './search.ts'
import { Speller } from './speller.ts'
import { StandIns } from './stand-ins.ts'
import { Suggester } from './suggester.ts'
import { Titles } from './titles.ts'
import { TypedIndex } from './typed.ts'
import { Understanding } from './understanding.ts'

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
