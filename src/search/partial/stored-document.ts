import type { Paper } from '../../corpus/paper.ts'
import { definitionsIn } from '../analysis/abbreviations.ts'
import { readablePaper } from '../analysis/readable-paper.ts'
import type { SyncEmbedder } from '../embedding/port.ts'
import { embeddedText, VectorIndex } from '../embedding/vector-index.ts'
import { namesOf, titleOf } from '../index/identifier-index.ts'
import { buildIndex } from '../index/index-builder.ts'
import { titleWeight } from '../index/invert-index.ts'
import { gap } from '../index/postings.ts'
import { typedWords } from '../index/word-index.ts'

/** What is kept of a paper where papers are kept elsewhere, so that it need not be analysed again. */
export interface StoredDocument {
  readonly paper: Paper
  /** Its terms in reading order with `gapMark` where the index has a gap, separated by spaces. */
  readonly sequence: string
  /** In content words, the title's counted twice. */
  readonly length: number
  /** As `namesOf` gives them. */
  readonly names: readonly string[]
  /** As `titleOf` gives it. */
  readonly title: string
  /** Its vector at 8 bits; without entries where words alone count. */
  readonly row: Int8Array
  /** What the row is multiplied by. */
  readonly scale: number
}

/** No term has it: terms are made of letters and digits. */
export const gapMark = '|'

/** Analyses papers for being kept elsewhere, in slices of a few milliseconds. */
export async function storedDocuments(
  papers: readonly Paper[],
  embedder: SyncEmbedder | undefined,
): Promise<StoredDocument[]> {
  const texts = papers.map(readablePaper)
  const { vocabulary, index } = await buildIndex(texts)
  const vectors =
    embedder === undefined ? undefined : (await VectorIndex.over(embedder, texts.map(embeddedText))).arrays
  const dimensions = embedder?.dimensions ?? 0
  return papers.map((paper, doc) => ({
    paper,
    sequence: Array.from(index.sequence.subarray(index.from[doc], index.from[doc + 1]), term =>
      term === gap ? gapMark : vocabulary.terms.at(term),
    ).join(' '),
    length: index.lengths[doc] as number,
    names: namesOf(paper),
    title: titleOf(paper),
    row: vectors?.rows.subarray(doc * dimensions, (doc + 1) * dimensions) ?? new Int8Array(),
    scale: vectors?.scales[doc] ?? 0,
  }))
}

/** A paper's terms as often as they count, the title's twice: what an index over words is given. */
export function countedTerms(sequence: string): string {
  let gaps = 0
  return sequence
    .split(' ')
    .flatMap(term => {
      if (term === gapMark) {
        gaps++
        return []
      }
      return gaps < 2 ? new Array<string>(titleWeight).fill(term) : [term]
    })
    .join(' ')
}

/** Words by which a title is completed, and the abbreviations that the paper defines, as people type them. */
export function completedWords(paper: Paper): { readonly title: string[]; readonly names: string[] } {
  const { title, abstract } = readablePaper(paper)
  const defined = [...definitionsIn(title), ...definitionsIn(abstract)].map(({ short }) => short)
  return { title: typedWords(title), names: typedWords(defined.join(' ')) }
}
