import type { Token } from '../../search/analysis/analyze.ts'

/** Tokens that are compared: more than any sentence has. */
const most = 400

/** How a sentence's words lie in a passage. */
export interface Alignment {
  /** Words that count of the sentence that the passage holds in the sentence's order. */
  readonly inOrder: number
  /** Positions among the passage's tokens, ascending. */
  readonly positions: readonly number[]
}

/**
 * The longest common subsequence of the words that count (as ROUGE-L takes it: Lin 2004). A subject of one clause with
 * the verb of another, or two names changed about, are in order for a part only.
 */
export function align(sentence: readonly Token[], passage: readonly Token[]): Alignment {
  const own = sentence.filter(({ stop }) => !stop).slice(0, most)
  const theirs = passage
    .map(({ term, stop }, position) => ({ term, stop, position }))
    .filter(({ stop }) => !stop)
    .slice(0, most)
  const width = theirs.length + 1
  const lengths = new Uint16Array((own.length + 1) * width)
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0
  for (let i = own.length - 1; i >= 0; i--) {
    for (let j = theirs.length - 1; j >= 0; j--) {
      const same = own[i]?.term === theirs[j]?.term
      lengths[i * width + j] = same ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const positions: number[] = []
  for (let i = 0, j = 0; i < own.length && j < theirs.length; ) {
    if (own[i]?.term === theirs[j]?.term && at(i, j) === at(i + 1, j + 1) + 1) {
      positions.push(theirs[j]?.position ?? 0)
      i++
      j++
    } else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return { inOrder: at(0, 0), positions }
}
