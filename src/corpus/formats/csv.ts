import { pipeline, Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { messageOf } from '../../errors.ts'
import { excerpt, type Format, type Piece, RejectedRun } from '../format.ts'
import { arxivIdOf, doiOf } from '../identifiers.ts'
import { recordPieces } from '../jsonl.ts'
import { asUtf8 } from '../lines.ts'
import { foldSpace } from '../text.ts'
import { legible } from './legible.ts'

/** Most characters of one row. */
const longestRow = 4 * 1024 * 1024

/**
 * Column names of spreadsheets, Zotero, Scopus, Web of Science, IEEE Xplore and Google Scholar tools, in lower-case
 * letters and digits. Of two columns for one field the one that stands first here is taken.
 */
const columns: Readonly<Record<string, string>> = {
  id: 'id',
  paperid: 'id',
  title: 'title',
  articletitle: 'title',
  papertitle: 'title',
  documenttitle: 'title',
  ti: 'title',
  abstract: 'abstract',
  abstractnote: 'abstract',
  summary: 'abstract',
  ab: 'abstract',
  authorfullnames: 'authors',
  af: 'authors',
  author: 'authors',
  authors: 'authors',
  au: 'authors',
  creators: 'authors',
  url: 'url',
  link: 'url',
  doi: 'doi',
  di: 'doi',
  arxiv: 'arxiv',
  arxivid: 'arxiv',
  date: 'published',
  published: 'published',
  publicationdate: 'published',
  publicationyear: 'year',
  year: 'year',
  py: 'year',
  venue: 'venue',
  journal: 'venue',
  publicationtitle: 'venue',
  sourcetitle: 'venue',
  so: 'venue',
  conference: 'venue',
  categories: 'categories',
  keywords: 'categories',
  authorkeywords: 'categories',
  de: 'categories',
}

const bare = (header: string): string => header.toLowerCase().replace(/[^a-z0-9]/g, '')
const order = Object.keys(columns)
const named = (header: string): string | undefined =>
  Object.hasOwn(columns, bare(header)) ? columns[bare(header)] : undefined

/** The field of each column; undefined for those that are not read. */
function fieldsOf(headers: readonly string[]): (string | undefined)[] {
  const ranks = headers.map(header => order.indexOf(bare(header)))
  return headers.map((header, at) => {
    const field = named(header)
    const isBeaten = headers.some(
      (other, place) => named(other) === field && (ranks[place] ?? -1) < (ranks[at] ?? -1),
    )
    return isBeaten ? undefined : field
  })
}

/**
 * A table with a header row that includes the title: separated by commas, semicolons or tabs.
 *
 * @example
 * Title;Authors;Year
 * Key-Value Transformer;Ali Borji;2023
 */
export const csv: Format = {
  name: 'CSV',
  accepts: (fileName, head) => /\.(?:csv|tsv|tab)$/.test(fileName) || isTable(head),
  read,
}

/** How many lines may stand above the header: spreadsheets' `sep=;`, a line that says where the table is from. */
const mostAbove = 10

function isTable(head: string): boolean {
  const [first = '', second = ''] = head.replace(/^\ufeff/, '').split(/\r?\n|\r/, 2)
  return isHeader(/^sep=.$/.test(first) ? second : first)
}

/** The first line that names columns, else the first. */
function headerOf(head: string): string {
  const lines = head.split(/\r?\n|\r/, mostAbove + 1)
  return lines.find(isHeader) ?? lines[0] ?? ''
}

function isHeader(line: string): boolean {
  const names = line
    .split(separatorOf(line))
    .map(name => named(name))
    .filter(name => name !== undefined)
  return names.length > 1 && names.includes('title')
}

/** The separator that gives the most column names. */
function separatorOf(line: string): string {
  const counts = ['\t', ';', ','].map(mark => ({ mark, count: line.split(mark).length }))
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).mark
}

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const run = new RejectedRun()
  const skipped: Piece[] = []
  const rows = rowsOf(chunks, skipped)
  let keys: readonly (string | undefined)[] | undefined
  try {
    for await (const { record, line } of rows) {
      yield* skipped.splice(0)
      if (keys !== undefined) yield* recordPieces(rowRecord(record, keys), line, run)
      else {
        const fields = fieldsOf(record)
        if (fields.includes('title')) keys = fields
        else if (line > mostAbove) break
      }
    }
  } catch (error) {
    yield { line: 1, reason: `the rest cannot be read: ${excerpt(messageOf(error))}` }
  }
  if (keys === undefined) yield { line: 1, reason: 'no column is called title' }
  yield* [...skipped, ...run.end()]
}

interface Row {
  readonly record: readonly string[]
  readonly line: number
}

async function* rowsOf(chunks: AsyncIterable<Uint8Array>, skipped: Piece[]): AsyncIterable<Row> {
  const bytes = legible(asUtf8(chunks))[Symbol.asyncIterator]()
  const first = await bytes.next()
  if (first.done === true) return
  const head = Buffer.from(first.value).toString('utf8', 0, 4096)
  const parser = parse({
    delimiter: separatorOf(headerOf(head)),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestRow,
    on_skip: error => {
      const line = Number(error?.['lines'] ?? 1) || 1
      skipped.push({ line, reason: `the row cannot be read: ${excerpt(error?.message ?? 'unknown')}` })
      return undefined
    },
  })
  const whole = async function* () {
    yield first.value
    for (let one = await bytes.next(); one.done !== true; one = await bytes.next()) yield one.value
  }
  // The callback is required, but errors also reach whoever iterates.
  pipeline(Readable.from(whole()), parser, () => {})
  let line = 1
  for await (const { record, info } of parser as AsyncIterable<{
    record: string[]
    info: { lines: number }
  }>) {
    yield { record, line }
    line = info.lines + 1
  }
}

/** A program's own row ids are not used: only identifiers that are valid everywhere are taken from other columns. */
function rowRecord(
  row: readonly string[],
  keys: readonly (string | undefined)[],
): Readonly<Record<string, string>> {
  const record: Record<string, string> = {}
  row.forEach((cell, at) => {
    const key = keys[at]
    // A mark that keeps spreadsheets from evaluating a cell is not part of the text.
    const text = foldSpace(cell).replace(/^'(?=[=+\-@])/, '')
    if (key !== undefined && text !== '' && record[key] === undefined)
      record[key] = key === 'authors' ? text.replace(/ \(\d{6,20}\)/g, '') : text
  })
  const own = [record['arxiv'], record['url'], record['doi']].filter(text => text !== undefined)
  const id = record['id'] ?? own.map(arxivIdOf).find(Boolean) ?? own.map(doiOf).find(Boolean)
  return id === undefined ? record : { ...record, id }
}
