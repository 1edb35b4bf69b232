import { readFileSync } from 'node:fs'
import type { Format, Piece } from '../../src/corpus/format.ts'
import type { Paper } from '../../src/corpus/paper.ts'

const pageFile = new URL('../../corpus/hugging-face-papers.txt', import.meta.url)

/** The page that ships, as its lines. */
export const pageLines: readonly string[] = readFileSync(pageFile, 'utf8').trimEnd().split('\n')

export async function* chunksOf(bytes: Uint8Array | string, size = 65_536): AsyncIterable<Uint8Array> {
  const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size)
}

export interface Outcome {
  readonly papers: Paper[]
  /** As `line: reason`. */
  readonly rejected: string[]
}

export async function readWith(
  format: Format,
  chunks: AsyncIterable<Uint8Array> | Uint8Array | string,
): Promise<Outcome> {
  const bytes = typeof chunks === 'string' || chunks instanceof Uint8Array ? chunksOf(chunks) : chunks
  const pieces: Piece[] = []
  for await (const piece of format.read(bytes)) pieces.push(piece)
  return {
    papers: pieces.flatMap(piece => ('paper' in piece ? [piece.paper] : [])),
    rejected: pieces.flatMap(piece => ('reason' in piece ? [`${piece.line}: ${piece.reason}`] : [])),
  }
}
