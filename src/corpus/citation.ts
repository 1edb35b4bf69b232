import { hash } from './ids.ts'
import { linksOf } from './links.ts'
import { type CslName, familyOf, nameOf } from './names.ts'
import type { Paper } from './paper.ts'
import { readable } from './readable.ts'
import { asciiOf, foldSpace } from './text.ts'

/** A member's own data about a paper, included in exports. */
export interface PaperNote {
  readonly status?: string | undefined
  readonly note?: string | undefined
  readonly tags?: readonly string[] | undefined
}

/** The paper as an item of CSL-JSON 1.0. */
export interface CslItem {
  readonly id: string
  readonly 'citation-key': string
  readonly type: 'article-journal' | 'paper-conference' | 'document'
  readonly title: string
  readonly author?: readonly CslName[]
  readonly issued?: { readonly 'date-parts': readonly (readonly number[])[] }
  readonly 'container-title'?: string
  readonly DOI?: string
  readonly URL?: string
  readonly archive?: 'arXiv'
  readonly archive_location?: string
  readonly abstract?: string
  readonly note?: string
  readonly keyword?: string
}

/**
 * A key such as `lovelace2024key-3f7`: first author, year, first content word of the title (up to three without an
 * author), and three digits of a hash of the id, so that a paper has the same key wherever it is cited, and different
 * papers of one author and year have different keys. Only [a-z0-9-].
 * @param taken keys in use; the new one is added
 */
export function citationKey(paper: Paper, taken: Set<string> = new Set()): string {
  const author = plain(familyOf(nameOf(paper.authors[0] ?? '')))
  const year = paper.published?.slice(0, 4) ?? ''
  const words = asciiOf(readable(paper.title))
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  const telling = words.filter(word => word.length > 1 && !small.has(word))
  const base = author === '' ? telling.slice(0, 3).join('-') : author + year + (telling[0] ?? '')
  const dated = author === '' && base !== '' ? base + year : base
  const key = `${(dated || `paper-${plain(paper.id)}`).slice(0, 60)}-${hash(paper.id, 3)}`
  let unique = key
  for (let n = 2; taken.has(unique); n++) unique = `${key}-${n}`
  taken.add(unique)
  return unique
}

const plain = (text: string): string =>
  asciiOf(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
const small = new Set(
  'a an the of on in for to and or with by from at as is are how do what why can we'.split(' '),
)

const conference =
  /\b(?:proc|proceedings|conference|workshop|symposium|neurips|nips|icml|iclr|aaai|ijcai|acl|emnlp|naacl|eacl|coling|cvpr|iccv|eccv|kdd|sigir|www|chi|interspeech|icassp)\b/i

export function cslOf(paper: Paper, key: string, note: PaperNote = {}): CslItem {
  const own = linksOf(paper).find(link => link.kind === 'paper')
  const venue = readable(paper.venue ?? '')
  const keywords = [...(note.tags ?? []), note.status ?? ''].filter(word => word !== '')
  const type = venue === '' ? 'document' : conference.test(venue) ? 'paper-conference' : 'article-journal'
  return {
    id: key,
    'citation-key': key,
    type,
    title: readable(paper.title),
    ...given(
      'author',
      paper.authors.map(name => nameOf(foldSpace(name))),
    ),
    ...given('issued', issued(paper.published)),
    ...given('container-title', venue),
    ...given('DOI', paper.doi),
    ...given('URL', own?.url),
    ...(paper.arxiv === undefined ? {} : { archive: 'arXiv', archive_location: paper.arxiv }),
    ...given('abstract', readable(paper.abstract)),
    ...given('note', note.note),
    ...given('keyword', keywords.join(', ')),
  }
}

/** An object with the property, or an empty one when there is no value. */
export function given<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): Partial<Record<Key, Value>> {
  const absent = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  return (absent ? {} : { [key]: value }) as Partial<Record<Key, Value>>
}

function issued(published: string | undefined): CslItem['issued'] {
  const [, ...parts] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(published ?? '') ?? []
  const numbers = parts.filter(part => part !== undefined).map(Number)
  return numbers.length === 0 ? undefined : { 'date-parts': [numbers] }
}
