import { setImmediate as turn } from 'node:timers/promises'
import type { Paper } from './paper.ts'
import { authorKey, isAuthor } from './same-author.ts'
import { asciiOf } from './text.ts'
import { isInVenue, venueKeys } from './venues.ts'

/** Papers that are looked at between two turns of the event loop. */
const slice = 200
/** Names that a search among them looks at between two turns. */
const namesPerTurn = 10_000

/** Somebody, or some venue, of the papers, however they are written. */
interface Named {
  /** As it was written first. */
  readonly name: string
  /** Every way it is written: its words in lower case without accents, each after a space. */
  readonly texts: string[]
  /** Positions of papers, ascending. */
  readonly papers: number[]
}

const foldedWords = (text: string): string[] =>
  asciiOf(text)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')

/** The names of one kind, those with the most papers first. */
class Names {
  readonly #named: readonly Named[]

  constructor(named: Iterable<Named>) {
    this.#named = [...named].sort((a, b) => b.papers.length - a.papers.length || (a.name < b.name ? -1 : 1))
  }

  /** Names with a word that begins with each typed word, those with the most papers first. */
  async beginning(typed: string, most: number): Promise<{ name: string; papers: number }[]> {
    const words = foldedWords(typed).map(word => ` ${word}`)
    const found: { name: string; papers: number }[] = []
    for (const [at, { name, texts, papers }] of this.#named.entries()) {
      if (at % namesPerTurn === namesPerTurn - 1) await turn()
      if (!texts.some(text => words.every(word => text.includes(word)))) continue
      if (found.push({ name, papers: papers.length }) === most) break
    }
    return found
  }

  /** Positions of the papers that have a name of which this is true. */
  positions(isWanted: (name: string) => boolean): number[] {
    const found = this.#named.filter(({ name }) => isWanted(name)).flatMap(({ papers }) => papers)
    return [...new Set(found)].sort((a, b) => a - b)
  }
}

/**
 * Authors and venues of papers, each once: what a pass over all papers finds in a tenth of a second is found at once.
 *
 * @example
 * const names = await nameIndex(papers)
 * await names.authors.beginning('lov', 25) // [{ name: 'Lovelace, Ada', papers: 2 }]
 */
export class NameIndex {
  readonly #papers: readonly Paper[]
  readonly authors: Names
  /** Venues and categories. */
  readonly venues: Names

  private constructor(papers: readonly Paper[], authors: Iterable<Named>, venues: Iterable<Named>) {
    this.#papers = papers
    this.authors = new Names(authors)
    this.venues = new Names(venues)
  }

  /** Gives other work its turn. */
  static async over(papers: readonly Paper[]): Promise<NameIndex> {
    const authors = new Collected(authorKey)
    const venues = new Collected(name => venueKeys(name).at(-1) ?? name)
    for (const [at, paper] of papers.entries()) {
      if (at % slice === slice - 1) await turn()
      for (const name of paper.authors) authors.add(name, at)
      for (const name of venuesOf(paper)) venues.add(name, at)
    }
    return new NameIndex(papers, authors.all(), venues.all())
  }

  by(author: string): Paper[] {
    return this.#at(this.authors.positions(isAuthor(author)))
  }

  from(venue: string): Paper[] {
    const isThere = isInVenue(venue)
    return this.#at(this.venues.positions(name => isThere({ venue: name, categories: [name] }))).filter(
      isThere,
    )
  }

  #at(positions: readonly number[]): Paper[] {
    return positions.flatMap(at => this.#papers[at] ?? [])
  }
}

const venuesOf = ({ venue, categories }: Paper): readonly string[] =>
  venue === undefined ? categories : [venue, ...categories]

/** Names while papers are gone through. */
class Collected {
  readonly #keyOf: (name: string) => string
  readonly #byKey = new Map<string, Named>()
  readonly #written = new Map<string, Named>()

  constructor(keyOf: (name: string) => string) {
    this.#keyOf = keyOf
  }

  add(name: string, position: number): void {
    const named = this.#written.get(name) ?? this.#new(name)
    if (named.papers.at(-1) !== position) named.papers.push(position)
  }

  #new(name: string): Named {
    const key = this.#keyOf(name)
    const named = this.#byKey.get(key) ?? { name, texts: [], papers: [] }
    this.#byKey.set(key, named)
    this.#written.set(name, named)
    const text = ` ${foldedWords(name).join(' ')}`
    if (!named.texts.includes(text)) named.texts.push(text)
    return named
  }

  all(): Iterable<Named> {
    return this.#byKey.values()
  }
}

const made = new WeakMap<readonly Paper[], Promise<NameIndex>>()
const ready = new WeakMap<readonly Paper[], NameIndex>()

/** The names of these papers, made when they are first asked for, and kept as long as the papers are. */
export function nameIndex(papers: readonly Paper[]): Promise<NameIndex> {
  const known = made.get(papers)
  if (known !== undefined) return known
  const making = NameIndex.over(papers).then(index => {
    ready.set(papers, index)
    return index
  })
  made.set(papers, making)
  return making
}

/** As `nameIndex`, where it has been made. */
export const knownNames = (papers: readonly Paper[]): NameIndex | undefined => ready.get(papers)
