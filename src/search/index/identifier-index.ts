import { arxivPattern } from '../../corpus/identifiers.ts'
import { filedUnder, namingKeys } from '../../corpus/identity.ts'
import { paperRef } from '../../corpus/ids.ts'
import type { Paper } from '../../corpus/paper.ts'
import { readable } from '../../corpus/readable.ts'
import { CooperativeYield } from './cooperative-yield.ts'
import { KeyTable } from './key-table.ts'
import { titleKey } from './title-index.ts'

const papersPerSlice = 200

/** Anything in a text that may name a paper: an address, an arXiv id old or new, a DOI, PubMed's number. */
const names = new RegExp(
  String.raw`(?:https?:\/\/|www\.)[^\s<>"“”，。、；：）」』]+|(?<![\w.@-])(?:[a-z0-9-]{1,40}\.){1,4}(?:org|com|net|co|cc|press|gov|edu|io|cool)\/[^\s<>"“”，。、；：）」』]+|(?:doi:?\s*)?(?<![\w.])10\.\d{4,9}\/[^\s<>"“”，。、；：）」』]+|\d{4}\.[a-z0-9]{2,20}-[a-z0-9]{1,20}\.\d{1,4}|(?<![\w-])(?:[a-z]\d\d-\d{4}|pmid:?\s?\d{1,9}|(?:pmcid:?\s?)?pmc\d{4,9})(?![\w-])|(?:arxiv:\s*)?${arxivPattern}`,
  'gi',
)
const trailing = /[.,;:!?\]}'"“”]+$/

/** Hash tables of the papers' ids, references, further names and titles. */
export interface IdentifierArrays {
  readonly ids: Uint32Array
  readonly refs: Uint32Array
  readonly names: Uint32Array
  readonly titles: Uint32Array
}

/** All under which a paper is found by name, but for its title. */
export const namesOf = (paper: Paper): string[] => [...filedUnder(paper), paper.id.toLowerCase()]
/** The title's key, under which it is found by the whole of it; empty for one without words. */
export const titleOf = ({ title }: Paper): string => titleKey(readable(title))

export async function identifierArraysOf(papers: readonly Paper[]): Promise<IdentifierArrays> {
  const slices = new CooperativeYield(papersPerSlice)
  const names: string[][] = []
  for (const paper of papers) {
    names.push(namesOf(paper))
    if (slices.spent(1)) await slices.pause()
  }
  const count = names.reduce((sum, { length }) => sum + length, 0)
  const tables = { ids: KeyTable.for(papers.length), refs: KeyTable.for(papers.length) }
  const more = { names: KeyTable.for(count), titles: KeyTable.for(papers.length) }
  const has = holders(papers)
  for (const [i, paper] of papers.entries()) {
    tables.ids.set(paper.id, i, has.id(paper.id))
    const ref = paperRef(paper.id)
    tables.refs.set(ref, i, has.ref(ref))
    for (const name of names[i] ?? []) more.names.set(name, i, has.name(name))
    const title = titleOf(paper)
    if (title !== '') more.titles.set(title, i, has.title(title))
    if (slices.spent(1)) await slices.pause()
  }
  return {
    ids: tables.ids.array,
    refs: tables.refs.array,
    names: more.names.array,
    titles: more.titles.array,
  }
}

/** Tell by the papers themselves whether a position has a key. */
const holders = (papers: readonly Paper[]) => {
  const at = (is: (paper: Paper) => boolean) => (position: number) => {
    const paper = papers[position]
    return paper !== undefined && is(paper)
  }
  return {
    id: (id: string) => at(paper => paper.id === id),
    ref: (ref: string) => at(({ id }) => paperRef(id) === ref),
    name: (name: string) => at(paper => namesOf(paper).includes(name)),
    title: (title: string) => at(paper => titleOf(paper) === title),
  }
}

/** Finds papers by what names them. Positions are of the collection's papers. */
export interface Identifiers {
  /** The position of the paper with exactly this id. */
  position(id: string): number | undefined
  /** The position of the paper that a reference (`paperRef`) stands for. */
  positionOfRef(ref: string): number | undefined
  /**
   * The papers that a text names, in order, and the text without these names. Names of papers that are not in the
   * collection are removed too, since their words are not search terms.
   */
  named(text: string): NamedPapers
}

export interface NamedPapers {
  readonly positions: number[]
  readonly rest: string
}

interface NameLookup {
  /** @param name as in `namesOf` */
  position(name: string): number | undefined
  /** @param title as `titleOf` gives it */
  titled(title: string): number | undefined
}

/** See `Identifiers.named`. */
export function namedIn(text: string, lookup: NameLookup): NamedPapers {
  const { whole: name, title } = wholeNames(text)
  const whole = lookup.position(name) ?? (title === '' ? undefined : lookup.titled(title))
  if (whole !== undefined) return { positions: [whole], rest: text }
  const positions = new Set<number>()
  const rest = text.replace(names, found => {
    const keys = namingKeys(withoutSpare(found))
    const key = keys.find(one => lookup.position(one) !== undefined)
    const position = key === undefined ? undefined : lookup.position(key)
    if (position !== undefined) positions.add(position)
    return position !== undefined || keys.length > 0 ? ' ' : found
  })
  return { positions: [...positions], rest }
}

const wholeNames = (text: string) => ({
  whole: text.trim().toLowerCase(),
  title: titleKey(readable(text)),
})

/** Under what the papers that a text may name would be found: names as in `namesOf`, and a title as `titleOf` gives it. */
export function namesIn(text: string): { readonly names: string[]; readonly title: string } {
  const { whole, title } = wholeNames(text)
  const keys = [...text.matchAll(names)].flatMap(([found]) => namingKeys(withoutSpare(found)))
  return { names: [...new Set([whole, ...keys])].filter(name => name !== ''), title }
}

/** Papers by their names: title, id, arXiv id, DOI, address. */
export class IdentifierIndex implements Identifiers {
  readonly #ids: KeyTable
  readonly #refs: KeyTable
  readonly #names: KeyTable
  readonly #titles: KeyTable
  readonly #has: ReturnType<typeof holders>

  constructor(papers: readonly Paper[], { ids, refs, names, titles }: IdentifierArrays) {
    this.#ids = new KeyTable(ids)
    this.#refs = new KeyTable(refs)
    this.#names = new KeyTable(names)
    this.#titles = new KeyTable(titles)
    this.#has = holders(papers)
  }

  static async over(papers: readonly Paper[]): Promise<IdentifierIndex> {
    return new IdentifierIndex(papers, await identifierArraysOf(papers))
  }

  position(id: string): number | undefined {
    return this.#ids.get(id, this.#has.id(id))
  }

  positionOfRef(ref: string): number | undefined {
    return this.#refs.get(ref, this.#has.ref(ref))
  }

  named(text: string): NamedPapers {
    return namedIn(text, {
      position: name => this.#names.get(name, this.#has.name(name)),
      titled: title => this.#titles.get(title, this.#has.title(title)),
    })
  }
}

/** Without surrounding punctuation, and without closing brackets that it did not open. */
function withoutSpare(name: string): string {
  let out = name.replace(trailing, '')
  while (out.endsWith(')') && out.split(')').length > out.split('(').length)
    out = out.slice(0, -1).replace(trailing, '')
  return out
}
