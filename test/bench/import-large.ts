import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { largeCollection } from './search.ts'
import { type StartReport, started } from './start-report.ts'
import { table } from './table.ts'

const shippedPapers = resolve(import.meta.dirname, '../../corpus')

/** 108,906 papers imported into an empty SQLite database, imported again, and searched, beside a bare parse of the file. */
export async function benchLargeImport(): Promise<string> {
  if (!existsSync(largeCollection)) {
    console.error(`SKIPPED: no large collection at ${largeCollection}: its import was not measured.`)
    return 'The import of a large collection was not measured.'
  }
  const folder = await mkdtemp(join(tmpdir(), 'lectern-import-'))
  const bot = (name: string, corpus: string) => started(name, { CORPUS: corpus, DATA_DIR: folder })
  try {
    const bare = await bot('bare-parse', largeCollection)
    const fresh = await bot('import', largeCollection)
    const again = await bot('import', largeCollection)
    const first = await bot('large-start', shippedPapers)
    const later = await bot('large-start', shippedPapers)
    const { size } = await stat(join(folder, 'sandbox.sqlite'))
    const row = (name: string, report: StartReport) => [
      name,
      (report.ms / 1000).toFixed(1),
      (report.cpuMs / 1000).toFixed(1),
      (report.cpuMs / bare.cpuMs).toFixed(1),
      report.peakMib.toFixed(0),
    ]
    return [
      `Import of a file of ${bare.found} papers; the database takes ${(size / 2 ** 20).toFixed(0)} MiB`,
      table(
        ['process', 'seconds', 'processor seconds', 'times a bare parse', 'peak MiB'],
        [
          row('bare parse of the file', bare),
          row('into an empty database', fresh),
          row('the same file again', again),
          row('the first start after it, to the first answer', first),
          row('a later start', later),
        ],
      ),
    ].join('\n')
  } finally {
    await rm(folder, { recursive: true })
  }
}
