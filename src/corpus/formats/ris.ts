import { messageOf } from '../../errors.ts'
import { excerpt, type Format, type Piece, RejectedRun } from '../format.ts'
import { arxivIdOf, doiOf } from '../identifiers.ts'
import { recordPieces } from '../jsonl.ts'
import { type CslRecord, citationReaders } from './citation-js.ts'
import { type Entry, entriesOf } from './entries.ts'

const begins = /^\ufeff?TY {1,2}- ?/

/** RIS, as Zotero, EndNote, Scopus and publishers write it. */
export const ris: Format = {
  name: 'RIS',
  accepts: (fileName, head) => /\.ris$/.test(fileName) || /^\ufeff?\s{0,999}TY {1,2}- ?[A-Z]/.test(head),
  read,
}

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const run = new RejectedRun()
  for await (const entry of entriesOf(chunks, line => begins.test(line))) yield* entryPieces(entry, run)
  yield* run.end()
}

function entryPieces({ line, text, fault }: Entry, run: RejectedRun): Piece[] {
  if (fault !== undefined) return run.add(line, fault)
  try {
    return citationReaders()
      .ris(unwrapped(text))
      .flatMap(record => recordPieces(recordOf(record, text), line, run))
  } catch (error) {
    return run.add(line, `is no RIS record: ${excerpt(messageOf(error))}`)
  }
}

/** One tag per line, two spaces before the dash, and one name for tags that differ between programs. */
function unwrapped(text: string): string {
  return text
    .split('\n')
    .reduce<string[]>((lines, line) => {
      const tagged = /^([A-Z][A-Z0-9]) {1,2}- ?(.*)$/.exec(line)
      if (tagged !== null) lines.push(`${sameTag[tagged[1] ?? ''] ?? tagged[1]}  - ${tagged[2]}`)
      else if (lines.length > 0) lines.push(`${lines.pop()} ${line.trim()}`)
      return lines
    }, [])
    .join('\n')
}

const sameTag: Readonly<Record<string, string>> = {
  T1: 'TI',
  A1: 'AU',
  N2: 'AB',
  Y1: 'PY',
  JF: 'T2',
  JO: 'T2',
}

function recordOf(record: CslRecord, text: string): CslRecord {
  const { id: _, keyword, ...rest } = record
  const own = [rest['URL'], rest['DOI']].filter(value => typeof value === 'string')
  const arxiv = own.map(arxivIdOf).find(Boolean)
  const id = arxiv ?? own.map(doiOf).find(Boolean)
  // The converter prefers the year to the date, and so loses the day.
  const dates = [...text.matchAll(/^(?:DA|PY|Y1) {1,2}- ?(\d{4}(?:\/\d\d){0,2})/gm)].map(
    match => match[1] ?? '',
  )
  const date = dates.toSorted((a, b) => b.length - a.length)[0]
  return {
    ...rest,
    id,
    arxiv,
    keywords: keyword,
    ...(date === undefined ? {} : { published: date.replaceAll('/', '-') }),
  }
}
