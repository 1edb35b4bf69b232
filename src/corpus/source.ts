import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Failure, messageOf } from '../errors.ts'
import { foreignKind } from './formats/foreign.ts'
import { textOf } from './lines.ts'

const headSize = 4096
const chunkSize = 65_536
/**
 * Limits of decompression. Papers as text compress to a third or a quarter; a file that expands to a hundred times
 * its size is a decompression bomb. Small files are exempt, since the ratio says little about them.
 */
export const longestUnfolded = { ratio: 100, always: 16 * 1024 ** 2, never: 64 * 1024 ** 3 }

/** A file opened for reading: its bytes, decompressed, and what is known before reading. */
export interface Source {
  /** Base name in lower case, without `.gz`. */
  readonly name: string
  readonly head: string
  /** Ends early instead of throwing when the bytes cannot be read; `broken` then says where and why. */
  readonly chunks: AsyncIterable<Uint8Array>
  readonly broken: { readonly line: number; readonly reason: string } | undefined
  /** Why the file cannot be read at all. */
  readonly fault: string | undefined
  /** Bytes of the file, as it is stored, that were read so far. */
  readonly bytesRead: number
  /** Lets go of the file, read or not. */
  close(): void
}

interface Counted {
  readonly bytesRead: number
}

/** @throws Failure when the file cannot be opened */
export async function openSource(file: string): Promise<Source> {
  const name = basename(file).toLowerCase()
  const zipped = startsWith(await firstBytes(file), [0x1f, 0x8b])
  const plain = createReadStream(file, { highWaterMark: chunkSize })
  // The callback is required, but errors also reach whoever iterates.
  const stream = zipped ? pipeline(plain, createGunzip({ chunkSize }), () => {}) : plain
  const fault = name.endsWith('.gz') && !zipped ? 'is named .gz but holds no gzip data' : undefined
  return sourceOf(name.replace(/\.gz$/, ''), stream, {
    fault,
    packed: zipped ? plain : undefined,
    stored: plain,
  })
}

/**
 * @param name base name in lower case
 * @param packed how many compressed bytes have been read so far
 * @param stored how many bytes of the file have been read so far
 */
export async function sourceOf(
  name: string,
  stream: Readable,
  {
    fault,
    packed,
    stored,
  }: { fault?: string | undefined; packed?: Counted | undefined; stored?: Counted | undefined } = {},
): Promise<Source> {
  const bytes = new Bytes(stream, packed)
  const first = await bytes.head()
  const head = textOf(first)
  return {
    name,
    head,
    chunks: bytes.all(),
    fault: fault ?? foreignKind(first, head),
    get broken() {
      return bytes.broken
    },
    get bytesRead() {
      return stored?.bytesRead ?? 0
    },
    close: () => void stream.destroy(),
  }
}

/** Whether the first bytes are those of a zip archive. */
export async function isZip(file: string): Promise<boolean> {
  return startsWith(await firstBytes(file), [0x50, 0x4b, 3, 4])
}

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte)

async function firstBytes(file: string): Promise<Uint8Array> {
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw new Failure('input', `The corpus ${file} cannot be read: ${messageOf(cause)}.`, { cause })
  }
}

class Bytes {
  broken: { line: number; reason: string } | undefined
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #first: Uint8Array[] = []
  readonly #folded: Counted | undefined
  #unfolded = 0

  constructor(stream: Readable, packed: Counted | undefined) {
    this.#folded = packed
    this.#chunks = stream[Symbol.asyncIterator]()
  }

  async head(): Promise<Uint8Array> {
    for (let size = 0; size < headSize; ) {
      const chunk = await this.#next()
      if (chunk === undefined) break
      this.#first.push(chunk)
      size += chunk.length
    }
    return Buffer.concat(this.#first).subarray(0, headSize)
  }

  async *all(): AsyncIterable<Uint8Array> {
    let line = 1
    const counted = (chunk: Uint8Array) => {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) line++
      return chunk
    }
    try {
      for (const chunk of this.#first) yield counted(chunk)
      for (let chunk = await this.#next(); chunk !== undefined; chunk = await this.#next())
        yield counted(chunk)
      if (this.broken !== undefined) this.broken.line = line
    } finally {
      await this.#chunks.return?.()
    }
  }

  #unfoldsTooFar(): boolean {
    if (this.#folded === undefined || this.#unfolded <= longestUnfolded.always) return false
    const most = Math.min(this.#folded.bytesRead * longestUnfolded.ratio, longestUnfolded.never)
    return this.#unfolded > most
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.broken !== undefined) return undefined
    try {
      const { value, done } = await this.#chunks.next()
      if (done === true) return undefined
      this.#unfolded += value.length
      if (this.#unfoldsTooFar()) {
        await this.#chunks.return?.()
        this.broken = {
          line: 1,
          reason: 'the rest is left out: the file expands to more than a hundred times its size',
        }
        return undefined
      }
      return value
    } catch (error) {
      this.broken = { line: 1, reason: `the rest cannot be read: ${messageOf(error)}` }
      return undefined
    }
  }
}
