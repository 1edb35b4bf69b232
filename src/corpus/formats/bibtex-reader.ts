import { messageOf } from '../../errors.ts'
import { excerpt, type Format, type Piece, RejectedRun } from '../format.ts'
import { arxivIdOf, doiOf } from '../identifiers.ts'
import { recordPieces } from '../jsonl.ts'
import { formulasIn } from '../latex.ts'
import { type CslRecord, citationReaders } from './citation-js.ts'
import { type Entry, entriesOf } from './entries.ts'

const beginsEntry = /^\s{0,99}@\s{0,9}[A-Za-z]{1,40}\s{0,9}[{(]/
const noPaper = /^\s*@\s*(?:comment|preamble)\b/i
const abbreviation = /^\s*@\s*string\b/i
/** Most characters of abbreviations that a file may define. */
const longestAbbreviations = 256 * 1024

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
  let abbreviations = ''
  for await (const entry of entriesOf(chunks, line => beginsEntry.test(line))) {
    if (abbreviation.test(entry.text) && abbreviations.length + entry.text.length < longestAbbreviations)
      abbreviations += `${entry.text}\n`
    else if (!noPaper.test(entry.text)) yield* entryPieces(entry, abbreviations, run)
  }
  yield* run.end()
}

function entryPieces({ line, text, fault }: Entry, abbreviations: string, run: RejectedRun): Piece[] {
  if (fault !== undefined) return run.add(line, fault)
  try {
    return recordOf(text, abbreviations).flatMap(record => recordPieces(record, line, run))
  } catch (error) {
    return run.add(line, `is no BibTeX entry: ${excerpt(messageOf(error).split(' at line ')[0] ?? '')}`)
  }
}

function recordOf(text: string, abbreviations: string): CslRecord[] {
  const { bibtex, bibtexToCsl } = citationReaders()
  const { signed, formulas } = withoutFormulas(text)
  const entries = bibtex(abbreviations + signed)
  return entries.map(entry => {
    const [csl] = bibtexToCsl([entry])
    const { id: _, keyword, 'container-title': journal, ...record } = csl ?? {}
    const eprint = textOf(entry.properties['eprint'])
    const url = textOf(record['URL'])
    const doi = textOf(record['DOI'])
    const arxiv = [eprint, url, doi].map(arxivIdOf).find(Boolean)
    return {
      ...record,
      id: arxiv ?? doiOf(doi),
      arxiv,
      author: Array.isArray(record['author']) ? record['author'].filter(isPerson) : undefined,
      title: restored(record['title'], formulas),
      abstract: restored(record['abstract'], formulas),
      keywords: keyword,
      venue: venueOf(restored(journal, formulas)),
    }
  })
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
