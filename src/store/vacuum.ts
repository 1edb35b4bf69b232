import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/**
 * Rewrites a SQLite file with VACUUM, in a thread of its own: pages that were split keep copies of cells that `secure_delete`
 * does not know of. Others read meanwhile; writers wait for the lock.
 * @returns false when another connection held a lock
 */
export async function vacuum(file: string): Promise<boolean> {
  const worker = new Worker(new URL('./vacuum-worker.ts', import.meta.url), { workerData: file })
  const [done] = (await once(worker, 'message')) as [boolean]
  return done
}
