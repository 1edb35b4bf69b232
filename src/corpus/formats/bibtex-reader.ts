import { messageOf } from '../../errors.ts'
import { excerpt, type Format, type Piece, RejectedRun } from '../format.ts'
import { recordPieces } from '../jsonl.ts'
import { BibtexAbbreviations } from './bibtex-abbreviations.ts'
import { BibtexCrossrefs, type Resolved } from './bibtex-crossref.ts'
import { bibtexRecords } from './bibtex-record.ts'
import { entriesOf } from './entries.ts'

const beginsEntry = /^\s{0,99}@\s{0,9}[A-Za-z]{1,40}\s{0,9}[{(]/
const noPaper = /^\s*@\s*(?:comment|preamble)\b/i
const abbreviation = /^\s*@\s*string\b/i

/** BibTeX and BibLaTeX, as Zotero, DBLP, the ACL Anthology and publishers write them. */
export const bibtexFormat: Format = {
  name: 'BibTeX',
  accepts: (fileName, head) => /\.(?:bib|bibtex)$/.test(fileName) || isBibtex(head),
  read,
}

const isBibtex = (head: string): boolean =>
  /^\s{0,99}@\s{0,9}[A-Za-z]{1,40}\s{0,9}[{(]\s{0,99}[^\s,{}"=]{1,200}\s{0,9}[,=]/m.test(head)

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const run = new RejectedRun()
  const abbreviations = new BibtexAbbreviations()
  const crossrefs = new BibtexCrossrefs()
  const pieces = (entries: readonly Resolved[]) =>
    entries.flatMap(one => entryPieces(one, abbreviations, run))
  for await (const entry of entriesOf(chunks, line => beginsEntry.test(line))) {
    if (!abbreviation.test(entry.text)) {
      if (!noPaper.test(entry.text)) yield* pieces(crossrefs.add(entry))
      continue
    }
    const fault = abbreviations.add(entry.text)
    if (fault !== undefined) yield* run.add(entry.line, fault)
  }
  yield* pieces(crossrefs.end())
  yield* run.end()
}

function entryPieces(
  { entry, parent }: Resolved,
  abbreviations: BibtexAbbreviations,
  run: RejectedRun,
): Piece[] {
  const { line, text, fault } = entry
  if (fault !== undefined) return run.add(line, fault)
  const needed = abbreviations.for(parent === undefined ? text : text + parent)
  if (needed === undefined) return run.add(line, 'its abbreviations make it too long')
  try {
    return bibtexRecords(text, needed, parent).flatMap(record => recordPieces(record, line, run))
  } catch (error) {
    const found = repaired(text, needed, parent)
    if (found !== undefined) {
      const pieces = found.records.flatMap(record => recordPieces(record, line, run))
      return [...pieces, { line, kind: 'field', reason: found.reason }]
    }
    if (error instanceof RangeError)
      return run.add(line, 'is not a BibTeX entry: its braces are nested too deep')
    return run.add(line, `is not a BibTeX entry: ${excerpt(messageOf(error).split(' at line ')[0] ?? '')}`)
  }
}

const innerField =
  /\b(?:author|title|year|date|journal|booktitle|doi|url|abstract|month|editor|publisher)\s{0,9}=/i

/** The entry up to the brace that ends it. */
function alone(text: string): string {
  let depth = 0
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1
    if (depth === 0) return text.slice(0, index + 1)
  }
  return text
}

/**
 * Slips of the hand that lose nothing: an address in a remark behind an entry, no comma at the end of a field's line, no
 * brace at the end of an entry.
 */
function repaired(text: string, abbreviations: string, parent?: string) {
  const commas = text.replace(/(?<=["}])(?=[ \t]{0,99}\n\s{0,99}[A-Za-z-]{1,40}\s{0,9}=)/g, ',')
  const repairs: [string, string][] = [
    [alone(text), 'what stands behind it cannot be read'],
    [commas, 'a comma between two fields is missing'],
    [`${commas.trimEnd()}\n}`, 'the brace at its end is missing'],
  ]
  for (const [repair, reason] of repairs) {
    try {
      const records = bibtexRecords(repair, abbreviations, parent)
      // A field that another is inside of was not ended where it should be.
      if (!records.some(record => innerField.test(JSON.stringify(record)))) return { records, reason }
    } catch {
      // The next, or none.
    }
  }
  return undefined
}
