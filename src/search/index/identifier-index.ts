import { arxivPattern } from '../../corpus/identifiers.ts'
import { filedUnder, namingKeys } from '../../corpus/identity.ts'
import type { Paper } from '../../corpus/paper.ts'
import { readable } from '../../corpus/readable.ts'
import { CooperativeYield } from './cooperative-yield.ts'
import { ShardedMap } from './sharded-map.ts'
import { titleKey } from './title-index.ts'

const papersPerSlice = 200

/** Anything in a text that may name a paper: an address, an arXiv id old or new, a DOI, PubMed's number. */
const names = new RegExp(
  String.raw`(?:https?:\/\/|www\.)[^\s<>"“”，。、；：）」』]+|(?<![\w.@-])(?:[a-z0-9-]{1,40}\.){1,4}(?:org|com|net|co|cc|press|gov|edu|io|cool)\/[^\s<>"“”，。、；：）」』]+|(?:doi:?\s*)?(?<![\w.])10\.\d{4,9}\/[^\s<>"“”，。、；：）」』]+|\d{4}\.[a-z0-9]{2,20}-[a-z0-9]{1,20}\.\d{1,4}|(?<![\w-])(?:[a-z]\d\d-\d{4}|pmid:?\s?\d{1,9}|(?:pmcid:?\s?)?pmc\d{4,9})(?![\w-])|(?:arxiv:\s*)?${arxivPattern}`,
  'gi',
)
const trailing = /[.,;:!?\]}'"“”]+$/

/** Papers by their names: title, id, arXiv id, DOI, address. */
export class IdentifierIndex {
  readonly #byId = new ShardedMap()
  readonly #byName = new ShardedMap()
  readonly #byTitle = new ShardedMap()

  static async over(papers: readonly Paper[]): Promise<IdentifierIndex> {
    const lookup = new IdentifierIndex()
    const slices = new CooperativeYield(papersPerSlice)
    for (const [i, paper] of papers.entries()) {
      lookup.#add(paper, i)
      if (slices.spent(1)) await slices.pause()
    }
    return lookup
  }

  #add(paper: Paper, position: number): void {
    this.#byId.set(paper.id, position)
    const keys = [...filedUnder(paper), paper.id.toLowerCase()]
    for (const key of keys) if (!this.#byName.has(key)) this.#byName.set(key, position)
    const title = titleKey(paper.title)
    if (title !== '' && !this.#byTitle.has(title)) this.#byTitle.set(title, position)
  }

  /** The position of the paper with exactly this id. */
  position(id: string): number | undefined {
    return this.#byId.get(id)
  }

  /**
   * The papers that a text names, in order, and the text without these names. Names of papers that are not in the
   * collection are removed too, since their words are not search terms.
   */
  named(text: string): { positions: number[]; rest: string } {
    const whole = this.#byName.get(text.trim().toLowerCase()) ?? this.#byTitle.get(titleKey(readable(text)))
    if (whole !== undefined) return { positions: [whole], rest: text }
    const positions = new Set<number>()
    const rest = text.replace(names, found => {
      const name = withoutSpare(found)
      const position = this.#position(name)
      if (position !== undefined) positions.add(position)
      return position !== undefined || namingKeys(name).length > 0 ? ' ' : found
    })
    return { positions: [...positions], rest }
  }

  #position(name: string): number | undefined {
    for (const key of namingKeys(name)) {
      const found = this.#byName.get(key)
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
