import { lengths } from '../../lengths.ts'
import { filedUnder } from '../identity.ts'
import { hash } from '../ids.ts'
import type { Paper } from '../paper.ts'
import { readable } from '../readable.ts'
import { asciiOf } from '../text.ts'

/** Registrants under whom preprints get their DOI: the paper gets another one where it is published. */
const preprintDoi =
  /^doi:10\.(?:1101|64898|2139\/ssrn|21203\/rs|31234|31219|31235|26434\/chemrxiv|20944\/preprints|36227\/techrxiv|22541\/au|5281\/zenodo|12688\/f1000research|55458\/neurolibre)/

/**
 * The keys by which two records are known to be of one paper: its identifiers, each as `kind:value`.
 *
 * @example
 * identifierKeys({ ...paper, arxiv: '2405.19320', doi: '10.1145/1.2' }) // ['arxiv:2405.19320', 'doi:10.1145/1.2']
 */
export function identifierKeys(paper: Paper): string[] {
  return filedUnder(paper)
    .filter(key => !/^(?:id|url|doi:10\.48550\/arxiv\.)/.test(key) && key.length <= lengths.identifier + 20)
    .map(key => (preprintDoi.test(key) ? key.replace(/^doi/, 'preprint') : key))
}

/** The key under which records with one title, but for case, accents, markup and punctuation, are found. */
export const titleKey = (title: string): string => `title:${hash(plainTitle(title), 24)}`

/** All keys of a record: its identifiers and its title. */
export const keysOfPaper = (paper: Paper): Set<string> =>
  new Set([...identifierKeys(paper), titleKey(paper.title)])

/** Letters and digits alone; the title as it is where it has none. */
export function plainTitle(title: string): string {
  const text = asciiOf(readable(title)).toLowerCase()
  const plain = text.replace(/[^\p{L}\p{N}]+/gu, '')
  return plain === '' ? title : plain
}
