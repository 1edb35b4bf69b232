import { hash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { Paper } from '../corpus/paper.ts'

const papersPerSlice = 500

/** 64 bits of a hash of each paper, as two numbers: whether it is still the one that was indexed. */
export async function paperHashes(papers: readonly Paper[]): Promise<Uint32Array> {
  const hashes = new Uint32Array(2 * papers.length)
  for (const [i, paper] of papers.entries()) {
    const digest = hash('sha256', JSON.stringify(paper), 'buffer')
    hashes[2 * i] = digest.readUInt32LE(0)
    hashes[2 * i + 1] = digest.readUInt32LE(4)
    if (i % papersPerSlice === papersPerSlice - 1) await turn()
  }
  return hashes
}

/** Papers that were indexed, by position, and those that were not. */
export interface Aligned {
  /** Undefined where the paper has changed or gone. */
  readonly indexed: readonly (Paper | undefined)[]
  readonly missing: readonly Paper[]
}

/** @param then the hashes of the papers that were indexed, in their order */
export function align(papers: readonly Paper[], now: Uint32Array, then: Uint32Array): Aligned {
  const positions = new Map<bigint, number>()
  const [mine, theirs] = [wide(now), wide(then)]
  for (const [position, one] of theirs.entries()) positions.set(one, position)
  const indexed: (Paper | undefined)[] = Array.from({ length: theirs.length }, () => undefined)
  const missing: Paper[] = []
  for (const [i, paper] of papers.entries()) {
    const position = theirs[i] === mine[i] ? i : positions.get(mine[i] as bigint)
    if (position === undefined) missing.push(paper)
    else indexed[position] = paper
  }
  return { indexed, missing }
}

const wide = (hashes: Uint32Array): BigUint64Array => new BigUint64Array(hashes.slice().buffer)
