import SearchableMap from 'minisearch/SearchableMap'
import type { Paper } from '../../corpus/paper.ts'
import { normal } from '../analysis/normalize.ts'
import { scan } from '../analysis/tokenizer.ts'
import { CooperativeYield } from './cooperative-yield.ts'

const papersPerSlice = 200
const longestKey = 60

/** The words of a title as one key: case, punctuation and spacing do not matter. */
export const titleKey = (title: string): string =>
  scan(title)
    .map(({ text }) => normal(text))
    .join(' ')

/** Papers by title prefix, in MiniSearch's radix tree. */
export class Titles {
  readonly #tree = new SearchableMap<number>()

  static async over(papers: readonly Paper[]): Promise<Titles> {
    const titles = new Titles()
    const slices = new CooperativeYield(papersPerSlice)
    for (const [i, { title }] of papers.entries()) {
      // The position keeps papers with equal titles apart.
      titles.#tree.set(`${titleKey(title.slice(0, 2 * longestKey)).slice(0, longestKey)}\u0000${i}`, i)
      if (slices.spent(1)) await slices.pause()
    }
    return titles
  }

  /** Positions of papers whose titles have this prefix; a space at its end completes the word. */
  beginning(typed: string, limit: number): number[] {
    const key = (titleKey(typed) + (/\s$/.test(typed) ? ' ' : '')).slice(0, longestKey)
    const found: number[] = []
    if (key.trim() === '') return found
    for (const position of this.#tree.atPrefix(key).values()) {
      if (found.length === limit) break
      found.push(position)
    }
    return found
  }
}
