import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Failure, messageOf } from './errors.ts'

/** What one task may use. */
export interface TaskLimits {
  /** In ms, from its start: then its thread is ended. */
  readonly timeout: number
  /** In MiB of JavaScript's memory. */
  readonly memory: number
}

/** Tasks of one module that may wait: one that finds more of them is refused, since its answer would be late. */
const mostWaiting = 20

interface Line {
  last: Promise<unknown>
  waiting: number
}

/** By module: nobody who wants a citation waits for a map of all papers. */
const lines = new Map<string, Line>()

/**
 * Runs a module in a thread of its own and returns the one message that it posts. One task of a module at a time, in their
 * order: the event loop goes on meanwhile, whatever a task does costs no more than its limits, and its memory is given
 * back. What it prints is dropped, because libraries print what they are given.
 * @param module reads `workerData`, and posts its result with `parentPort`
 * @param parts are posted to it one after the other, and then `undefined`: for more than can be copied at once
 * @throws Failure `limit` when too many wait or it takes too long; Error when it fails
 * @example await runTask<number>(new URL('./count-worker.ts', import.meta.url), text, { timeout: 5_000, memory: 64 })
 */
export async function runTask<Result>(
  module: URL,
  input: unknown,
  limits: TaskLimits,
  parts?: AsyncIterable<unknown>,
): Promise<Result> {
  const line = lines.get(module.href) ?? { last: Promise.resolve(), waiting: 0 }
  lines.set(module.href, line)
  if (line.waiting >= mostWaiting)
    throw new Failure('limit', 'Too many are asking for this now. Try again soon.')
  line.waiting += 1
  const done = line.last.then(() => run<Result>(module, input, limits, parts))
  line.last = done.catch(() => {})
  try {
    return await done
  } finally {
    line.waiting -= 1
    if (line.waiting === 0) lines.delete(module.href)
  }
}

async function run<Result>(
  module: URL,
  input: unknown,
  { timeout, memory }: TaskLimits,
  parts: AsyncIterable<unknown> | undefined,
): Promise<Result> {
  const worker = new Worker(module, {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: memory },
    stdout: true,
    stderr: true,
  })
  worker.stdout.resume()
  worker.stderr.resume()
  const tooLate = AbortSignal.timeout(timeout)
  const ended = new AbortController()
  worker.once('exit', () => ended.abort(new Error('its thread has ended without a result')))
  try {
    const result = once(worker, 'message', { signal: AbortSignal.any([tooLate, ended.signal]) })
    await Promise.race([handIn(worker, parts), result])
    return (await result)[0] as Result
  } catch (cause) {
    if (tooLate.aborted) throw new Failure('limit', 'This takes too long, and was given up.', { cause })
    throw new Error(`a task has failed: ${messageOf(cause)}`, { cause })
  } finally {
    await worker.terminate()
  }
}

async function handIn(worker: Worker, parts: AsyncIterable<unknown> | undefined): Promise<void> {
  if (parts === undefined) return
  for await (const part of parts) worker.postMessage(part)
  worker.postMessage(undefined)
}
