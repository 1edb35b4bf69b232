import { stringify } from 'csv-stringify/sync'
import { bibtexOf } from './bibtex.ts'
import { citationKey, cslOf, type PaperNote } from './citation.ts'
import { linksOf } from './links.ts'
import type { Paper } from './paper.ts'
import { readable } from './readable.ts'

export type { PaperNote } from './citation.ts'

/** The formats of exports: how people call them, and how their files end. */
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
 * The papers as one file's text, in their order. CSV begins with a byte order mark, which spreadsheets need to see UTF-8.
 * @param notes by paper id: what the member keeps beside the papers
 */
export function exportPapers(
  papers: readonly Paper[],
  format: ExportFormat,
  notes: ReadonlyMap<string, PaperNote> = new Map(),
): string {
  const keys = new Set<string>()
  const entries = papers.map(paper => ({
    paper,
    key: citationKey(paper, keys),
    note: notes.get(paper.id) ?? {},
  }))
  return writers[format](entries)
}

/** The paper's BibTeX entry. */
export const citation = (paper: Paper): string => bibtexOf(paper, citationKey(paper))

const writers: Readonly<Record<ExportFormat, (entries: readonly Entry[]) => string>> = {
  bibtex: entries => entries.map(({ paper, key, note }) => bibtexOf(paper, key, note)).join('\n'),
  'csl-json': entries =>
    `${JSON.stringify(
      entries.map(({ paper, key, note }) => cslOf(paper, key, note)),
      undefined,
      2,
    )}\n`,
  csv,
  markdown: entries => entries.map(markdownItem).join(''),
}

function csv(entries: readonly Entry[]): string {
  const rows = entries.map(({ paper, note }) => ({
    id: paper.id,
    title: readable(paper.title),
    authors: paper.authors.join('; '),
    published: paper.published,
    venue: paper.venue,
    doi: paper.doi,
    arxiv: paper.arxiv,
    url: linksOf(paper).find(link => link.kind === 'paper')?.url,
    code: linksOf(paper).find(link => link.kind === 'code')?.url,
    status: note.status,
    tags: note.tags?.join('; '),
    note: note.note?.trim(),
    abstract: readable(paper.abstract),
  }))
  const columns = 'id title authors published venue doi arxiv url code status tags note abstract'.split(' ')
  // A cell that begins like a formula would be computed by the spreadsheet that opens the file.
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
  const facts = [
    paper.authors.length > 3 ? `${paper.authors[0]} et al.` : paper.authors.join(', '),
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

/** On one line, and with nothing that a Markdown reader takes for a mark, a mention or HTML. */
const markdown = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>()#+!|~$&@]/g, '\\$&')
    .replace(/^(\d+)([.)])|^[-=>]/, match => `${match.slice(0, -1)}\\${match.slice(-1)}`)
