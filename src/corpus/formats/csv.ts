import { pipeline, Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { messageOf } from '../../errors.ts'
import { excerpt, type Format, type Piece, RejectedRun } from '../format.ts'
import { recordPieces } from '../jsonl.ts'
import { asUtf8 } from '../lines.ts'
import { parted, rowRecord } from './cells.ts'
import { fieldsOf, headerOf, isTable, isUnquoted, mostAbove, separatorOf } from './columns.ts'
import { legible } from './legible.ts'

/** Most characters of one row. */
const longestRow = 4 * 1024 * 1024

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

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const run = new RejectedRun()
  const skipped: Piece[] = []
  const rows = rowsOf(chunks, skipped)
  let table: Table | undefined
  try {
    for await (const { record, line } of rows) {
      yield* skipped.splice(0)
      if (table !== undefined) yield* rowPieces(record, line, table, run)
      else {
        const fields = fieldsOf(record)
        if (fields.includes('title')) table = { fields, isSpringer: record.includes('Item DOI') }
        else if (line > mostAbove) break
      }
    }
  } catch (error) {
    yield { line: 1, reason: `the rest cannot be read: ${excerpt(messageOf(error))}` }
  }
  if (table === undefined) yield { line: 1, reason: 'no column is called title' }
  yield* [...skipped, ...run.end()]
}

interface Table {
  /** The field of each column. */
  readonly fields: readonly (string | undefined)[]
  readonly isSpringer: boolean
}

function rowPieces(
  row: readonly string[],
  line: number,
  { fields, isSpringer }: Table,
  run: RejectedRun,
): Piece[] {
  if (row.every(cell => tableRule.test(cell))) return []
  const fault = faultOf(row[fields.indexOf('title')] ?? '')
  if (fault !== undefined) return run.add(line, fault)
  const cells = isSpringer ? row.map((cell, at) => (fields[at] === 'authors' ? parted(cell) : cell)) : row
  return recordPieces(rowRecord(cells, fields), line, run)
}

/** A cell of the line below the header of a table in Markdown. */
const tableRule = /^\s{0,99}(?::?-{2,99}:?)?\s{0,99}$/

/** What a title shows of its row: that it is not what was written. */
function faultOf(title: string): string | undefined {
  const lost = title.split('\ufffd').length - 1
  if (lost > 1 && lost > title.length / 5)
    return 'the row is in an encoding that is not read: save the table in UTF-8'
  // A cell that a quotation mark opens, without one that closes it, goes on into the rows below.
  return /^".*\n"/s.test(title) ? 'the row’s quotation marks do not match' : undefined
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
  const header = headerOf(head)
  let ended = 0
  const parser = parse({
    delimiter: separatorOf(header),
    ...(isUnquoted(header) ? { quote: false } : {}),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    skip_records_with_error: true,
    max_record_size: longestRow,
    on_record: (record, { lines }) => {
      ended = lines
      return record
    },
    on_skip: error => {
      // A quotation mark that nothing closes is told at the file's end, but stands in the row behind the last.
      const isOpen = error?.code === 'CSV_QUOTE_NOT_CLOSED'
      const line = isOpen ? ended + 1 : Number(error?.['lines'] ?? 1) || 1
      // One row that is too long is told for each piece of it.
      if (skipped.at(-1)?.line === line) return undefined
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
