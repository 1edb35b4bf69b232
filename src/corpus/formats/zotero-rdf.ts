import type { XmlRecord } from './xml-reader.ts'
import { all, type Element, markupsAt, textAt, textOf } from './xml-tree.ts'

type Values = Record<string, unknown>

/** The elements that Zotero writes an item in, and those of what an item is a part of. */
const items = 'Article Book BookSection Thesis Report Document Manuscript Patent Legislation Memo Description'
const containers = 'Journal Periodical Magazine Newspaper Series CourtReporter'

/** Most items that wait for their journal. */
const mostWaiting = 10_000

/** Whether a document is Zotero's own RDF. */
export const isZoteroRdf = (head: string): boolean =>
  head.slice(0, 4096).includes('http://www.zotero.org/namespaces/export#')

/**
 * Zotero RDF. The journal of an article, which holds its DOI, stands behind it, once for all articles of its ISSN: those
 * wait for it.
 */
export class ZoteroRdf {
  readonly names: ReadonlySet<string> = new Set(`${items} ${containers}`.split(' '))
  readonly #journals = new Map<string, Values>()
  readonly #waiting = new Map<string, Values[]>()
  #count = 0

  /** @returns the records that are complete now */
  read(element: Element): readonly XmlRecord[] {
    const about = element.attributes['about'] ?? ''
    if (containers.split(' ').includes(element.name)) {
      const journal = journalOf(element)
      this.#journals.set(about, { venue: journal['venue'] })
      const waiting = this.#waiting.get(about) ?? []
      this.#waiting.delete(about)
      return waiting.map((item, at) => ({ ...(at === 0 ? journal : this.#journals.get(about)), ...item }))
    }
    const item = itemOf(element)
    if (item === undefined) return []
    const [part] = all(element, 'isPartOf')
    const place = part?.attributes['resource']
    const inline = part?.children.find(child => typeof child !== 'string')
    if (inline !== undefined && typeof inline !== 'string') return [{ ...journalOf(inline), ...item }]
    const known = place === undefined ? undefined : this.#journals.get(place)
    if (place === undefined || known !== undefined || ++this.#count > mostWaiting)
      return [{ ...known, ...item }]
    this.#waiting.set(place, [...(this.#waiting.get(place) ?? []), item])
    return []
  }

  /** @returns those whose journal never came */
  end(): readonly XmlRecord[] {
    return [...this.#waiting.values()].flat()
  }
}

const identified = (element: Element): string | undefined =>
  markupsAt(element, 'identifier')
    .map(text => /^DOI (.{1,300})$/.exec(text)?.[1])
    .find(Boolean)

const present = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

const journalOf = (journal: Element): Values =>
  present({ venue: textAt(journal, 'title'), doi: identified(journal) })

function itemOf(item: Element): Values | undefined {
  if (/^(?:attachment|note|annotation)$/.test(textAt(item, 'itemType') ?? '')) return undefined
  const people = all(item, 'authors', 'Seq', 'li', 'Person')
  const [address] = all(item, 'identifier', 'URI', 'value')
  return present({
    title: textAt(item, 'title'),
    abstract: textAt(item, 'abstract'),
    authors: people.map(person => ({
      family: textAt(person, 'surname') ?? textAt(person, 'name') ?? '',
      given: textAt(person, 'givenName') ?? textAt(person, 'givenname') ?? '',
    })),
    published: textAt(item, 'date'),
    doi: identified(item),
    url: address === undefined ? undefined : textOf(address),
    note: textAt(item, 'description'),
    categories: all(item, 'subject').map(subject => textOf(subject).trim()),
  })
}
