import { setImmediate } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import { bibtexOf } from './bibtex.ts'
import { citationKey, cslOf, type PaperNote } from './citation.ts'
import { linksOf } from './links.ts'
import { saidName } from './names.ts'
import type { Paper } from './paper.ts'
import { readable } from './readable.ts'
import { foldSpace } from './text.ts'

export type { PaperNote } from './citation.ts'

/** Export formats with their names and file extensions. */
export const exportFormats = {
  bibtex: { name: 'BibTeX', extension: 'bib' },
  'csl-json': { name: 'CSL-JSON', extension: 'json' },
  csv: { name: 'CSV', extension: 'csv' },
  markdown: { name: 'Markdown', extension: 'md' },
} as const
export type ExportFormat = keyof typeof exportFormats

interface Entry {
  readonly paper: Paper
  readonly key: string
  readonly note: PaperNote
}

/**
 * The papers as the text of one file, in their order. CSV begins with a byte order mark, which spreadsheets need to
 * recognise UTF-8.
 * @param notes by paper id: the member's own data about the papers
 */
export function exportPapers(
  papers: readonly Paper[],
  format: ExportFormat,
  notes: ReadonlyMap<string, PaperNote> = new Map(),
): string {
  const { piece, whole } = writers[format]
  return whole([...entriesOf(papers, notes).map(piece)])
}

/** The same for long lists: yields to other work after every few papers. */
export async function exportInSlices(
  papers: readonly Paper[],
  format: ExportFormat,
  notes: ReadonlyMap<string, PaperNote>,
): Promise<string> {
  const { piece, whole } = writers[format]
  const pieces: unknown[] = []
  for (const entry of entriesOf(papers, notes)) {
    pieces.push(piece(entry))
    if (pieces.length % slice === 0) await setImmediate()
  }
  return whole(pieces)
}

/** Papers formatted between two pauses: some 5 ms of work. */
const slice = 10

function* entriesOf(papers: readonly Paper[], notes: ReadonlyMap<string, PaperNote>): Generator<Entry, void> {
  const keys = new Set<string>()
  for (const paper of papers) yield { paper, key: citationKey(paper, keys), note: notes.get(paper.id) ?? {} }
}

/** The paper's BibTeX entry. */
export const citation = (paper: Paper): string => bibtexOf(paper, citationKey(paper))

/** How a format is written: one piece per paper, which is most of the work, and the whole file from the pieces. */
interface Writer {
  piece(entry: Entry): unknown
  whole(pieces: unknown[]): string
}

const writers: Readonly<Record<ExportFormat, Writer>> = {
  bibtex: {
    piece: ({ paper, key, note }) => bibtexOf(paper, key, note),
    whole: pieces => pieces.join('\n'),
  },
  'csl-json': {
    piece: ({ paper, key, note }) => cslOf(paper, key, note),
    whole: pieces => `${JSON.stringify(pieces, undefined, 2)}\n`,
  },
  csv: { piece: csvRow, whole: csv },
  markdown: { piece: markdownItem, whole: pieces => pieces.join('') },
}

const columns = 'id title authors published venue doi arxiv url code status tags note abstract'.split(' ')

function csvRow({ paper, note }: Entry): Readonly<Record<string, string | undefined>> {
  const links = linksOf(paper)
  return {
    id: foldSpace(paper.id),
    title: readable(paper.title),
    authors: foldSpace(paper.authors.join('; ')),
    published: paper.published,
    venue: foldSpace(paper.venue ?? ''),
    doi: paper.doi,
    arxiv: paper.arxiv,
    url: links.find(link => link.kind === 'paper')?.url,
    code: links.find(link => link.kind === 'code')?.url,
    status: foldSpace(note.status ?? ''),
    tags: foldSpace(note.tags?.join('; ') ?? ''),
    note: note.note
      ?.split(/\r\n|\r|\n/)
      .map(foldSpace)
      .join('\n')
      .trim(),
    abstract: readable(paper.abstract),
  }
}

function csv(rows: unknown[]): string {
  // A spreadsheet would evaluate a cell that begins like a formula.
  return stringify(rows, {
    header: true,
    columns,
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}

function markdownItem({ paper, note }: Entry): string {
  const address = linksOf(paper)[0]?.url.replace(/[()<>\\]/g, encodeMark)
  const title = markdown(readable(paper.title))
  const authors = paper.authors.slice(0, 3).map(saidName)
  const facts = [
    paper.authors.length > 3 ? `${authors[0]} et al.` : authors.join(', '),
    paper.venue ?? '',
    paper.published?.slice(0, 4) ?? '',
  ]
  const kept = [note.status ?? '', ...(note.tags ?? []).map(tag => `#${tag}`)].filter(part => part !== '')
  const lines = [
    `- ${address === undefined ? title : `[${title}](${address})`}`,
    facts
      .filter(fact => fact !== '')
      .map(markdown)
      .join(' · '),
    kept.map(markdown).join(' · '),
    markdown(note.note ?? ''),
  ]
  return `${lines.filter(line => line !== '').join('\\\n  ')}\n`
}

const encodeMark = (mark: string): string => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`

/** On one line, with Markdown marks, mentions and HTML escaped. */
const markdown = (text: string): string =>
  foldSpace(text)
    .replace(/[\\`*_{}[\]<>()#+!|~$&@]/g, '\\$&')
    .replace(/^(\d+)([.)])|^[-=>]/, match => `${match.slice(0, -1)}\\${match.slice(-1)}`)
