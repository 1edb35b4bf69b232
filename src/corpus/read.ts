import { isDeepStrictEqual } from 'node:util'
import { excerpt, type Format, type Piece, type Rejected, type RejectedKind } from './format.ts'
import { bibtexFormat } from './formats/bibtex-reader.ts'
import { csv } from './formats/csv.ts'
import { json } from './formats/json.ts'
import { medline } from './formats/medline.ts'
import { ris } from './formats/ris.ts'
import { xml } from './formats/xml.ts'
import { sourcesInZip } from './formats/zip.ts'
import { jsonl } from './jsonl.ts'
import { page } from './page.ts'
import type { Paper } from './paper.ts'
import { isZip, openSource, type Source } from './source.ts'
import { filesOf } from './tree.ts'

/** The ONE list of formats; the first that accepts a file reads it. */
export const formats: readonly Format[] = [xml, bibtexFormat, ris, medline, json, csv, jsonl, page]

/** Most reports per file; further ones are only counted. */
const mostReports = 1000

export interface Corpus {
  /** In the order of the files and of their lines. No id twice. */
  readonly papers: Paper[]
  readonly rejected: Rejected[]
}

/**
 * Reads every paper in the files and folders. If an id occurs twice, the first paper is kept; the second is reported
 * unless it is equal. Files may be gzipped. Folders are read recursively, by name, without READMEs and hidden files;
 * a file reached twice is read once.
 * @throws Failure `missing` or `input` when a path itself cannot be read; problems below it are reported instead
 */
export async function readCorpus(paths: readonly string[]): Promise<Corpus> {
  const { files, rejected } = await filesOf(paths)
  const papers = new Map<string, Paper>()
  for (const file of files) rejected.push(...(await readInto(papers, file)))
  return { papers: [...papers.values()], rejected }
}

async function readInto(papers: Map<string, Paper>, file: string): Promise<Rejected[]> {
  if (!(await isZip(file))) return readSource(papers, file, await openSource(file))
  const rejected: Rejected[] = []
  for await (const inside of sourcesInZip(file)) {
    const place = inside.name === '' ? file : `${file}/${inside.name}`
    if ('reason' in inside) rejected.push({ file: place, line: 0, kind: 'damaged', reason: inside.reason })
    else rejected.push(...(await readSource(papers, place, inside.source)))
  }
  return rejected
}

async function readSource(papers: Map<string, Paper>, file: string, source: Source): Promise<Rejected[]> {
  const reports = new Reports(file)
  const format = formats.find(one => one.accepts(source.name, source.head))
  if (source.fault !== undefined) reports.add(0, source.fault)
  else if (format === undefined) reports.add(0, `no reader for this file; there are: ${names}`)
  else {
    const { found, withAbstract } = await readPieces(format.read(source.chunks), papers, reports)
    if (source.broken !== undefined) reports.add(source.broken.line, source.broken.reason)
    if (found === 0 && reports.empty) reports.add(0, 'holds no paper')
    if (found >= enoughToTell && withAbstract === 0)
      reports.add(0, 'none of its papers has an abstract', 'field')
  }
  return reports.all()
}

/** @returns how many papers there are, and how many of them have an abstract */
async function readPieces(
  pieces: AsyncIterable<Piece>,
  papers: Map<string, Paper>,
  reports: Reports,
): Promise<{ found: number; withAbstract: number }> {
  let found = 0
  let withAbstract = 0
  for await (const piece of pieces) {
    if ('reason' in piece) reports.add(piece.line, piece.reason, piece.kind)
    else {
      found++
      if (piece.paper.abstract !== '') withAbstract++
      keep(papers, piece.paper, reason => reports.add(piece.line, reason, 'duplicate'))
    }
  }
  return { found, withAbstract }
}

/** From this many papers without an abstract on, the file probably has its abstracts under an unknown key. */
const enoughToTell = 3

const names = formats.map(format => format.name).join(', ')

function keep(papers: Map<string, Paper>, paper: Paper, report: (reason: string) => void): void {
  const first = papers.get(paper.id)
  if (first === undefined) papers.set(paper.id, paper)
  else if (!isDeepStrictEqual(first, paper))
    report(`the id ${excerpt(paper.id)} belongs to another paper already: ${excerpt(paper.title)}`)
}

class Reports {
  readonly #file: string
  readonly #listed: Rejected[] = []
  #unlisted = 0

  constructor(file: string) {
    this.#file = file
  }

  get empty(): boolean {
    return this.#listed.length === 0
  }

  add(line: number, reason: string, kind: RejectedKind = 'damaged'): void {
    if (this.#listed.length < mostReports) this.#listed.push({ file: this.#file, line, kind, reason })
    else this.#unlisted++
  }

  all(): Rejected[] {
    const listed = this.#listed.toSorted((a, b) => a.line - b.line)
    if (this.#unlisted === 0) return listed
    const reason = `${this.#unlisted} more pieces are not listed`
    return [...listed, { file: this.#file, line: 0, kind: 'damaged', reason }]
  }
}
