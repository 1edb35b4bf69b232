import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { Rejected } from '../corpus/format.ts'

/** Lines of one file: what is rejected more often is one fault, over and over. */
const mostLines = 1_000_000

/** A file with one JSON object a line for every rejected record: `{ file, line, kind, reason }`. Made with the first. */
export class RejectedFile {
  readonly path: string
  #stream: WriteStream | undefined
  #lines = 0

  constructor(path: string) {
    this.path = path
  }

  get lines(): number {
    return this.#lines
  }

  async add(rejected: Rejected): Promise<void> {
    if (this.#lines === mostLines) return
    this.#lines++
    this.#stream ??= createWriteStream(this.path)
    if (!this.#stream.write(`${JSON.stringify(rejected)}\n`)) await once(this.#stream, 'drain')
  }

  async close(): Promise<void> {
    if (this.#stream === undefined) return
    this.#stream.end()
    await finished(this.#stream)
  }
}
