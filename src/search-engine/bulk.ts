import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Engine } from './engine.ts'
import { EngineError } from './engine-error.ts'

/** One change of an index. With a version, an older one never replaces a newer one, whoever writes first. */
export interface Operation {
  readonly id: string
  /** Undefined: the document is deleted. */
  readonly entry?: object | undefined
  readonly version?: number | undefined
}

const Outcome = z.object({ status: z.number() })
const Answer = z.object({
  items: z.array(z.object({ index: Outcome.optional(), delete: Outcome.optional() })),
})

/** Written at once; an abstract takes some 8 KB. */
const mostBytes = 4 * 2 ** 20
/** As long as an engine under load may take, in ms. */
const timeout = 60_000
/** A busy engine is left alone for so long, in ms, twice as long each time. */
const firstWait = 250
const mostTries = 9

/**
 * Writes documents into an index: as many at once as fit into a few megabytes, and slower when the engine says that it
 * has too much to do.
 * @throws EngineError when it does not take them; doing it again changes nothing
 */
export async function writeAll(
  engine: Engine,
  index: string,
  operations: readonly Operation[],
  wait: (ms: number) => Promise<unknown> = sleep,
): Promise<void> {
  let lines: { readonly operation: Operation; readonly text: string }[] = []
  let bytes = 0
  const flush = async () => {
    if (lines.length > 0) await write(engine, index, lines, wait)
    lines = []
    bytes = 0
  }
  for (const operation of operations) {
    const text = linesOf(operation)
    if (bytes + text.length > mostBytes) await flush()
    lines.push({ operation, text })
    bytes += text.length
  }
  await flush()
}

interface Line {
  readonly operation: Operation
  readonly text: string
}

async function write(
  engine: Engine,
  index: string,
  lines: readonly Line[],
  wait: (ms: number) => Promise<unknown>,
): Promise<void> {
  let left = lines
  for (let tried = 1; left.length > 0; tried++) {
    left = await writeOnce(engine, index, left)
    if (left.length === 0) return
    if (tried === mostTries) throw new EngineError('busy')
    await wait(firstWait * 2 ** (tried - 1))
  }
}

/** @returns what the engine had no time for */
async function writeOnce(engine: Engine, index: string, lines: readonly Line[]): Promise<readonly Line[]> {
  const answer = await engine
    .call('write', {
      method: 'POST',
      path: `/${index}/_bulk`,
      body: lines.map(({ text }) => text).join(''),
      answer: Answer,
      timeout,
    })
    .catch(error => {
      if (error instanceof EngineError && error.problem === 'busy') return undefined
      throw error
    })
  if (answer === undefined) return lines
  const statuses = answer.items.map(item => (item.index ?? item.delete)?.status ?? 500)
  const refused = statuses.find(status => status >= 400 && !isTaken(status) && !isLater(status))
  if (refused !== undefined) throw new EngineError('rejected', { status: refused })
  return lines.filter((_, i) => isLater(statuses[i] ?? 500))
}

/** 404: what is to be deleted is not there. 409: somebody wrote a newer version. */
const isTaken = (status: number): boolean => status === 404 || status === 409
const isLater = (status: number): boolean => status === 429 || status === 503

function linesOf({ id, entry, version }: Operation): string {
  const target = {
    _id: id,
    ...(version === undefined ? {} : { version, version_type: 'external_gte' }),
  }
  return entry === undefined
    ? `${JSON.stringify({ delete: target })}\n`
    : `${JSON.stringify({ index: target })}\n${JSON.stringify(entry)}\n`
}
