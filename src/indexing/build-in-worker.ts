import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Paper } from '../corpus/paper.ts'
import type { IndexArrays } from '../search/index-arrays.ts'

export interface SaveRequest {
  readonly file: string
  readonly version: string
  /** As `paperHashes` gives them. */
  readonly hashes: Uint32Array
}

export type WorkerRequest =
  | { readonly papers: readonly Paper[] }
  | { readonly embeds: boolean; readonly save: SaveRequest | undefined }

export interface WorkerReply {
  readonly arrays: IndexArrays
  /** Why they could not be saved. */
  readonly problem: unknown
}

/** Papers that are copied for the thread between two turns of the event loop. */
const papersPerMessage = 100

/**
 * Indexes papers in a thread of its own, which also saves the index. Only copying the papers takes this thread's time,
 * a few milliseconds at once.
 * @throws whatever ended the thread
 */
export async function buildInWorker(
  papers: readonly Paper[],
  embeds: boolean,
  save: SaveRequest | undefined,
): Promise<WorkerReply> {
  const worker = new Worker(new URL('./index-worker.ts', import.meta.url))
  try {
    const replied = once(worker, 'message')
    replied.catch(() => {})
    for (let at = 0; at < papers.length; at += papersPerMessage) {
      worker.postMessage({ papers: papers.slice(at, at + papersPerMessage) } satisfies WorkerRequest)
      await turn()
    }
    worker.postMessage({ embeds, save } satisfies WorkerRequest)
    const [reply] = (await Promise.race([replied, ended(worker)])) as [WorkerReply]
    return reply
  } finally {
    await worker.terminate()
  }
}

async function ended(worker: Worker): Promise<never> {
  const [code] = await once(worker, 'exit')
  throw new Error(`the thread ended with ${code}`)
}
