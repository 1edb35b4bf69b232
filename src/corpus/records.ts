import type { Format, Piece, Rejected } from './format.ts'
import { bibtexFormat } from './formats/bibtex-reader.ts'
import { csv } from './formats/csv.ts'
import { json } from './formats/json.ts'
import { labelledText } from './formats/labelled.ts'
import { medline } from './formats/medline.ts'
import { ris } from './formats/ris.ts'
import { tagged } from './formats/tagged.ts'
import { xml } from './formats/xml.ts'
import { sourcesInZip } from './formats/zip.ts'
import { jsonl } from './jsonl.ts'
import { page } from './page.ts'
import type { Paper } from './paper.ts'
import { isZip, openSource, type Source } from './source.ts'

/** The ONE list of formats; the first that accepts a file reads it. */
export const formats: readonly Format[] = [
  xml,
  bibtexFormat,
  ris,
  medline,
  tagged,
  json,
  csv,
  jsonl,
  labelledText,
  page,
]

/** A paper of a file, and where it begins. */
export interface PaperRecord {
  readonly file: string
  readonly line: number
  readonly paper: Paper
}

/** One of the files that a path gives: itself, or one for each file in an archive. */
export interface RecordFile {
  /** The path; for a file in an archive the archive's with the file's name behind it. */
  readonly place: string
  /** Read once, and to its end before the next file. Never throws for what the bytes hold. */
  readonly records: AsyncIterable<PaperRecord | Rejected>
  /** Bytes read of the path's own file so far; 0 for files in archives. */
  readonly bytesRead: () => number
}

/**
 * The records of a file, gzipped or not, or of the files of a zip archive, as a stream.
 * @throws Failure when the file cannot be opened
 */
export async function* recordFiles(file: string): AsyncIterable<RecordFile> {
  if (!(await isZip(file))) {
    const source = await openSource(file)
    yield { place: file, records: recordsIn(file, source), bytesRead: () => source.bytesRead }
    return
  }
  for await (const inside of sourcesInZip(file)) {
    const place = inside.name === '' ? file : `${file}/${inside.name}`
    const records = 'reason' in inside ? only(place, inside.reason) : recordsIn(place, inside.source)
    yield { place, records, bytesRead: () => 0 }
  }
}

async function* only(file: string, reason: string): AsyncIterable<Rejected> {
  yield { file, line: 0, kind: 'damaged', reason }
}

const names = formats.map(format => format.name).join(', ')

/** From this many papers without an abstract on, the file probably has its abstracts under an unknown key. */
const enoughToTell = 3

async function* recordsIn(file: string, source: Source): AsyncIterable<PaperRecord | Rejected> {
  const format = formats.find(one => one.accepts(source.name, source.head))
  try {
    if (source.fault !== undefined) yield* only(file, source.fault)
    else if (format === undefined) yield* only(file, `no reader for this file; there are: ${names}`)
    else yield* readAs(format, file, source)
  } finally {
    source.close()
  }
}

async function* readAs(format: Format, file: string, source: Source): AsyncIterable<PaperRecord | Rejected> {
  let papers = 0
  let withAbstract = 0
  let isEmpty = true
  for await (const piece of format.read(source.chunks)) {
    isEmpty = false
    if ('paper' in piece) {
      papers++
      if (piece.paper.abstract !== '') withAbstract++
    }
    yield recordOf(file, piece)
  }
  if (source.broken !== undefined) yield { file, kind: 'damaged', ...source.broken }
  else if (isEmpty) yield* only(file, 'holds no paper')
  if (papers >= enoughToTell && withAbstract === 0)
    yield { file, line: 0, kind: 'field', reason: 'none of its papers has an abstract' }
}

const recordOf = (file: string, piece: Piece): PaperRecord | Rejected =>
  'paper' in piece
    ? { file, line: piece.line, paper: piece.paper }
    : { file, line: piece.line, kind: piece.kind ?? 'damaged', reason: piece.reason }
