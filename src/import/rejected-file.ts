import { type FileHandle, open } from 'node:fs/promises'
import type { Rejected } from '../corpus/format.ts'
import { Failure } from '../errors.ts'

/** Lines of one file: what is rejected more often is one fault, over and over. */
const mostLines = 1_000_000
/** Characters that are kept back until they are worth a write. */
const bufferSize = 65_536

/** A file with one JSON object a line for every rejected record: `{ file, line, kind, reason }`. Made with the first. */
export class RejectedFile {
  readonly path: string
  #file: FileHandle | undefined
  #lines = 0
  #buffer = ''

  constructor(path: string) {
    this.path = path
  }

  get lines(): number {
    return this.#lines
  }

  /** @throws Failure `input` when the file cannot be written */
  async add(rejected: Rejected): Promise<void> {
    if (this.#lines === mostLines) return
    this.#lines++
    this.#buffer += `${JSON.stringify(rejected)}\n`
    // The first at once: a path that cannot be written is known before an hour's import.
    if (this.#file === undefined || this.#buffer.length > bufferSize) await this.#flush()
  }

  /** @throws Failure `input` when the rest cannot be written */
  async close(): Promise<void> {
    try {
      await this.#flush()
    } finally {
      await this.#file?.close()
    }
  }

  async #flush(): Promise<void> {
    const text = this.#buffer
    this.#buffer = ''
    if (text === '') return
    try {
      this.#file ??= await open(this.path, 'w')
      await this.#file.appendFile(text)
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      const what = `Rejected records cannot be written to ${this.path} (${code}).`
      throw new Failure('input', `${what} Name another file with --rejected.`, { cause })
    }
  }
}
