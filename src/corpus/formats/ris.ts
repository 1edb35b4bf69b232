import { messageOf } from '../../errors.ts'
import { isoDate } from '../fields.ts'
import { excerpt, type Format, type Piece, RejectedRun } from '../format.ts'
import { arxivIdOf, doiOf } from '../identifiers.ts'
import { recordPieces } from '../jsonl.ts'
import { foldSpace } from '../text.ts'
import { type CslRecord, citationReaders } from './citation-js.ts'
import { type Entry, entriesOf } from './entries.ts'

const begins = /^\ufeff?TY {1,2}- ?/i

/** RIS, as Zotero, EndNote, Scopus and publishers write it. */
export const ris: Format = {
  name: 'RIS',
  accepts: (fileName, head) =>
    /\.ris$/.test(fileName) || /^\ufeff?[ \t]{0,9}(?:TY {1,2}- ?[A-Z]{3}|ty {1,2}- ?[A-Za-z]{3})/m.test(head),
  read,
}

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const run = new RejectedRun()
  for await (const entry of entriesOf(chunks, line => begins.test(line))) yield* entryPieces(entry, run)
  yield* run.end()
}

function entryPieces({ line, text: written, fault }: Entry, run: RejectedRun): Piece[] {
  if (fault !== undefined) return run.add(line, fault)
  // Some programs write the tags in small letters.
  const text = /^\ufeff?ty/.test(written)
    ? written.replace(/^\ufeff?[a-z][a-z0-9](?= {1,2}-)/gm, tag => tag.toUpperCase())
    : written
  const plain = unwrapped(text)
  try {
    return citationReaders()
      .ris(plain)
      .flatMap(record => recordPieces(recordOf(record, text, plain), line, run))
  } catch (error) {
    return run.add(line, `is no RIS record: ${excerpt(messageOf(error))}`)
  }
}

/**
 * One tag per line, two spaces before the dash, and one name for tags that differ between programs. Every record passes
 * for a journal's: the parser loses the titles of types that it does not know, and whole records over a date. Spaces are
 * folded: it takes two before a dash for a tag's, and would look for them from each of a long run.
 */
function unwrapped(text: string): string {
  const lines: string[] = []
  const isTitled = /^T[I1] {1,2}- ?\S/m.test(text)
  const hasJournal = /^(?:T2|JF|JO|BT) {1,2}- ?\S/m.test(text)
  const isOnWeb = /^UR {1,2}- ?https?:/im.test(text)
  const nameOf = (tag: string) => {
    if (tag === 'BT' && !isTitled) return 'TI'
    return (tag === 'JA' || tag === 'J2') && !hasJournal ? 'T2' : (sameTag[tag] ?? tag)
  }
  for (const line of text.split('\n')) {
    const [, tag = '', value = ''] = tagged.exec(line) ?? []
    if (tag === 'TY') lines.push('TY  - JOUR')
    // An address inside a program, beside one that others can open.
    else if (dateTags.has(tag) || (tag === 'UR' && isOnWeb && !/^https?:/i.test(value))) lines.push('')
    else if (tag !== '') lines.push(`${nameOf(tag)}  - ${foldSpace(value)}`)
    // EndNote writes one keyword a line, below one tag.
    else if (lines.at(-1)?.startsWith('KW') === true && line.trim() !== '')
      lines.push(`KW  - ${foldSpace(line)}`)
    else if (lines.length > 0) lines.push(`${lines.pop()} ${foldSpace(line)}`)
  }
  return lines.filter(line => line !== '').join('\n')
}

const tagged = /^([A-Z][A-Z0-9]) {1,2}- ?(.*)$/

const sameTag: Readonly<Record<string, string>> = {
  T1: 'TI',
  A1: 'AU',
  N2: 'AB',
  JF: 'T2',
  JO: 'T2',
  BT: 'T2',
}

const dateTags: ReadonlySet<string> = new Set(['DA', 'PY', 'Y1'])

/**
 * The most exact of a record's dates, such as `2021/05/03/`, `2021`, `April 2022`, `May 6` beside a year, and `3-5 May
 * 2021`: of the last, the year.
 */
function dateIn(text: string): string | undefined {
  const written = [...text.matchAll(/^(?:DA|PY|Y1) {1,2}- ?(.{1,60})$/gm)].map(([, value = '']) =>
    value.trim(),
  )
  const dates = written.map(dateOf)
  const year = dates.find(date => /^\d{4}/.test(date))?.slice(0, 4) ?? ''
  const beside = written.filter(value => !/\d{4}/.test(value)).map(value => parsed(`${value} ${year}`))
  return [...dates, ...beside].toSorted((a, b) => b.length - a.length)[0] || undefined
}

function dateOf(value: string): string {
  const [year = '', month = '', day = ''] = value.split(/[/T]|-(?=\d)/)
  if (!/^\d{4}$/.test(year)) return parsed(value) || (/\b(?:1[5-9]|20)\d\d\b/.exec(value)?.[0] ?? '')
  const name = /^[a-z]{3,9}$/i.test(month) ? parsed(`${day} ${month} ${year}`.trim()) : ''
  if (name !== '') return name
  const numbers = [month, day].map(part => /^\d{1,2}$/.exec(part.trim())?.[0].padStart(2, '0'))
  return [year, ...(numbers[0] === undefined ? [] : numbers)].filter(Boolean).join('-')
}

/** In ISO 8601; empty if it is no date. */
const parsed = (value: string): string => isoDate.safeParse(value).data ?? ''

const valuesOf = (plain: string, tags: string): string[] =>
  [...plain.matchAll(new RegExp(`^(?:${tags})  - (.+)$`, 'gm'))].map(([, value = '']) => value)

/** A keyword of its own line may have a comma in it. */
function keywordsIn(plain: string): string | string[] {
  const lines = valuesOf(plain, 'KW')
  return lines.length > 1 ? lines.flatMap(line => line.split(';')).map(one => one.trim()) : lines.join('; ')
}

function recordOf(record: CslRecord, text: string, plain: string): CslRecord {
  const { id: _, issued: __, keyword: ___, DOI, ...rest } = record
  const doi = DOI ?? valuesOf(plain, 'L3|M3|UR').map(doiOf).find(Boolean)
  const accession = /^AN {1,2}- ?(arxiv.{1,60})$/im.exec(text)?.[1]
  const own = [accession, rest['URL'], doi].filter(value => typeof value === 'string')
  const arxiv = own.map(arxivIdOf).find(Boolean)
  const id = arxiv ?? own.map(doiOf).find(Boolean)
  return { ...rest, id, arxiv, DOI: doi, keywords: keywordsIn(plain), published: dateIn(text) }
}
