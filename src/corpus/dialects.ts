type Values = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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
 * OpenAlex, Zotero, OpenReview.
 */
const kept: Readonly<Record<string, readonly string[]>> = {
  id: ['id', 'paper_id', 'paperId', 'arxiv_id', 'corpus_id', 'corpusid', 'DOI'],
  title: ['title', 'display_name'],
  abstract: [
    'abstract',
    'summary',
    'abstractNote',
    'abstractText',
    'abstract_text',
    'abstract_inverted_index',
    'paper_abstract',
  ],
  authors: ['authors_parsed', 'authors', 'author', 'authorships', 'creators'],
  url: ['url', 'URL', 'primary_location.landing_page_url', 'abs_url', 'link'],
  published: [
    'published',
    'publishedAt',
    'publicationDate',
    'publication_date',
    'published_date',
    'issued',
    'published-print',
    'published-online',
    'versions.0.created',
    'date',
    'year',
    'pubdate',
    'pub_date',
    'publication_year',
    'pdate',
    'cdate',
    'update_date',
  ],
  doi: ['doi', 'DOI', 'externalIds.DOI', 'ids.doi'],
  arxiv: ['arxiv', 'arxiv_id', 'arxivId', 'externalIds.ArXiv'],
  venue: [
    'venue',
    'journal-ref',
    'journal_ref',
    'container-title',
    'publicationTitle',
    'journal.name',
    'journal',
    'booktitle',
    'primary_location.source.display_name',
  ],
  categories: ['categories', 'fieldsOfStudy', 'subject', 'keywords'],
}

const paths = Object.entries(kept).map(
  ([key, places]) => [key, places.map(place => place.split('.'))] as const,
)

function firstFound(record: Values, places: readonly (readonly string[])[]): unknown {
  for (const place of places) {
    const found = at(record, place)
    if (!isAbsent(found) && !(Array.isArray(found) && found.length === 0)) return found
  }
  return undefined
}

/** Unwraps a value: the first of several, or the content of a wrapper. */
const plain: Readonly<Record<string, (value: unknown) => unknown>> = {
  title: first,
  venue: first,
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
    const found = firstFound(record, places)
    if (found !== undefined) own[key] = plain[key]?.(found) ?? found
  }
  // An empty title is kept, since it means a different rejection than a record without one.
  const { title } = record
  if (own['title'] === undefined && (title === '' || (Array.isArray(title) && title.length === 0)))
    own['title'] = ''
  if (isObject(value['content']) && typeof own['id'] === 'string' && own['url'] === undefined)
    own['url'] = `https://openreview.net/forum?id=${encodeURIComponent(own['id'])}`
  return own
}

/** Hugging Face wraps a day's paper, OpenReview each value of a note, others their metadata. */
function unwrapped(record: Values): Values {
  const inner = [record['paper'], record['content'], record['metadata']].find(isObject)
  if (inner === undefined || !(isAbsent(record['abstract']) || isAbsent(record['title']))) return record
  const marked = markedAbstract(inner)
  if (marked !== undefined) return { ...record, abstract: marked }
  const values = Object.entries(inner).map(([key, value]) => [
    key,
    isObject(value) && 'value' in value ? value['value'] : value,
  ])
  const unwrapped = Object.fromEntries(values)
  return isAbsent(record['abstract']) ? { ...record, ...unwrapped } : { ...unwrapped, ...record }
}

/** S2ORC gives the abstract as a character range of the paper's text. */
function markedAbstract({ text, annotations }: Values): string | undefined {
  const places = isObject(annotations) ? annotations['abstract'] : undefined
  if (typeof text !== 'string' || typeof places !== 'string') return undefined
  try {
    const spans: unknown = JSON.parse(places)
    return Array.isArray(spans) ? spans.map(one => text.slice(one?.start, one?.end)).join(' ') : undefined
  } catch {
    return undefined
  }
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value
}

/** Text, paragraphs, or OpenAlex's inverted index of words. */
function abstractOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const texts = value.map(one => (isObject(one) ? one['text'] : one))
    return texts.every(one => typeof one === 'string') ? texts.join(' ') : value
  }
  if (!isObject(value)) return value
  const words: string[] = []
  for (const [word, places] of Object.entries(value))
    for (const place of Array.isArray(places) ? places : [])
      if (Number.isInteger(place) && place >= 0 && place < mostWords) words[place] = word
  return words.length === 0 ? value : words.filter(word => word !== undefined).join(' ')
}

const mostWords = 50_000

/** A date in parts (CSL, Crossref), or in milliseconds since 1970 (OpenReview). */
function dateOf(value: unknown): unknown {
  if (typeof value === 'number' && value > 9_999 && value < 8.64e15) return new Date(value).toISOString()
  if (!isObject(value)) return value
  const [parts] = Array.isArray(value['date-parts']) ? value['date-parts'] : []
  if (!Array.isArray(parts) || parts.length === 0) return value['date-time'] ?? value
  return parts
    .slice(0, 3)
    .map((part, i) => String(part).padStart(i === 0 ? 4 : 2, '0'))
    .join('-')
}
