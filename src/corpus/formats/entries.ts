import { asUtf8, type Line, linesOf } from '../lines.ts'
import { legible } from './legible.ts'

/** The lines of one record. */
export interface Entry {
  /** Line where it begins, from 1. */
  readonly line: number
  readonly text: string
  /** Why it cannot be read; then `text` is empty. */
  readonly fault?: string
}

/** Most characters of one entry: an abstract and thousands of authors. */
const longestEntry = 1024 * 1024

/**
 * Splits a text into entries, so that a damaged one affects no other.
 * @param begins whether a line begins an entry
 */
export async function* entriesOf(
  chunks: AsyncIterable<Uint8Array>,
  begins: (line: string) => boolean,
): AsyncIterable<Entry> {
  let current: Collected | undefined
  for await (const lines of linesOf(legible(asUtf8(chunks)), longestEntry)) {
    for (const line of lines) {
      if (goesOn(line, current, begins)) current?.add(line)
      else {
        if (current !== undefined) yield current.entry()
        current = new Collected(line)
      }
    }
  }
  if (current !== undefined) yield current.entry()
}

/** Whether a line belongs to what is above it. Before the first entry a damaged line may be one that cannot be told. */
function goesOn(line: Line, current: Collected | undefined, begins: (line: string) => boolean): boolean {
  if (begins(line.begins ?? line.text)) return false
  return current !== undefined || line.fault === undefined
}

class Collected {
  readonly #line: number
  readonly #parts: string[] = []
  #size = 0
  #fault: string | undefined

  constructor(first: Line) {
    this.#line = first.number
    this.add(first)
  }

  add({ text, fault }: Line): void {
    this.#size += text.length + 1
    if (fault !== undefined) this.#fault ??= `a line of the entry ${fault}`
    else if (this.#size > longestEntry) this.#fault ??= 'the entry is too long'
    else this.#parts.push(text)
  }

  entry(): Entry {
    return this.#fault === undefined
      ? { line: this.#line, text: this.#parts.join('\n') }
      : { line: this.#line, text: '', fault: this.#fault }
  }
}
