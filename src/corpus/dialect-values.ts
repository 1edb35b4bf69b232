import { doiOf } from './identifiers.ts'

export type Values = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first of several values, or the only one. */
export const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)

/** `Kites: A Study` where a source gives both parts; the title alone where it has the other already. */
export function withSubtitle(title: unknown, subtitle: unknown): unknown {
  if (typeof title !== 'string' || typeof subtitle !== 'string') return title
  const [main, sub] = [title.trim(), subtitle.trim()]
  if (main === '' || lettersOf(sub) === '' || lettersOf(main).includes(lettersOf(sub))) return title
  return /[:?!.\u2013\u2014]$/.test(main) ? `${main} ${sub}` : `${main}: ${sub}`
}

const lettersOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/<[^<>]{0,200}>/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** The first of several addresses, also of those that a text lists with semicolons between, or as an object. */
export const addressOf = (value: unknown): unknown => {
  const one = firstOf(value)
  const first = isObject(one) ? (one['value'] ?? one['url'] ?? one['URL'] ?? one['href'] ?? one) : one
  return typeof first === 'string' ? first.split(/;\s|[;\s](?=https?:)/i, 1)[0] : first
}

/** Fields that S2ORC gives as character ranges of a paper's text. */
export function markedFields({ text, annotations }: Values): Values {
  if (typeof text !== 'string' || !isObject(annotations)) return {}
  const abstract = marked(text, annotations['abstract'])
  const title = marked(text, annotations['title'])
  const authors = marked(text, annotations['author'])
  return {
    ...(title.length === 0 ? {} : { title: title[0] }),
    ...(abstract.length === 0 ? {} : { abstract: abstract.join(' ') }),
    ...(authors.length === 0 ? {} : { authors }),
  }
}

/** Ranges count characters, and not the UTF-16 units in which some characters take two. */
function marked(text: string, ranges: unknown): string[] {
  if (typeof ranges !== 'string') return []
  try {
    const spans: unknown = JSON.parse(ranges)
    const characters = /[\ud800-\udfff]/.test(text) ? [...text] : undefined
    const slice = (start: number, end: number) =>
      characters === undefined ? text.slice(start, end) : characters.slice(start, end).join('')
    const all = Array.isArray(spans) ? spans.filter(isObject) : []
    return all.map(({ start, end }) => slice(Number(start), Number(end)))
  } catch {
    return []
  }
}

/** Text, paragraphs, DataCite's descriptions of several kinds, or OpenAlex's inverted index of words. */
export function abstractOf(value: unknown): unknown {
  if (typeof value === 'string') return noAbstract.test(value) ? undefined : value
  if (Array.isArray(value)) {
    const wanted = value.filter(
      one => !isObject(one) || (one['descriptionType'] ?? 'Abstract') === 'Abstract',
    )
    const texts = wanted.map(one => (isObject(one) ? (one['text'] ?? one['description']) : one))
    return texts.every(one => typeof one === 'string') ? texts.join(' ') : value
  }
  if (!isObject(value)) return value
  // Springer's paragraphs below a heading; a text in several languages.
  if (value['p'] !== undefined && value['h1'] !== undefined) return abstractOf(value['p'])
  const inLanguages = Object.entries(value).filter(
    ([key, text]) => /^[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?$/.test(key) && typeof text === 'string',
  )
  return inLanguages.length === 0 ? indexedText(value) : (value['en'] ?? inLanguages[0]?.[1])
}

/** What services write where there is none. */
const noAbstract =
  /^\s{0,9}[[(]?(?:no abstract(?: (?:is )?available)?|abstract (?:is )?not available|not available|n\/?a|none|null)\.?[\])]?\s{0,9}$/i

/** The text whose words have these places; undefined for none, and what was given where it is no such index. */
function indexedText(value: Values): unknown {
  if (Object.keys(value).length === 0) return undefined
  const words: string[] = []
  for (const [word, places] of Object.entries(value))
    for (const place of Array.isArray(places) ? places : [])
      if (Number.isInteger(place) && place >= 0 && place < mostWords) words[place] = word
  return words.length === 0 ? value : words.filter(word => word !== undefined).join(' ')
}

const mostWords = 50_000

/**
 * A date in parts (CSL, Crossref), under the keys of a date written out (CSL), or in milliseconds since 1970
 * (OpenReview). Undefined where the source says that it has none, or tells there which paper appeared (bioRxiv).
 */
export function dateOf(value: unknown): unknown {
  if (typeof value === 'number' && value > 9_999) return instantOf(value)
  if (Array.isArray(value)) return dateOf(value[0])
  if (
    typeof value === 'string' &&
    (/^\s*(?:n\/?a|none|null|-)\s*$/i.test(value) || doiOf(value) !== undefined)
  )
    return undefined
  // Zotero's date for sorting, with the one that was typed behind it.
  if (typeof value === 'string') return value.replace(/^(\d{4}-\d\d-\d\d) (?!\d{1,2}:).{1,60}$/, '$1')
  if (!isObject(value)) return value
  const [parts] = Array.isArray(value['date-parts']) ? value['date-parts'] : []
  const known = Array.isArray(parts) ? parts.slice(0, 3).filter(part => part !== null && part !== '') : []
  if (known.length > 0) return known.map((part, i) => String(part).padStart(i === 0 ? 4 : 2, '0')).join('-')
  const written = value['date-time'] ?? value['raw'] ?? value['literal']
  return written === undefined && Array.isArray(value['date-parts']) ? undefined : (written ?? value)
}

/**
 * Milliseconds or seconds since 1970; written as a number, `20240122` is a day, and less is none of them (a
 * spreadsheet's count of days).
 */
function instantOf(value: number): unknown {
  if (/^(?:1[5-9]|20)\d{6}$/.test(String(value))) return String(value)
  if (value < 1e8 || value > 8.64e15) return undefined
  return new Date(value < 1e11 ? value * 1_000 : value).toISOString()
}

/**
 * An identifier as text, as the first of several, or among several of different kinds: PubMed's `articleids`, DOAJ's
 * `identifier`.
 */
export function identifierOf(value: unknown, kind: string): unknown {
  if (!Array.isArray(value)) return isObject(value) ? (value['value'] ?? value['id']) : value
  const kinds = value.filter(isObject)
  if (kinds.length === 0) return value[0]
  const found = kinds.find(
    one => String(one['idtype'] ?? one['type'] ?? one['schema']).toLowerCase() === kind,
  )
  return found?.['value'] ?? found?.['id']
}

/** Zotero's creators: the authors alone, where it tells them from editors and translators. */
export function authorsOf(value: unknown): unknown {
  // A list of one, as converted from XML.
  if (isObject(value)) return 'author' in value ? authorsOf(value['author']) : [value]
  if (!Array.isArray(value)) return value
  const authors = value.filter(one => isObject(one) && one['creatorType'] === 'author')
  return authors.length > 0 ? authors : value
}
