import { kept, wrappers } from './dialect-keys.ts'
import {
  abstractOf,
  addressOf,
  authorsOf,
  dateOf,
  firstOf,
  identifierOf,
  isObject,
  markedFields,
  type Values,
  withSubtitle,
} from './dialect-values.ts'
import { isoDate } from './fields.ts'
import { named } from './formats/columns.ts'
import { doiOf } from './identifiers.ts'
import { arxivIdIn, doiIn } from './mentioned-ids.ts'

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ''

/** A value at a path of nested keys. */
function at(record: Values, path: readonly string[]): unknown {
  let value: unknown = record
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)]
    else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
    if (value === undefined) return undefined
  }
  return value
}

const paths = Object.entries(kept).map(
  ([key, places]) => [key, places.map(place => place.split('.'))] as const,
)

/** The first value that can be used, else the first that is there, which is then reported. */
function firstFound(
  record: Values,
  places: readonly (readonly string[])[],
  { convert, usable }: Convert,
): unknown {
  let first: unknown
  for (const place of places) {
    const found = convert(at(record, place))
    if (isAbsent(found) || (Array.isArray(found) && found.length === 0)) continue
    if (usable(found)) return found
    first ??= found
  }
  return first
}

interface Convert {
  /** Unwraps a value: the first of several, or the content of a wrapper. */
  readonly convert: (value: unknown) => unknown
  readonly usable: (value: unknown) => boolean
}

const always = () => true
const isDate = (value: unknown) =>
  (typeof value === 'string' && /^\d{4}-[01]\d-[0-3]\dT/.test(value)) || isoDate.safeParse(value).success
const asItIs: Convert = { convert: value => value, usable: always }

const conversions: Readonly<Record<string, Convert>> = {
  title: { convert: firstOf, usable: always },
  url: { convert: addressOf, usable: always },
  venue: { convert: firstOf, usable: value => typeof value === 'string' },
  authors: { convert: authorsOf, usable: always },
  abstract: { convert: abstractOf, usable: always },
  published: { convert: dateOf, usable: isDate },
  doi: { convert: value => identifierOf(value, 'doi'), usable: always },
  arxiv: { convert: value => identifierOf(value, 'arxiv'), usable: always },
}

/**
 * Converts a record of another source to the keys that `jsonl` knows. Existing values under those keys are kept.
 *
 * @example
 * ownKeys({ DOI: '10.1/x', title: ['Bees'], issued: { 'date-parts': [[2021, 5]] } })
 * // { id: '10.1/x', title: 'Bees', published: '2021-05', doi: '10.1/x', ... }
 */
export function ownKeys(value: unknown): unknown {
  if (!isObject(value)) return value
  const record = unwrapped(value)
  const own: Record<string, unknown> = {}
  for (const [key, places] of paths) {
    const found = firstFound(record, places, conversions[key] ?? asItIs)
    if (found !== undefined) own[key] = found
  }
  if (own['title'] === undefined) nameByColumns(own, record)
  if (own['title'] !== undefined) own['title'] = withSubtitle(own['title'], subtitleOf(record))
  // An empty title is kept, since it means a different rejection than a record without one.
  const { title } = record
  if (own['title'] === undefined && (title === '' || (Array.isArray(title) && title.length === 0)))
    own['title'] = ''
  if (unpublished.has(record['itemType']) || isReply(record)) own['title'] = ''
  namePublished(own, record)
  nameByService(own, record)
  nameMentioned(own, record)
  if (isObject(value['content']) && typeof own['id'] === 'string' && own['url'] === undefined)
    own['url'] = `https://openreview.net/forum?id=${encodeURIComponent(own['id'])}`
  return own
}

/** DataCite lists it among the titles. */
function subtitleOf({ subtitle, titles }: Values): unknown {
  const listed = Array.isArray(titles) ? titles.filter(isObject) : []
  return firstOf(subtitle) ?? listed.find(title => title['titleType'] === 'Subtitle')?.['title']
}

/** Keys in other letters, or with other marks between their words, as tables name their columns: `Paper Title`. */
function nameByColumns(own: Record<string, unknown>, record: Values): void {
  for (const [key, value] of Object.entries(record).slice(0, 100)) {
    const field = named(key)
    if (field === undefined || own[field] !== undefined || isAbsent(value)) continue
    own[field] = (conversions[field] ?? asItIs).convert(value)
  }
  own['published'] ??= own['year']
}

/** DOAJ's identifiers of several kinds, and PubMed's number, which its summaries call `uid`; of `2019 Sep-Oct` there the year. */
function nameByService(own: Record<string, unknown>, record: Values): void {
  const { identifier } = record
  if (own['doi'] === undefined && Array.isArray(identifier)) own['doi'] = identifierOf(identifier, 'doi')
  const pmid = record['pmid'] ?? (record['articleids'] === undefined ? undefined : record['uid'])
  if (typeof pmid !== 'string' || !/^\d{1,9}$/.test(pmid)) return
  own['id'] ??= `pmid:${pmid}`
  own['url'] ??= `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`
  const date = own['published']
  if (typeof date === 'string' && !isoDate.safeParse(date).success)
    own['published'] = /^\d{4}/.exec(date)?.[0]
}

/** Bibliographies put identifiers into fields for something else: see `arxivIdIn`. */
function nameMentioned(own: Record<string, unknown>, record: Values): void {
  const texts = (names: readonly string[]) => names.map(name => record[name]).filter(isText)
  const place = [own['venue'], record['publisher'], record['archive']].filter(isText)
  const lines = texts(notes).flatMap(note => note.split('\n'))
  if (place.length + lines.length === 0) return
  if (own['arxiv'] === undefined) {
    const numbers = place.some(at => /arxiv|corr/i.test(at))
      ? texts(['volume', 'number', 'issue', 'archive_location'])
      : []
    const numbered = place.flatMap(at => numbers.map(number => `${at} ${number}`))
    const arxiv = [...place, ...numbered, ...lines].map(marked).find(Boolean)
    if (arxiv !== undefined) Object.assign(own, { arxiv, id: own['id'] ?? arxiv })
  }
  const doi = own['doi'] ?? lines.map(doiIn).find(Boolean)
  if (doi !== undefined) own['doi'] = doi
}

const notes = ['note', 'extra', 'number', 'volume', 'genre', 'archiveID', 'archive_location'] as const
const isText = (value: unknown): value is string => typeof value === 'string'

const marked = (text: string): string | undefined =>
  /arxiv|\babs\//i.test(text) ? arxivIdIn(text) : undefined

/** bioRxiv names the published record's DOI beside the preprint's; the address then is the preprint's. */
function namePublished(own: Record<string, unknown>, record: Values): void {
  const published = [record['published_doi'], record['published']]
    .map(value => (typeof value === 'string' ? doiOf(value) : undefined))
    .find(doi => doi !== undefined)
  if (typeof own['doi'] !== 'string' || published === undefined) return
  own['url'] ??= `https://doi.org/${own['doi']}`
  own['doi'] = published
}

/** Reviews and decisions of OpenReview stand beside the papers that they are about. */
const isReply = ({ replyto, forum, id }: Values): boolean =>
  typeof replyto === 'string' && typeof forum === 'string' && forum !== id

/** What a Zotero library holds beside papers. */
const unpublished: ReadonlySet<unknown> = new Set(['attachment', 'note', 'annotation'])

function unwrapped(record: Values): Values {
  const inner = wrappers.map(key => record[key]).find(isObject)
  if (inner === undefined || !(isAbsent(record['abstract']) || isAbsent(record['title']))) return record
  const marked = markedFields(inner)
  if (Object.keys(marked).length > 0) return { ...marked, ...present(record) }
  const values = Object.entries(inner).map(([key, value]) => [
    key,
    isObject(value) && 'value' in value ? value['value'] : value,
  ])
  const unwrapped = Object.fromEntries(values)
  return isAbsent(record['abstract']) ? { ...record, ...unwrapped } : { ...unwrapped, ...record }
}

const present = (record: Values): Values =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => !isAbsent(value)))
