import { isUtf8 } from 'node:buffer'
import { setImmediate } from 'node:timers/promises'

export interface Line {
  /** From 1. */
  readonly number: number
  readonly text: string
  /** Why the line's bytes could not be decoded (then `text` is empty). */
  readonly fault?: 'is too long' | 'is not valid UTF-8'
  /** How such a line begins, as far as it is ASCII. */
  readonly begins?: string
}

const shownOfFault = 300

const sliceSize = 65_536

/**
 * Splits bytes into lines at LF, CR or CRLF, in batches of at most 64 KiB, between which the event loop runs. A byte
 * order mark is removed. UTF-16 is recognised by its mark or by its pattern of zero bytes.
 * @param longest maximum bytes of UTF-8 per line; a longer line is not kept
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncIterable<readonly Line[]> {
  const splitter = new Splitter(longest)
  for await (const chunk of asUtf8(chunks)) {
    for (let at = 0; at < chunk.length; at += sliceSize) {
      yield splitter.push(chunk.subarray(at, at + sliceSize))
      await setImmediate()
    }
  }
  yield splitter.end()
}

/** Cuts whole blocks of lines: one by one, a hundred megabytes of short lines would take seconds. */
class Splitter {
  readonly #longest: number
  /** The beginning of the line that the next bytes continue. */
  #rest: Uint8Array = new Uint8Array()
  #tooLong = false
  #begins = ''
  #number = 1
  #afterReturn = false

  constructor(longest: number) {
    this.#longest = longest
  }

  push(chunk: Uint8Array): Line[] {
    // The CR of this CRLF has already ended the line.
    const bytes = this.#afterReturn && chunk[0] === 10 ? chunk.subarray(1) : chunk
    if (bytes.length > 0) this.#afterReturn = bytes.at(-1) === 13
    const end = Math.max(bytes.lastIndexOf(10), bytes.lastIndexOf(13))
    if (end < 0) {
      this.#keep(bytes)
      return []
    }
    // The last break may be a CRLF, whose LF is still to come.
    const last = bytes[end] === 10 && bytes[end - 1] === 13 ? end - 1 : end
    const lines = this.#cut(Buffer.concat([this.#rest, bytes.subarray(0, last)]))
    this.#rest = new Uint8Array()
    this.#keep(bytes.subarray(end + 1))
    return lines
  }

  end(): Line[] {
    return this.#rest.length > 0 || this.#tooLong ? this.#cut(this.#rest) : []
  }

  #keep(bytes: Uint8Array): void {
    if (this.#rest.length + bytes.length > this.#longest) {
      if (!this.#tooLong)
        this.#begins = beginningOf(Buffer.concat([this.#rest, bytes.subarray(0, shownOfFault)]))
      this.#tooLong = true
      this.#rest = new Uint8Array()
    } else if (!this.#tooLong) this.#rest = Buffer.concat([this.#rest, bytes])
  }

  /** @param block lines without the final line break */
  #cut(block: Uint8Array): Line[] {
    const sound = isUtf8(block)
    const buffer = Buffer.from(block.buffer, block.byteOffset, block.length)
    const texts = buffer.toString(sound ? 'utf8' : 'latin1').split(/\r\n|\n|\r/)
    const lines = texts.map(text => this.#line(text, sound))
    // The first line is the rest of an overlong one.
    if (this.#tooLong && lines[0] !== undefined)
      lines[0] = fault(lines[0].number, 'is too long', this.#begins)
    this.#tooLong = false
    return lines
  }

  #line(text: string, sound: boolean): Line {
    const number = this.#number++
    if (text.length > this.#longest) return fault(number, 'is too long', text.slice(0, shownOfFault))
    if (sound) return { number, text }
    const bytes = Buffer.from(text, 'latin1')
    return isUtf8(bytes)
      ? { number, text: bytes.toString('utf8') }
      : fault(number, 'is not valid UTF-8', text.slice(0, shownOfFault))
  }
}

const beginningOf = (bytes: Buffer): string => bytes.toString('latin1', 0, shownOfFault)

const fault = (number: number, reason: NonNullable<Line['fault']>, begins: string): Line => ({
  number,
  text: '',
  fault: reason,
  begins,
})

/** How many bytes are used to detect the encoding. */
const headSize = 64

/** The text in UTF-8, without a byte order mark; UTF-16 is recognised by its mark or by its pattern of zero bytes. */
export async function* asUtf8(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let decoder: TextDecoder | undefined
  let first = true
  for await (const bytes of withHead(chunks)) {
    if (first) decoder = utf16Decoder(bytes)
    if (decoder !== undefined) yield Buffer.from(decoder.decode(bytes, { stream: true }))
    else yield first ? withoutMark(bytes) : bytes
    first = false
  }
}

/** The first bytes of a file as text, UTF-16 as well. */
export const textOf = (head: Uint8Array): string => (utf16Decoder(head) ?? utf8).decode(head)

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** The same bytes, with the first chunk at least as long as the head if there are enough. */
async function* withHead(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let head = new Uint8Array()
  let whole = false
  for await (const chunk of chunks) {
    if (whole) yield chunk
    else {
      head = Buffer.concat([head, chunk])
      whole = head.length >= headSize
      if (whole) yield head
    }
  }
  if (!whole) yield head
}

const withoutMark = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes

function utf16Decoder(head: Uint8Array): TextDecoder | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le')
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be')
  const zeros = [0, 0]
  const sample = head.subarray(0, 512)
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  if (sample.length >= 8 && odd > sample.length * 0.4 && even === 0) return new TextDecoder('utf-16le')
  if (sample.length >= 8 && even > sample.length * 0.4 && odd === 0) return new TextDecoder('utf-16be')
  return undefined
}
