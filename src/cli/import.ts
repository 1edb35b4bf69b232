import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import cliProgress from 'cli-progress'
import { logFor } from '../bootstrap.ts'
import type { Config } from '../config.ts'
import { Failure } from '../errors.ts'
import { importPapers, type Summary } from '../import/import-papers.ts'
import { type Inputs, openInputs } from '../import/inputs.ts'
import { RejectedFile } from '../import/rejected-file.ts'
import { openStore } from '../open-store.ts'
import { snowflake } from '../snowflake.ts'
import { openTemporary } from '../store/open.ts'
import { sharedCollection } from '../store/paper-ports.ts'
import type { Store } from '../store/ports.ts'

export interface ImportArguments {
  readonly dryRun: boolean
  /** The server whose collection it is; undefined: everybody's. */
  readonly server: string | undefined
  /** Where rejected records are written; undefined: a file in the data directory. */
  readonly rejected: string | undefined
}

export interface ImportOutcome extends Summary {
  /** Undefined when nothing was rejected. */
  readonly rejectedFile: string | undefined
}

/** What an address may give to somebody at a terminal, who sees the bar and can stop it. */
const downloadLimits = { bytes: 16 * 1024 ** 3, time: 6 * 3_600_000 }

/** @throws Failure when an input cannot be read, or the database cannot be used */
export async function importInto(
  config: Config,
  names: readonly string[],
  { dryRun, server, rejected }: ImportArguments,
): Promise<ImportOutcome> {
  if (server !== undefined && !snowflake.test(server))
    throw new Failure('input', '--server needs a server’s id: 17 to 20 digits.')
  const inputs = await openInputs(names, { stdin: process.stdin, limits: downloadLimits })
  try {
    const store = await openStore(config, logFor(config))
    const rehearsal = dryRun ? await openTemporary() : undefined
    try {
      return await run(store, inputs, {
        rehearsal,
        collection: server ?? sharedCollection,
        rejected: new RejectedFile(rejected ?? (await defaultFile(config))),
      })
    } finally {
      await rehearsal?.close()
      await store.close()
    }
  } finally {
    await inputs.close()
  }
}

async function defaultFile({ dataDir }: Config): Promise<string> {
  await mkdir(dataDir, { recursive: true })
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  return join(dataDir, `rejected-${stamp}.jsonl`)
}

async function run(
  store: Store,
  inputs: Inputs,
  task: { rehearsal: Store | undefined; collection: string; rejected: RejectedFile },
): Promise<ImportOutcome> {
  const bar = progressBar(inputs)
  try {
    const summary = await importPapers(store.papers, inputs.records, {
      collection: task.collection,
      sourceOf: inputs.sourceOf,
      at: Date.now(),
      rehearsal: task.rehearsal?.papers,
      onRejected: rejected => task.rejected.add(rejected),
      onProgress: bar.show,
    })
    return { ...summary, rejectedFile: task.rejected.lines === 0 ? undefined : task.rejected.path }
  } finally {
    bar.stop()
    await task.rejected.close()
  }
}

/** On a terminal only: a log has no use for it. */
function progressBar({ bytes }: Inputs): { show: (summary: Summary) => void; stop: () => void } {
  const bar = new cliProgress.SingleBar({
    format: '{bar} {percentage}% · {records} records · {duration_formatted}',
    stream: process.stderr,
    noTTYOutput: false,
    clearOnComplete: true,
    hideCursor: true,
  })
  if (process.stderr.isTTY) bar.start(Math.max(1, bytes.total), 0, { records: 0 })
  const records = (summary: Summary): number => Object.values(summary).reduce((sum, count) => sum + count, 0)
  return {
    show: summary => bar.update(bytes.read(), { records: records(summary) }),
    stop: () => bar.stop(),
  }
}

/** @param dryRun nothing was written */
export function importText(outcome: ImportOutcome, dryRun: boolean): string {
  const { added, updated, unchanged, duplicate, rejected, rejectedFile } = outcome
  const counts = [
    `${added} added`,
    `${updated} updated`,
    `${unchanged} unchanged`,
    `${duplicate} duplicate`,
    `${rejected} rejected`,
  ].join(', ')
  return [
    dryRun ? `This would be: ${counts}. Nothing was changed.` : `${counts}.`,
    ...(rejectedFile === undefined ? [] : [`What was rejected or left out, and why: ${rejectedFile}`]),
  ].join('\n')
}
