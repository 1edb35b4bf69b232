import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { Failure } from '../errors.ts'

/*
 * A backup is a text file, one JSON value a line: a header, the rows as [table, {column: value}], and an end line with
 * the number of rows and a SHA-256 of every line before it.
 */

export const Header = z.object({
  lectern: z.literal('backup'),
  format: z.literal(1),
  /** The migrations that the database had run: what its tables look like. */
  migrations: z.array(z.string()).min(1),
  at: z.number().int(),
})
export type Header = z.infer<typeof Header>

const Row = z.tuple([z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.null()]))])
export type Row = z.infer<typeof Row>

const End = z.object({ end: z.literal(true), rows: z.number().int(), sha256: z.string() })

const broken = (line: number, what: string) =>
  new Failure('input', `The backup is damaged at line ${line}: ${what}. Nothing was changed.`)

/**
 * Writes beside the file first: it is either there whole or as it was before.
 * @throws Failure `input` when the file exists and is no backup, or cannot be written
 */
export async function writeBackup(file: string, header: Header, rows: AsyncIterable<Row>): Promise<number> {
  await refuseForeign(file)
  const beside = `${file}${unfinished}`
  try {
    await removeLeftovers(dirname(file))
    await rm(beside, { force: true })
    const count = await writeLines(beside, header, rows)
    const written = await open(beside, 'r')
    await written.sync()
    await written.close()
    await rename(beside, file)
    return count
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => {})
    if (cause instanceof Error && 'syscall' in cause)
      throw new Failure(
        'input',
        'The backup could not be written. Check that the folder exists and has space.',
        {
          cause,
        },
      )
    throw cause
  }
}

const unfinished = '.unfinished'
/** A backup older than this, in milliseconds, was killed. */
const longestBackup = 3_600_000

/** Temporary files of killed backups contain people's rows, and nobody would look for them. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (!name.endsWith(unfinished) || (await stat(path)).mtimeMs > Date.now() - longestBackup) continue
    const isBackup = await readHeader(path).then(
      () => true,
      () => false,
    )
    if (isBackup) await rm(path, { force: true })
  }
}

async function writeLines(file: string, header: Header, rows: AsyncIterable<Row>): Promise<number> {
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  const failed = once(out, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => {})
  const hash = createHash('sha256')
  let count = 0
  const put = async (value: unknown) => {
    const line = `${jsonLine(value)}\n`
    hash.update(line)
    if (!out.write(line)) await Promise.race([once(out, 'drain'), failed])
  }
  try {
    await put(header)
    for await (const row of rows) {
      await put(row)
      count++
    }
    await put({ end: true, rows: count, sha256: hash.copy().digest('hex') })
    out.end()
    await Promise.race([once(out, 'close'), failed])
    return count
  } finally {
    out.destroy()
  }
}

/** readline also ends lines at these two, which JSON leaves as they are. */
const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')

async function refuseForeign(file: string) {
  const there = await access(file).then(
    () => true,
    () => false,
  )
  if (!there) return
  const isBackup = await readHeader(file).then(
    () => true,
    () => false,
  )
  if (!isBackup) throw new Failure('input', 'That file exists and is not a backup. It was not changed.')
}

export async function readHeader(file: string): Promise<Header> {
  for await (const line of linesOf(file)) return parseHeader(line)
  throw new Failure('input', 'The file is empty: not a backup.')
}

function parseHeader(line: string): Header {
  const header = Header.safeParse(jsonOf(line))
  if (!header.success) throw new Failure('input', 'The file is not a backup made by Lectern.')
  return header.data
}

/** The rows of a backup. Valid only once the end is reached without an error: the end line proves that nothing is missing. */
export async function* readRows(file: string): AsyncGenerator<Row> {
  const hash = createHash('sha256')
  let number = 0
  let last = ''
  for await (const line of linesOf(file)) {
    if (number === 1) parseHeader(last)
    if (number > 1) yield parseRow(last, number)
    if (number > 0) hash.update(`${last}\n`)
    last = line
    number++
  }
  const end = End.safeParse(jsonOf(last)).data
  if (end === undefined) throw broken(number, 'it ends too early')
  if (end.rows !== number - 2) throw broken(number, `${end.rows} rows expected, ${number - 2} found`)
  if (end.sha256 !== hash.digest('hex')) throw broken(number, 'the checksum does not match')
}

function parseRow(line: string, number: number): Row {
  const row = Row.safeParse(jsonOf(line))
  if (!row.success) throw broken(number, 'it is no row')
  return row.data
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** A longer line cannot belong to a backup, and would have to be buffered in memory. */
const longestLine = 4 * 1024 * 1024

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(file, 'utf8')
  try {
    let length = 0
    input.on('data', chunk => {
      const text = String(chunk)
      const lineEnd = text.lastIndexOf('\n')
      length = lineEnd === -1 ? length + text.length : text.length - lineEnd
      if (length > longestLine)
        input.destroy(new Failure('input', 'The file is not a backup made by Lectern.'))
    })
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure('input', 'The backup cannot be read. Check the path.', { cause })
  } finally {
    input.destroy()
  }
}
