import type { Paper } from './paper.ts'

/** How serious a rejection is for somebody who needs the complete file. */
export type RejectedKind =
  | 'damaged' // it cannot be read: perhaps a paper is lost
  | 'untitled' // a sound record without a title, which makes no paper
  | 'field' // a field that cannot be used; its paper is there
  | 'duplicate' // a second paper under an id that is taken

/** A part of a file that gave no paper, or gave one without some field. */
export interface Rejected {
  readonly file: string
  /** From 1; 0 for the file as a whole. */
  readonly line: number
  readonly kind: RejectedKind
  /** One line that completes "rejected: ...", without control characters. */
  readonly reason: string
}

/** The reason for a rejection; `damaged` unless another kind is given. */
export interface Reason {
  readonly kind?: RejectedKind | undefined
  readonly reason: string
}

/** What a reader yields: a paper and the line it begins on, or a line and why it gave none. */
export type Piece = { readonly line: number } & ({ readonly paper: Paper } | Reason)

/**
 * A file format that papers are read from. Readers stream: memory does not grow with what they reject.
 *
 * @example
 * for await (const piece of jsonl.read(chunks)) {
 *   if ('paper' in piece) papers.push(piece.paper)
 *   else console.warn(`line ${piece.line}: rejected: ${piece.reason}`)
 * }
 */
export interface Format {
  /** Its common name. */
  readonly name: string
  /**
   * @param fileName base name in lower case, without `.gz`
   * @param head up to the first 4096 bytes, decompressed, as text
   */
  accepts(fileName: string, head: string): boolean
  /** Never throws because of the content: whatever is not a valid paper is yielded as rejected. */
  read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece>
}

/** A short excerpt of rejected text, for a reason. */
export function excerpt(text: string): string {
  const folded = [
    ...text
      .slice(0, 200)
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim(),
  ]
  return folded.length <= 60 ? `“${folded.join('')}”` : `“${folded.slice(0, 59).join('')}…”`
}

/** Merges consecutive rejected lines with the same reason into one report. */
export class RejectedRun {
  #run: ({ from: number; last: number } & Reason) | undefined

  /** Adds a rejected line; returns the report of the run that it ends, if any. */
  add(line: number, reason: string, kind?: RejectedKind): Piece[] {
    if (this.#run !== undefined && this.#run.reason === reason && this.#run.last === line - 1) {
      this.#run.last = line
      return []
    }
    const ended = this.end()
    this.#run = { from: line, last: line, reason, kind }
    return ended
  }

  end(): Piece[] {
    const run = this.#run
    this.#run = undefined
    if (run === undefined) return []
    const through = run.last === run.from ? '' : ` (through line ${run.last})`
    return [{ line: run.from, reason: run.reason + through, kind: run.kind }]
  }
}
