import { messageOf } from '../../errors.ts'
import { lengths } from '../../lengths.ts'
import { excerpt, type Format, type Piece, RejectedRun } from '../format.ts'
import { arxivIdOf, doiOf } from '../identifiers.ts'
import { recordPieces } from '../jsonl.ts'
import { formulasIn } from '../latex.ts'
import { BibtexAbbreviations } from './bibtex-abbreviations.ts'
import { type BibtexEntry, type CslRecord, citationReaders } from './citation-js.ts'
import { type Entry, entriesOf } from './entries.ts'

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
  for await (const entry of entriesOf(chunks, line => beginsEntry.test(line))) {
    if (!abbreviation.test(entry.text)) {
      if (!noPaper.test(entry.text)) yield* entryPieces(entry, abbreviations, run)
      continue
    }
    const fault = abbreviations.add(entry.text)
    if (fault !== undefined) yield* run.add(entry.line, fault)
  }
  yield* run.end()
}

function entryPieces(
  { line, text, fault }: Entry,
  abbreviations: BibtexAbbreviations,
  run: RejectedRun,
): Piece[] {
  if (fault !== undefined) return run.add(line, fault)
  const needed = abbreviations.for(text)
  if (needed === undefined) return run.add(line, 'its abbreviations make it too long')
  try {
    return recordOf(text, needed).flatMap(record => recordPieces(record, line, run))
  } catch (error) {
    return run.add(line, `is not a BibTeX entry: ${excerpt(messageOf(error).split(' at line ')[0] ?? '')}`)
  }
}

function recordOf(text: string, abbreviations: string): CslRecord[] {
  const { bibtex, bibtexToCsl } = citationReaders()
  const { signed, formulas } = withoutFormulas(mended(text))
  const entries = bibtex(abbreviations + signed)
  return entries.map(entry => {
    const [csl] = bibtexToCsl([withShortNames(entry)])
    const { id: _, keyword, 'container-title': journal, ...record } = csl ?? {}
    const eprint = textOf(entry.properties['eprint'])
    // The address keeps the backslashes that LaTeX wants before these.
    const url = textOf(record['URL']).replace(/(?:\\|%5C)(?=[&%#_~$])/gi, '')
    const doi = textOf(record['DOI'])
    const arxiv = [eprint, url, doi].map(arxivIdOf).find(Boolean)
    return {
      ...record,
      id: arxiv ?? doiOf(doi),
      URL: url,
      arxiv,
      author: Array.isArray(record['author']) ? record['author'].filter(isPerson) : undefined,
      title: restored(record['title'], formulas),
      abstract: restored(record['abstract'], formulas),
      keywords: keyword,
      venue: venueOf(restored(journal, formulas)),
    }
  })
}

/** What the parser does not know: an entry without a key, å, accents on a dotless i, and citations inside a text. */
const mended = (text: string): string =>
  text
    .replace(/^(\s{0,99}@\s{0,9}[A-Za-z]{1,40}\s{0,9}[{(]\s{0,99}),/, '$1unnamed,')
    .replace(/\\(aa|AA)(?![a-zA-Z])(?:\{\}|\s)?/g, (_, letter) => (letter === 'aa' ? 'å' : 'Å'))
    .replace(/\\(['`^"~=])\s?(?:\{\s?\\([ij])\s?\}|\\([ij])(?![a-zA-Z])(?:\{\}|\s)?)/g, '\\$1{$2$3}')
    .replace(/~?\\cite[pt]?\s?\{[^{}]{0,200}\}/g, '')

/** Fields of people, of whom a paper's authors alone are read. */
const others = new Set(['editor', 'editora', 'editorb', 'editorc', 'translator', 'bookauthor', 'holder'])

/** A name that is longer than any name is cut to what is refused: the parser's time grows with its square. */
function withShortNames(entry: BibtexEntry): BibtexEntry {
  const { author, ...rest } = entry.properties
  const kept = Object.entries(rest).filter(([field]) => !others.has(field))
  const names = typeof author === 'string' ? author.split(' and ') : []
  const short = names.map(name => name.slice(0, lengths.author + 1)).join(' and ')
  return {
    ...entry,
    properties: { ...Object.fromEntries(kept), ...(typeof author === 'string' ? { author: short } : {}) },
  }
}

/** BibTeX's `and others` is not a name. */
const isPerson = (name: unknown): boolean => (name as { family?: unknown } | null)?.family !== 'others'

/** Astronomers' files name journals by commands of a LaTeX style (`\\prd`), which name nothing to readers. */
const venueOf = (venue: string | undefined): string | undefined =>
  venue !== undefined && /^\\[a-z]+$/i.test(venue) ? undefined : venue

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * Private-use characters around a number replace a formula during parsing: the parser would turn `x^2)` into
 * superscripts.
 */
const sign = (index: number): string => `\ue000${index}\ue001`

function withoutFormulas(text: string): { signed: string; formulas: string[] } {
  const plain = text.replace(/[\ue000\ue001]/g, '')
  const formulas: string[] = []
  let signed = ''
  let done = 0
  for (const { start, end } of formulasIn(plain)) {
    signed += plain.slice(done, start) + sign(formulas.length)
    formulas.push(plain.slice(start, end))
    done = end
  }
  return { signed: signed + plain.slice(done), formulas }
}

/** Restores the formulas and removes the parser's own marks for protected capitals. */
function restored(value: unknown, formulas: readonly string[]): string | undefined {
  if (typeof value !== 'string') return undefined
  return value
    .replace(/<\/?span[^<>]{0,40}>/g, '')
    .replace(/\ue000(\d{1,6})\ue001/g, (_, index: string) => formulas[Number(index)] ?? '')
}
