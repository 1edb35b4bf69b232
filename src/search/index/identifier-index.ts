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

const namesOf = (paper: Paper): string[] => [...filedUnder(paper), paper.id.toLowerCase()]
const titleOf = ({ title }: Paper): string => titleKey(readable(title))

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

/** Papers by their names: title, id, arXiv id, DOI, address. */
export class IdentifierIndex {
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

  /** The position of the paper with exactly this id. */
  position(id: string): number | undefined {
    return this.#ids.get(id, this.#has.id(id))
  }

  /** The position of the paper that a reference (`paperRef`) stands for. */
  positionOfRef(ref: string): number | undefined {
    return this.#refs.get(ref, this.#has.ref(ref))
  }

  /**
   * The papers that a text names, in order, and the text without these names. Names of papers that are not in the
   * collection are removed too, since their words are not search terms.
   */
  named(text: string): { positions: number[]; rest: string } {
    const whole = this.#position(text.trim().toLowerCase()) ?? this.#titled(titleKey(readable(text)))
    if (whole !== undefined) return { positions: [whole], rest: text }
    const positions = new Set<number>()
    const rest = text.replace(names, found => {
      const name = withoutSpare(found)
      const position = this.#firstOf(namingKeys(name))
      if (position !== undefined) positions.add(position)
      return position !== undefined || namingKeys(name).length > 0 ? ' ' : found
    })
    return { positions: [...positions], rest }
  }

  #position(name: string): number | undefined {
    return this.#names.get(name, this.#has.name(name))
  }

  #titled(title: string): number | undefined {
    return title === '' ? undefined : this.#titles.get(title, this.#has.title(title))
  }

  #firstOf(names: readonly string[]): number | undefined {
    for (const name of names) {
      const found = this.#position(name)
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** Without surrounding punctuation, and without closing brackets that it did not open. */
function withoutSpare(name: string): string {
  let out = name.replace(trailing, '')
  while (out.endsWith(')') && out.split(')').length > out.split('(').length)
    out = out.slice(0, -1).replace(trailing, '')
  return out
}
