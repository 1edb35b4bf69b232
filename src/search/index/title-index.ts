import type { Paper } from '../../corpus/paper.ts'
import { readable } from '../../corpus/readable.ts'
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

/** The beginning of a paper's title as a key. */
const keyOf = ({ title }: Paper): string =>
  titleKey(readable(title).slice(0, 2 * longestKey)).slice(0, longestKey)

/** Positions of papers by their titles' keys; of equal ones in the collection's order. */
export async function titleOrder(papers: readonly Paper[]): Promise<Uint32Array> {
  const slices = new CooperativeYield(papersPerSlice)
  const keys: string[] = []
  for (const paper of papers) {
    keys.push(keyOf(paper))
    if (slices.spent(1)) await slices.pause()
  }
  const by = (key: number): string => keys[key] as string
  return Uint32Array.from(keys.keys()).sort((x, y) => (by(x) < by(y) ? -1 : by(x) > by(y) ? 1 : x - y))
}

/** Papers by title prefix. */
export class Titles {
  readonly #papers: readonly Paper[]
  readonly #order: Uint32Array

  /** @param order as `titleOrder` gives it */
  constructor(papers: readonly Paper[], order: Uint32Array) {
    this.#papers = papers
    this.#order = order
  }

  /** Positions of papers whose titles have this prefix, by title; a space at its end completes the word. */
  beginning(typed: string, limit: number): number[] {
    const key = (titleKey(typed) + (/\s$/.test(typed) ? ' ' : '')).slice(0, longestKey)
    const found: number[] = []
    if (key.trim() === '') return found
    for (let at = this.#firstFrom(key); found.length < limit && this.#keyAt(at)?.startsWith(key); at++)
      found.push(this.#order[at] as number)
    return found
  }

  /** Where titles begin that do not come before the key. */
  #firstFrom(key: string): number {
    let [low, high] = [0, this.#order.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#keyAt(middle) ?? '') < key) low = middle + 1
      else high = middle
    }
    return low
  }

  #keyAt(at: number): string | undefined {
    const paper = this.#papers[this.#order[at] ?? -1]
    return paper === undefined ? undefined : keyOf(paper)
  }
}
