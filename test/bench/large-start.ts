import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { largeCollection } from './search.ts'
import { type StartReport, started } from './start-report.ts'
import { quantile, table } from './table.ts'

/** The two kinds of process take turns, so that a machine that slows down slows both. */
const rounds = 3

const start = (name: string, folder: string) => started(name, { CORPUS: largeCollection, DATA_DIR: folder })

/** From the process's first instant to the first answer over 108,906 papers, beside a bare parse of the same file. */
export async function benchLargeStart(): Promise<string> {
  if (!existsSync(largeCollection)) {
    console.error(`SKIPPED: no large collection at ${largeCollection}: its start was not measured.`)
    return 'The start with a large collection was not measured.'
  }
  const folder = await mkdtemp(join(tmpdir(), 'lectern-start-'))
  try {
    const first = await start('large-start', folder)
    const later: StartReport[] = []
    const bare: StartReport[] = []
    for (let round = 0; round < rounds; round++) {
      later.push(await start('large-start', folder))
      bare.push(await start('bare-parse', folder))
    }
    const { size } = await stat(join(folder, 'sandbox-index/papers.index'))
    return report(first, later, bare, size)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function report(
  first: StartReport,
  later: readonly StartReport[],
  bare: readonly StartReport[],
  bytes: number,
): string {
  const median = (list: readonly StartReport[], key: keyof StartReport) =>
    quantile(
      list.map(one => one[key]),
      0.5,
    )
  const row = (name: string, list: readonly StartReport[]) => [
    name,
    (median(list, 'ms') / 1000).toFixed(1),
    (median(list, 'cpuMs') / 1000).toFixed(1),
    (median(list, 'cpuMs') / median(bare, 'cpuMs')).toFixed(1),
    median(list, 'peakMib').toFixed(0),
  ]
  return [
    `Start with ${median(bare, 'found')} papers: from the process's first instant to the first answer, ${rounds} starts in turn, medians`,
    table(
      ['process', 'seconds', 'processor seconds', 'times a bare parse', 'peak MiB'],
      [
        row('without a saved index', [first]),
        row('with a saved index', later),
        row('bare parse of the file', bare),
      ],
    ),
    `The saved index takes ${(bytes / 2 ** 20).toFixed(0)} MiB.`,
  ].join('\n')
}
