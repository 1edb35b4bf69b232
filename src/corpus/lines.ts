import { isUtf8 } from 'node:buffer'
import { setImmediate } from 'node:timers/promises'

export interface Line {
  /** 1 for the first. */
  readonly number: number
  readonly text: string
  /** Why the line's bytes could not be made text (then `text` is empty). */
  readonly fault?: 'is too long' | 'is not valid UTF-8'
}

const sliceSize = 65_536

/**
 * Splits bytes into lines at LF, CR or CRLF, a batch for every 64 KiB at most; between batches the event loop
 * runs. A byte order mark goes. UTF-16 is known by its mark or, without one, by its pattern of zero bytes.
 * @param longest bytes of UTF-8 that one line may have; of a longer line nothing is kept
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

class Splitter {
  readonly #longest: number
  #parts: Uint8Array[] = []
  #size = 0
  #number = 1
  #afterReturn = false

  constructor(longest: number) {
    this.#longest = longest
  }

  push(bytes: Uint8Array): Line[] {
    const lines: Line[] = []
    let from = 0
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte !== 10 && byte !== 13) {
        this.#afterReturn = false
        continue
      }
      // The LF of a CRLF ends nothing: the CR has.
      if (byte === 13 || !this.#afterReturn) {
        this.#keep(bytes.subarray(from, at))
        lines.push(this.#take())
      }
      this.#afterReturn = byte === 13
      from = at + 1
    }
    this.#keep(bytes.subarray(from))
    return lines
  }

  end(): Line[] {
    return this.#size === 0 ? [] : [this.#take()]
  }

  #keep(part: Uint8Array): void {
    this.#size += part.length
    if (this.#size > this.#longest) this.#parts = []
    // Copied: the stream may use its buffer again.
    else if (part.length > 0) this.#parts.push(part.slice())
  }

  #take(): Line {
    const number = this.#number++
    const bytes = this.#parts.length === 1 ? (this.#parts[0] as Uint8Array) : Buffer.concat(this.#parts)
    const tooLong = this.#size > this.#longest
    this.#parts = []
    this.#size = 0
    if (tooLong) return { number, text: '', fault: 'is too long' }
    if (!isUtf8(bytes)) return { number, text: '', fault: 'is not valid UTF-8' }
    return { number, text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8') }
  }
}

/** Bytes that tell the encoding. */
const headSize = 64

async function* asUtf8(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let decoder: TextDecoder | undefined
  let first = true
  for await (const bytes of withHead(chunks)) {
    if (first) decoder = utf16Decoder(bytes)
    if (decoder !== undefined) yield Buffer.from(decoder.decode(bytes, { stream: true }))
    else yield first ? withoutMark(bytes) : bytes
    first = false
  }
}

/** The same bytes, the first chunk at least as long as the head where there are so many. */
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
