import { setImmediate as turn } from 'node:timers/promises'
import { Parser } from 'htmlparser2'
import { arxivIdOf } from '../../corpus/identifiers.ts'
import { foldSpace } from '../../corpus/text.ts'
import { SourceError } from '../port.ts'

export type ListingKind = 'new' | 'cross' | 'replacement'

/** An entry of a listing, under the keys that a paper's record has. */
export interface ListingEntry {
  readonly kind: ListingKind
  readonly id: string
  readonly title: string
  readonly authors: readonly string[]
  readonly categories: readonly string[]
  readonly abstract: string
  readonly venue: string
}

/** What arXiv announced for a category on one date, as far as this page shows it. */
export interface Listing {
  /** The date that the page names, YYYY-MM-DD. */
  readonly date: string
  readonly entries: readonly ListingEntry[]
  /** Entries of that date on all pages, by the page's own count. */
  readonly total: number
}

/** Text between two turns of the event loop. */
const slice = 65_536

/**
 * Reads a page of arXiv's listings: `/list/CATEGORY/new` or `/catchup/CATEGORY/DATE`. The page counts its own entries
 * ("showing 60 of 60 entries", "Total of 216 entries"); one that shows other than it says is not a page without papers but
 * one that cannot be read. Source: the templates of arXiv's browse service.
 * @throws SourceError `unreadable`
 */
export async function readListing(html: string): Promise<Listing> {
  const reader = new Reader()
  const parser = new Parser(reader.handler())
  for (let at = 0; at < html.length; at += slice) {
    parser.write(html.slice(at, at + slice))
    await turn()
  }
  parser.end()
  return reader.listing()
}

const unreadable = (why: string) => new SourceError('unreadable', `arXiv’s listing cannot be read: ${why}`)

interface Section {
  readonly kind: ListingKind
  /** Entries of the section on this page, and on all. */
  readonly shown: number
  readonly of: number
  found: number
}

interface Draft {
  kind: ListingKind
  id: string
  title: string
  authors: string[]
  categories: string
  abstract: string
  venue: string
}

type Field = 'heading' | 'title' | 'author' | 'categories' | 'abstract' | 'venue' | 'other'

const kinds: Readonly<Record<string, ListingKind>> = {
  new: 'new',
  cross: 'cross',
  replacement: 'replacement',
}

/** Follows the page's elements; `listing` tells what they held. */
class Reader {
  #date: string | undefined
  #total: number | undefined
  #saysNone = false
  #isWhole = false
  readonly #sections: Section[] = []
  readonly #drafts: Draft[] = []
  #field: Field = 'other'
  #closes = ''
  #text = ''
  #isLabel = false
  #inAuthors = false
  /** The last words outside fields: counts stand among them. */
  #loose = ''

  handler() {
    return {
      onopentag: (name: string, attributes: Record<string, string>) => this.#open(name, attributes),
      ontext: (text: string) => this.#take(text),
      onclosetag: (name: string, implied: boolean) => this.#close(name, implied),
    }
  }

  listing(): Listing {
    this.#looseEnd()
    if (!this.#isWhole) throw unreadable('it breaks off')
    if (this.#date === undefined) throw unreadable('it names no date')
    const counted = this.#sections.reduce((sum, section) => sum + section.of, 0)
    const odd = this.#sections.find(({ shown, found }) => shown !== found)
    if (odd !== undefined)
      throw unreadable(`it says that it shows ${odd.shown} entries, and shows ${odd.found}`)
    if (this.#sections.length === 0 && !this.#saysNone)
      throw unreadable('it shows no entries and does not say so')
    return { date: this.#date, total: this.#total ?? counted, entries: this.#drafts.map(entryOf) }
  }

  #open(name: string, attributes: Record<string, string>): void {
    const classes = (attributes['class'] ?? '').split(' ')
    if (name === 'a' && attributes['title'] === 'Abstract') this.#begin(attributes['href'] ?? '')
    if (name === 'span' && classes.includes('descriptor')) this.#isLabel = true
    if (name === 'div') this.#inAuthors = classes.includes('list-authors')
    const field = fieldOf(name, classes, this.#inAuthors)
    if (field === undefined) return
    this.#looseEnd()
    this.#field = field
    this.#closes = name
    this.#text = ''
  }

  #take(text: string): void {
    if (this.#isLabel) return
    if (this.#field === 'other') this.#loose = (this.#loose + text).slice(-2_000)
    else if (this.#text.length < 200_000) this.#text += text
  }

  #close(name: string, implied: boolean): void {
    if (name === 'html' && !implied) this.#isWhole = true
    if (name === 'span') this.#isLabel = false
    if (name === 'div') this.#inAuthors = false
    if (name === 'br') this.#take(' ')
    if (this.#field === 'other' || name !== this.#closes) return
    this.#store(this.#field, foldSpace(this.#text))
    this.#field = 'other'
  }

  #begin(href: string): void {
    const id = arxivIdOf(href.replace(/^\/abs\//, '')) ?? arxivIdOf(href)
    const section = this.#sections.at(-1)
    if (section === undefined) throw unreadable('an entry stands in no section')
    if (id === undefined) throw unreadable('an entry has no identifier')
    section.found++
    this.#drafts.push({
      kind: section.kind,
      id,
      title: '',
      authors: [],
      categories: '',
      abstract: '',
      venue: '',
    })
  }

  #store(field: Field, text: string): void {
    if (field === 'heading') {
      this.#heading(text)
      return
    }
    const draft = this.#drafts.at(-1)
    if (draft === undefined) return
    if (field === 'author') draft.authors.push(text)
    else if (field !== 'other') draft[field] = text
  }

  #heading(text: string): void {
    this.#date ??= dateIn(text)
    const found = /^(\w{3,11}) submissions\b.{0,40}\(.{0,40}?(\d{1,6}) of (\d{1,6}) entries/i.exec(text)
    const kind = kinds[found?.[1]?.toLowerCase() ?? '']
    if (found !== null && kind !== undefined)
      this.#sections.push({ kind, shown: Number(found[2]), of: Number(found[3]), found: 0 })
  }

  #looseEnd(): void {
    const text = foldSpace(this.#loose)
    this.#loose = ''
    const total = /Total of (\d{1,6}) entries/.exec(text)?.[1]
    if (total !== undefined) this.#total ??= Number(total)
    if (/No (?:further )?updates (?:today|for)/.test(text)) this.#saysNone = true
  }
}

function fieldOf(name: string, classes: readonly string[], inAuthors: boolean): Field | undefined {
  if (name === 'h1' || name === 'h3') return 'heading'
  if (name === 'a') return inAuthors ? 'author' : undefined
  if (name === 'p') return classes.includes('mathjax') ? 'abstract' : undefined
  if (classes.includes('list-title')) return 'title'
  if (classes.includes('list-subjects')) return 'categories'
  return classes.includes('list-journal-ref') ? 'venue' : undefined
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** "Showing new listings for Friday, 20 November 2026", "Catchup results for … on Fri, 20 Nov 2026". */
function dateIn(text: string): string | undefined {
  const found = /[A-Z][a-z]{2,8}, (\d{1,2}) ([A-Z][a-z]{2,8}) (\d{4})$/.exec(text)
  const month = months.indexOf(found?.[2]?.slice(0, 3).toLowerCase() ?? '') + 1
  if (found === null || month === 0) return undefined
  return `${found[3]}-${String(month).padStart(2, '0')}-${found[1]?.padStart(2, '0')}`
}

const entryOf = (draft: Draft): ListingEntry => ({
  ...draft,
  categories: [...draft.categories.matchAll(/\(([a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?)\)/g)].map(
    match => match[1] ?? '',
  ),
})
