import { isDeepStrictEqual } from 'node:util'
import { excerpt, type Rejected } from './format.ts'
import type { Paper } from './paper.ts'
import { type RecordFile, recordFiles } from './records.ts'
import { filesOf } from './tree.ts'

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
  for (const file of files)
    for await (const part of recordFiles(file)) rejected.push(...(await readInto(papers, part)))
  return { papers: [...papers.values()], rejected }
}

async function readInto(papers: Map<string, Paper>, { place, records }: RecordFile): Promise<Rejected[]> {
  const reports = new Reports(place)
  for await (const record of records) {
    if ('reason' in record) reports.add(record)
    else keep(papers, record.paper, reason => reports.add({ ...record, kind: 'duplicate', reason }))
  }
  return reports.all()
}

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

  add({ line, kind, reason }: Omit<Rejected, 'file'>): void {
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
