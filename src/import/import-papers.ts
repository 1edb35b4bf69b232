import type { Rejected } from '../corpus/format.ts'
import { idBeyondFile } from '../corpus/ids.ts'
import type { Paper } from '../corpus/paper.ts'
import type { PaperRecord } from '../corpus/records.ts'
import type { NewPapers, Papers, Upserted } from '../store/paper-ports.ts'

/** How many records became what. Every record of a file is counted once. */
export interface Summary {
  readonly added: number
  readonly updated: number
  readonly unchanged: number
  /** Records of a paper that an earlier record of the same import added. */
  readonly duplicate: number
  /** Records that give no paper. */
  readonly rejected: number
  /** New papers for which the collection has no room. */
  readonly refused: number
}

export interface ImportOptions {
  readonly collection: string
  /** Names the records' source, given the file that they are in. */
  readonly sourceOf: (file: string) => string
  /** When the import began, in epoch milliseconds: what is added gets this time. */
  readonly at: number
  readonly most?: number | undefined
  /** Where papers that would be added are kept meanwhile, so that a dry run knows duplicates; nothing else is written. */
  readonly rehearsal?: Papers | undefined
  /** Called for every rejected record, and for fields that are left out of papers. */
  readonly onRejected?: ((rejected: Rejected) => void | Promise<void>) | undefined
  /** Called after each batch. */
  readonly onProgress?: ((summary: Summary) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** Records that are written at once: a killed import has lost no more. */
const batchSize = 200

/**
 * Reads the records into the collection, in batches. Doing it again changes nothing, and a killed import is finished by
 * doing it again: what is there is left as it is.
 * @throws the signal's reason when it is aborted; what was written stays
 */
export async function importPapers(
  papers: Papers,
  records: AsyncIterable<PaperRecord | Rejected>,
  options: ImportOptions,
): Promise<Summary> {
  const run = new Run(papers, options)
  for await (const record of records) {
    options.signal?.throwIfAborted()
    if ('reason' in record) await run.reject(record)
    else await run.take(record)
  }
  await run.flush()
  return run.summary()
}

class Run {
  readonly #papers: Papers
  readonly #options: ImportOptions
  readonly #counts = { added: 0, updated: 0, unchanged: 0, duplicate: 0, rejected: 0, refused: 0 }
  #file = ''
  #batch: Paper[] = []

  constructor(papers: Papers, options: ImportOptions) {
    this.#papers = papers
    this.#options = options
  }

  summary(): Summary {
    return { ...this.#counts }
  }

  async reject(rejected: Rejected): Promise<void> {
    if (rejected.kind === 'damaged' || rejected.kind === 'untitled') this.#counts.rejected++
    await this.#options.onRejected?.(rejected)
  }

  async take({ file, paper }: PaperRecord): Promise<void> {
    if (file !== this.#file) await this.flush()
    this.#file = file
    if (this.#batch.push({ ...paper, id: idBeyondFile(paper) }) >= batchSize) await this.flush()
  }

  async flush(): Promise<void> {
    if (this.#batch.length === 0) return
    const batch = this.#batch
    this.#batch = []
    const { collection, at, most, sourceOf, rehearsal, onProgress } = this.#options
    const news: NewPapers = { collection, source: sourceOf(this.#file), papers: batch, at, most }
    const done = await this.#papers.upsert({ ...news, dryRun: rehearsal !== undefined })
    if (rehearsal === undefined) this.#count(done)
    else await this.#rehearse(rehearsal, news, done)
    onProgress?.(this.summary())
  }

  async #rehearse(rehearsal: Papers, news: NewPapers, done: readonly Upserted[]): Promise<void> {
    const isNew = (at: number): boolean => done[at]?.outcome === 'added' || done[at]?.outcome === 'duplicate'
    const papers = news.papers.filter((_, at) => isNew(at))
    this.#count(done.filter((_, at) => !isNew(at)))
    this.#count(await rehearsal.upsert({ ...news, papers }))
  }

  #count(done: readonly Upserted[]): void {
    for (const { outcome } of done) this.#counts[outcome]++
  }
}
