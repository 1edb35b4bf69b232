import { createWriteStream } from 'node:fs'
import { mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Rejected } from '../corpus/format.ts'
import { type PaperRecord, recordFiles } from '../corpus/records.ts'
import { filesOf } from '../corpus/tree.ts'
import { Failure } from '../errors.ts'
import type { Network } from '../public-network.ts'
import { type DownloadLimits, downloadTo } from './safe-download.ts'

/** What is to be imported, brought to files. */
export interface Inputs {
  readonly records: AsyncIterable<PaperRecord | Rejected>
  /** See `ImportOptions.sourceOf`: a file's own name; an address as it was given, without its query. */
  readonly sourceOf: (file: string) => string
  /** Bytes of all files, and how many of them were read. */
  readonly bytes: { readonly total: number; readonly read: () => number }
  /** Removes what was downloaded. */
  close(): Promise<void>
}

export interface InputOptions {
  /** For `-`. */
  readonly stdin: Readable
  readonly limits: DownloadLimits
  readonly network?: Network | undefined
}

const isAddress = (text: string): boolean => /^https?:\/\//i.test(text)

/**
 * @param names files, folders, http and https addresses, and `-` for the standard input
 * @throws Failure when one of them cannot be read; nothing is left behind
 */
export async function openInputs(names: readonly string[], options: InputOptions): Promise<Inputs> {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-import-')).catch(cause => {
    const what = `The folder for temporary files, ${tmpdir()}, cannot be written (${cause.code}).`
    throw new Failure('input', `${what} Set TMPDIR to another one.`, { cause })
  })
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    const sources = new Map<string, string>()
    const paths: string[] = []
    for (const name of names) {
      if (name !== '-' && !isAddress(name)) paths.push(name)
      else {
        const path = await fetched(name, join(folder, String(paths.length)), options)
        sources.set(path, name === '-' ? 'standard input' : name.replace(/[?#].*$/, ''))
        paths.push(path)
      }
    }
    const { files, rejected } = await filesOf(paths)
    const sizes = new Map(
      await Promise.all(files.map(async file => [file, (await stat(file)).size] as const)),
    )
    const read = new Reading(sizes)
    const sourceOf = (file: string): string => {
      const root = files.find(one => file === one || file.startsWith(`${one}/`)) ?? file
      const inside = file.slice(root.length)
      return `${sources.get(root) ?? basename(root)}${inside}`.slice(-200)
    }
    return { records: read.records(files, rejected), sourceOf, bytes: read, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** @returns the path of a file with what the address or the standard input gave, named so that its name tells its kind */
async function fetched(name: string, file: string, options: InputOptions): Promise<string> {
  if (name === '-') {
    await pipeline(options.stdin, createWriteStream(file))
    return file
  }
  const last = await downloadTo(file, name, options.limits, options.network)
  const path = `${file}-${last}`
  await rename(file, path)
  return path
}

class Reading {
  readonly total: number
  readonly #sizes: ReadonlyMap<string, number>
  #before = 0
  #current: () => number = () => 0

  constructor(sizes: ReadonlyMap<string, number>) {
    this.#sizes = sizes
    this.total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  }

  read(): number {
    return this.#before + this.#current()
  }

  async *records(
    files: readonly string[],
    rejected: readonly Rejected[],
  ): AsyncIterable<PaperRecord | Rejected> {
    yield* rejected
    for (const file of files) {
      for await (const { records, bytesRead } of recordFiles(file)) {
        this.#current = bytesRead
        yield* records
      }
      this.#before += this.#sizes.get(file) ?? 0
      this.#current = () => 0
    }
  }
}
