import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { lacking, startNode } from '../search-engine/node.ts'
import { searchEngine } from './engine.ts'
import type { Row } from './set.ts'

const run = promisify(execFile)
/** A figure that differs by more is marked: the aim is that nobody can tell where the papers are. */
const mostApart = 0.01
/** A node with many papers on a busy machine takes its time, in ms: what is measured here is not how long. */
const timeout = '60000'

/** A figure with the papers in memory, and with them on the search engine. */
interface Beside {
  readonly set: string
  readonly figure: string
  readonly memory: number
  readonly engine: number
}

/**
 * The figures of both engines beside each other, each measured in a process of its own. Without `SEARCH_URL` a node is
 * started for it. @returns a table; undefined: there is no node, which is said
 */
export async function besideEachOther(names: readonly string[]): Promise<string | undefined> {
  const reason = searchEngine === undefined ? lacking() : undefined
  if (reason !== undefined) {
    console.error(`SKIPPED: ${reason}`)
    return undefined
  }
  const node = searchEngine === undefined ? await startNode({ heap: '1g' }) : undefined
  const address = node?.url ?? process.env['SEARCH_URL']
  try {
    const memory = await rowsOf(names, undefined)
    const engine = await rowsOf(names, address)
    return table(
      memory.map(({ set, figure, lectern }, i) => ({
        set,
        // Two areas under the curve stand in no one title.
        figure: figure.replace(/ \(area .{1,40}\)$/u, ''),
        memory: lectern,
        engine: engine[i]?.lectern ?? Number.NaN,
      })),
    )
  } finally {
    await node?.stop()
  }
}

async function rowsOf(names: readonly string[], address: string | undefined): Promise<Row[]> {
  const { SEARCH_URL: _, ...env } = process.env
  const { stdout } = await run(process.execPath, [`${import.meta.dirname}/run.ts`, '--json', ...names], {
    env: address === undefined ? env : { SEARCH_TIMEOUT: timeout, ...env, SEARCH_URL: address },
    maxBuffer: 2 ** 26,
  })
  return JSON.parse(stdout) as Row[]
}

function table(rows: readonly Beside[]): string {
  const lines = rows.map(({ set, figure, memory, engine }) => {
    const apart = engine - memory
    const mark = Math.abs(apart) > mostApart ? ' **' : ''
    return `| ${set} | ${figure} | ${memory.toFixed(3)} | ${engine.toFixed(3)} | ${apart.toFixed(3)}${mark} |`
  })
  return ['| set | figure | memory | OpenSearch | apart |', '| --- | --- | --- | --- | --- |', ...lines].join(
    '\n',
  )
}
