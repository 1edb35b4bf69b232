import { arxivIdOf, arxivPattern, doiOf, urlOf } from './identifiers.ts'
import { doiInAddress } from './identity.ts'

/** Most characters of a field in which an identifier is looked for: a note about a paper may be longer. */
const longest = 300

const anyArxiv = new RegExp(arxivPattern, 'gi')

/** Words that stand around an identifier of the paper itself: others say that it is another paper's. */
const around = new Set(
  'arxiv corr abs pdf html preprint pre print eprint eprints e prints published available appeared posted also as at on in the technical report tech rep url http https www org cornell university id no number version of this paper'.split(
    ' ',
  ),
)

/**
 * The arXiv identifier that bibliographies put into a field for something else: the journal (`arXiv preprint
 * arXiv:1810.04805`), the volume (`CoRR abs/2005.14165`), a note (`arXiv:2401.12345 [cs]`), the pages.
 * @returns undefined unless it is marked as arXiv's, the only one, and not said of another paper
 */
export function arxivIdIn(text: string): string | undefined {
  if (text.length > longest || !/arxiv|\babs\//i.test(text)) return arxivIdOf(text)
  const [first, ...others] = text.matchAll(anyArxiv)
  if (first === undefined) return undefined
  const id = arxivIdOf(first[0])
  if (others.some(([other]) => arxivIdOf(other) !== id)) return undefined
  const before = text.slice(0, first.index).replace(/\[[\w. -]{1,40}\]|\\url\b/g, ' ')
  const words = before.toLowerCase().match(/\p{L}+/gu) ?? []
  return words.every(word => around.has(word)) ? id : undefined
}

/** The DOI that a field for something else is or names: `doi: 10.1000/abc`, `Available at https://doi.org/10.1000/abc`. */
export function doiIn(text: string): string | undefined {
  if (text.length > longest) return undefined
  const whole = doiOf(text) ?? (urlOf(text) === undefined ? undefined : doiInAddress(text))
  if (whole !== undefined || /\s/.test(text.trim()) === false) return whole
  const [named, ...others] = text.matchAll(/(?:\bdoi:?\s{0,3}|\bdoi\.org\/)(10\.\d{4,9}\/[^\s,;]{1,200})/gi)
  return named === undefined || others.length > 0 ? undefined : doiOf(named[1] ?? '')
}
