import {
  abstractOf,
  authorsOf,
  dateOf,
  firstOf,
  isObject,
  markedFields,
  type Values,
} from './dialect-values.ts'
import { doiOf } from './identifiers.ts'

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

/**
 * The keys of other sources for each field, most common first: arXiv, Hugging Face, Crossref, Semantic Scholar,
 * OpenAlex, Zotero, OpenReview, bioRxiv, Europe PMC, DataCite.
 */
const kept: Readonly<Record<string, readonly string[]>> = {
  id: ['id', 'paper_id', 'paperId', 'arxiv_id', 'corpus_id', 'corpusid', 'DOI', 'biorxiv_doi'],
  title: ['title', 'display_name', 'preprint_title', 'titles.0.title'],
  abstract: [
    'abstract',
    'summary',
    'abstractNote',
    'abstractText',
    'abstract_text',
    'abstract_inverted_index',
    'paper_abstract',
    'preprint_abstract',
    'descriptions',
  ],
  authors: [
    'authors_parsed',
    'authors',
    'author',
    'authorships',
    'creators',
    'authorList.author',
    'authorString',
    'preprint_authors',
  ],
  url: ['url', 'URL', 'primary_location.landing_page_url', 'abs_url', 'link'],
  published: [
    'published',
    'publishedAt',
    'publicationDate',
    'publication_date',
    'publicationdate',
    'firstPublicationDate',
    'preprint_date',
    'published_date',
    'issued',
    'published-print',
    'published-online',
    'versions.0.created',
    'date',
    'dates.0.date',
    'year',
    'pubYear',
    'publicationYear',
    'pubdate',
    'pub_date',
    'publication_year',
    'pdate',
    'cdate',
    'update_date',
  ],
  doi: ['doi', 'DOI', 'externalIds.DOI', 'externalids.DOI', 'externalids.doi', 'ids.doi', 'biorxiv_doi'],
  arxiv: ['arxiv', 'arxiv_id', 'arxivId', 'externalIds.ArXiv', 'externalids.ArXiv', 'externalids.arxiv'],
  venue: [
    'venue',
    'journal-ref',
    'journal_ref',
    'container-title',
    'publicationTitle',
    'journal.name',
    'journal',
    'journalInfo.journal.title',
    'booktitle',
    'published_journal',
    'primary_location.source.display_name',
  ],
  categories: [
    'categories',
    'category',
    'preprint_category',
    'fieldsOfStudy',
    'subject',
    'keywords',
    's2fieldsofstudy',
    'tags',
  ],
}

const paths = Object.entries(kept).map(
  ([key, places]) => [key, places.map(place => place.split('.'))] as const,
)

function firstFound(record: Values, places: readonly (readonly string[])[], plain: Convert): unknown {
  for (const place of places) {
    const found = plain(at(record, place))
    if (!isAbsent(found) && !(Array.isArray(found) && found.length === 0)) return found
  }
  return undefined
}

type Convert = (value: unknown) => unknown

const asItIs: Convert = value => value

/** Unwraps a value: the first of several, or the content of a wrapper. */
const plain: Readonly<Record<string, Convert>> = {
  title: firstOf,
  venue: firstOf,
  authors: authorsOf,
  abstract: abstractOf,
  published: dateOf,
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
    const found = firstFound(record, places, plain[key] ?? asItIs)
    if (found !== undefined) own[key] = found
  }
  // An empty title is kept, since it means a different rejection than a record without one.
  const { title } = record
  if (own['title'] === undefined && (title === '' || (Array.isArray(title) && title.length === 0)))
    own['title'] = ''
  if (unpublished.has(record['itemType']) || isReply(record)) own['title'] = ''
  namePublished(own, record)
  const { pmid } = record
  if (own['url'] === undefined && typeof pmid === 'string' && /^\d{1,9}$/.test(pmid))
    own['url'] = `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`
  if (isObject(value['content']) && typeof own['id'] === 'string' && own['url'] === undefined)
    own['url'] = `https://openreview.net/forum?id=${encodeURIComponent(own['id'])}`
  return own
}

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

/**
 * Under these keys sources wrap a record: Hugging Face a day's paper, OpenReview and S2ORC a paper's content, Zotero
 * and DataCite an item's fields, Crossref a single work, Semantic Scholar a citation; others their metadata.
 */
const wrappers = [
  'paper',
  'content',
  'metadata',
  'data',
  'attributes',
  'message',
  'citingPaper',
  'citedPaper',
  'body',
]

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
