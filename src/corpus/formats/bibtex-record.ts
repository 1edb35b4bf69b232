import { lengths } from '../../lengths.ts'
import { splitAuthors } from '../author-list.ts'
import { arxivIdOf, doiOf } from '../identifiers.ts'
import { arxivIdIn, doiIn } from '../mentioned-ids.ts'
import { mended, restored, unescaped, withoutFormulas } from './bibtex-text.ts'
import { type BibtexEntry, type CslRecord, citationReaders } from './citation-js.ts'
import { journalOf } from './journal-commands.ts'

type Properties = BibtexEntry['properties']

/**
 * The records of an entry, under the keys of `ownKeys`.
 * @param abbreviations definitions to be put before it
 * @param parent the entry that it gets from what it lacks
 * @throws Error when the text is not BibTeX
 */
export function bibtexRecords(text: string, abbreviations: string, parent?: string): CslRecord[] {
  const { bibtex, bibtexToCsl } = citationReaders()
  const { signed, formulas } = withoutFormulas(mended(text))
  const above = parent === undefined ? {} : inherited(parent, abbreviations)
  return bibtex(abbreviations + signed).map(entry => {
    const properties = { ...above, ...entry.properties }
    const [csl] = bibtexToCsl([{ ...entry, properties: readableByParser(properties) }])
    const { id: _, keyword, 'container-title': journal, ...record } = csl ?? {}
    // Mendeley lists several, which the parser takes for one.
    const [url = ''] = unescaped(textOf(record['URL'])).split(/(?:%20|\s)(?=https?:)/i, 1)
    const doi = unescaped(textOf(properties['doi'])) || mentionedDoi(properties)
    const arxiv = [textOf(properties['arxiv']), textOf(properties['arxivid']), eprintOf(properties), url, doi]
      .map(arxivIdOf)
      .find(Boolean)
    const mentioned = arxiv ?? mentionedArxiv(properties)
    return {
      ...record,
      id: mentioned ?? doiOf(doi),
      URL: url,
      DOI: doi,
      arxiv: mentioned,
      author: Array.isArray(record['author'])
        ? record['author'].flatMap(name => personOf(name, textOf(properties['author'])))
        : undefined,
      title: restored(record['title'], formulas),
      abstract: restored(record['abstract'], formulas),
      keywords: keyword,
      published: dateIn(properties),
      issued: undefined,
      note: undefined,
      venue: journalOf(restored(journal, formulas)),
    }
  })
}

/** The parser gives `year = 2020` as a number. */
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** The fields that BibTeX's `crossref` gives an entry: its parent's title is that of the book. */
function inherited(parent: string, abbreviations: string): Properties {
  const [entry] = citationReaders().bibtex(abbreviations + withoutFormulas(mended(parent)).signed)
  const { title, booktitle, year, date, month, publisher } = entry?.properties ?? {}
  const named = { booktitle: booktitle ?? title, year, date, month, publisher }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
}

/** An identifier of another archive (PubMed, JSTOR) is none of arXiv's. */
function eprintOf(properties: Properties): string {
  const archive = textOf(properties['eprinttype'] ?? properties['archiveprefix'])
  return archive === '' || /arxiv/i.test(archive) ? textOf(properties['eprint']) : ''
}

/** Where bibliographies put an arXiv identifier that has a field of its own: first the place, then the number in it. */
function mentionedArxiv(properties: Properties): string | undefined {
  const field = (name: string) => textOf(properties[name])
  const place = ['journal', 'journaltitle', 'publisher', 'institution', 'booktitle', 'archiveprefix']
    .map(field)
    .filter(text => /arxiv|corr/i.test(text))
  const numbers = ['volume', 'number', 'eid', 'pages'].map(field).filter(text => text !== '')
  // A number alone may be any journal's.
  const marked = numbers.filter(text => /arxiv|\babs\//i.test(text))
  const texts = [...place, ...marked, ...place.flatMap(at => numbers.map(number => `${at} ${number}`))]
  const own = [...texts, field('note'), field('howpublished'), field('url'), field('addendum')]
  return own.map(text => arxivIdIn(unescaped(text))).find(Boolean)
}

const mentionedDoi = (properties: Properties): string =>
  ['note', 'howpublished', 'addendum']
    .map(name => doiIn(unescaped(textOf(properties[name]))))
    .find(Boolean) ?? ''

/** Fields of people, of whom a paper's authors alone are read. */
const others = new Set(['editor', 'editora', 'editorb', 'editorc', 'translator', 'bookauthor', 'holder'])
/** Fields of a date: the parser loses all of one that is not as it should be. */
const dates = new Set(['date', 'year', 'month', 'day', 'urldate', 'eventdate', 'origdate'])

/** A name that is longer than any name is cut to what is refused: the parser's time grows with its square. */
function readableByParser(properties: Properties): Properties {
  const { author, ...rest } = properties
  const kept = Object.entries(rest).filter(([field]) => !others.has(field) && !dates.has(field))
  const names = typeof author === 'string' ? namesIn(author) : []
  const short = names.map(name => name.slice(0, lengths.author + 1)).join(' and ')
  return { ...Object.fromEntries(kept), ...(typeof author === 'string' ? { author: short } : {}) }
}

/** Names joined by `and`, as BibTeX has it; a list with other marks between them is split as people write it. */
function namesIn(author: string): string[] {
  const names = author.split(/\sand\s/i)
  const [only = ''] = names
  const unbraced = only.replace(/\{[^{}]{0,300}\}/g, '')
  if (names.length > 1 && !unbraced.includes(';')) return names
  if (!/;|,[^,]{0,300},/.test(unbraced) || /\{[^{}]{0,300}[,;]/.test(author)) return names
  const split = splitAuthors(author)
  return split.length > 1 ? split : names
}

/** BibTeX's `and others` is not a name; a particle with a hyphen (`al-Khwarizmi`) is a part of the word. */
function personOf(name: unknown, author: string): unknown[] {
  if (typeof name !== 'object' || name === null) return [name]
  const person = name as Readonly<Record<string, unknown>>
  const particle = textOf(person['non-dropping-particle'])
  const family = textOf(person['family'])
  if (family === 'others' || (particle === 'et' && /^al\.?$/.test(family))) return []
  return particle !== '' && author.includes(`${particle}-`)
    ? [{ ...person, family: `${particle}-${family}`, 'non-dropping-particle': undefined }]
    : [name]
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/**
 * The date as exact as its fields tell it: `(2020)`, `2020a` and `c. 2020` are that year, of a range the beginning. What
 * holds no year (`in press`) is kept as it is, to be reported.
 */
function dateIn(properties: Properties): string | undefined {
  const written = textOf(properties['date']).split('/')[0]?.trim() ?? ''
  const exact = /^(\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?)(?!\d)/.exec(written)?.[1]
  if (exact !== undefined) return exact
  const given = textOf(properties['year']) || written
  const year = /(?<!\d)(?:1[5-9]|20)\d\d(?!\d)/.exec(given)?.[0]
  if (year === undefined) return given || undefined
  const month = monthIn(textOf(properties['month']))
  return month === undefined ? year : `${year}-${String(month).padStart(2, '0')}`
}

/** From 1: the first that a text names, as number or word. */
function monthIn(text: string): number | undefined {
  // `"26~" # jan`, a day before a name, which the parser has made a number of two digits.
  const behind = /^(?:1[3-9]|[23]\d|[1-9]|1\d(?=[~\s]{1,3}0))[~\s]{1,3}(0[1-9]|1[0-2])$/.exec(text)?.[1]
  if (behind !== undefined) return Number(behind)
  const number = /^\s{0,9}0?(\d{1,2})(?!\d)/.exec(text)?.[1]
  if (number !== undefined && Number(number) >= 1 && Number(number) <= 12) return Number(number)
  const [name] =
    text.toLowerCase().match(/(?<!\p{L})(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/u) ?? []
  return name === undefined ? undefined : months.indexOf(name) + 1
}
