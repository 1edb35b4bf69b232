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

/** Tasks that may wait: one that finds more of them is refused, since its answer would be late. */
const mostWaiting = 20

let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/**
 * Runs a module in a thread of its own and returns the one message that it posts. One task at a time, in their order: the
 * event loop goes on meanwhile, whatever a task does costs no more than its limits, and its memory is given back. What it
 * prints is dropped, because libraries print what they are given.
 * @param module reads `workerData`, and posts its result with `parentPort`
 * @throws Failure `limit` when too many wait or it takes too long; Error when it fails
 * @example await runTask<number>(new URL('./count-worker.ts', import.meta.url), text, { timeout: 5_000, memory: 64 })
 */
export async function runTask<Result>(module: URL, input: unknown, limits: TaskLimits): Promise<Result> {
  if (waiting >= mostWaiting) throw new Failure('limit', 'Too many are asking for this now. Try again soon.')
  waiting += 1
  const done = last.then(() => run<Result>(module, input, limits))
  last = done.catch(() => {})
  try {
    return await done
  } finally {
    waiting -= 1
  }
}

async function run<Result>(module: URL, input: unknown, { timeout, memory }: TaskLimits): Promise<Result> {
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
  try {
    const signal = AbortSignal.any([tooLate, ended.signal])
    worker.once('exit', () => ended.abort(new Error('its thread has ended without a result')))
    const [result] = (await once(worker, 'message', { signal })) as [Result]
    return result
  } catch (cause) {
    if (tooLate.aborted) throw new Failure('limit', 'This takes too long, and was given up.', { cause })
    throw new Error(`a task has failed: ${messageOf(cause)}`, { cause })
  } finally {
    await worker.terminate()
  }
}
