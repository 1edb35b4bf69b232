import type { Paper } from './paper.ts'

/** What a rejected piece means for whoever needs the corpus whole. */
export type RejectedKind =
  | 'damaged' // it cannot be read: perhaps a paper is lost
  | 'untitled' // a sound record without a title, which makes no paper
  | 'field' // a field that cannot be used; its paper is there
  | 'duplicate' // a second paper under an id that is taken

/** A piece of a file that gave no paper, or gave one without some field. */
export interface Rejected {
  readonly file: string
  /** 1 for the first line; 0 where the file as a whole is meant. */
  readonly line: number
  readonly kind: RejectedKind
  /** One line that completes "rejected: ...", with no control characters. */
  readonly reason: string
}

/** Why a piece is rejected; `damaged` unless it says another kind. */
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
  /** As people call it. */
  readonly name: string
  /**
   * @param fileName base name in lower case, without `.gz`
   * @param head up to the first 4096 bytes, decompressed, as text
   */
  accepts(fileName: string, head: string): boolean
  /** Never throws for what the bytes hold: whatever is not a sound paper is yielded as rejected. */
  read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece>
}

/** A short quotation of rejected text, for a reason. */
export function excerpt(text: string): string {
  const folded = [
    ...text
      .slice(0, 200)
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim(),
  ]
  return folded.length <= 60 ? `“${folded.join('')}”` : `“${folded.slice(0, 59).join('')}…”`
}

/** Merges rejected lines that follow each other and have the same reason into one report. */
export class RejectedRun {
  #run: ({ from: number; last: number } & Reason) | undefined

  /** Takes one rejected line; returns the report of the run that it ends, if it ends one. */
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
