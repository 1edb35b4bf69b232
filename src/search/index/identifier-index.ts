import { arxivIdOf, doiOf } from '../../corpus/identifiers.ts'
import type { Paper } from '../../corpus/paper.ts'
import { CooperativeYield } from './cooperative-yield.ts'
import { ShardedMap } from './sharded-map.ts'
import { titleKey } from './title-index.ts'

const papersPerSlice = 200

/** Anything in a text that may name a paper: an address, an arXiv id old or new, a DOI. */
const names =
  /https?:\/\/[^\s<>()[\]]+|(?:arxiv:\s*)?(?:\d{4}\.\d{4,5}|(?<![a-z-])[a-z-]{2,16}(?:\.[a-z]{2})?\/\d{7})(?:v\d{1,3})?|(?:doi:\s*)?10\.\d{4,9}\/[^\s<>]+/gi
const trailing = /[.,;:!?)\]}'"]+$/

const addressKey = (url: string): string =>
  url
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')

/** Papers by what names them: title, id, arXiv id, DOI, address. */
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
    const { id, arxiv, doi, url } = paper
    this.#byId.set(id, position)
    const keys = [id, arxiv, doi, url && addressKey(url)].flatMap(key => (key ? [key.toLowerCase()] : []))
    for (const key of keys) if (!this.#byName.has(key)) this.#byName.set(key, position)
    const title = titleKey(paper.title)
    if (title !== '' && !this.#byTitle.has(title)) this.#byTitle.set(title, position)
  }

  /** The position of the paper with just this id. */
  position(id: string): number | undefined {
    return this.#byId.get(id)
  }

  /** The papers that a text names, in its order, and the text without what names (or only seems to name) them. */
  named(text: string): { positions: number[]; rest: string } {
    const whole = this.#byName.get(text.trim().toLowerCase()) ?? this.#byTitle.get(titleKey(text))
    if (whole !== undefined) return { positions: [whole], rest: text }
    const positions = new Set<number>()
    const rest = text.replace(names, found => {
      const position = this.#position(found.replace(trailing, ''))
      if (position !== undefined) positions.add(position)
      return position !== undefined || /^https?:/i.test(found) ? ' ' : found
    })
    return { positions: [...positions], rest }
  }

  #position(name: string): number | undefined {
    // Publishers' addresses end in the DOI.
    const inside = /10\.\d{4,9}\/[^?#]+/.exec(name)?.[0]
    const keys = [arxivIdOf(name), doiOf(name), addressKey(name), name, inside]
    for (const key of keys) {
      const found = key === undefined ? undefined : this.#byName.get(key.toLowerCase())
      if (found !== undefined) return found
    }
    return undefined
  }
}
