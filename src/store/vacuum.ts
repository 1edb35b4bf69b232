import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/**
 * Writes a SQLite file anew, in a thread of its own: pages that were split keep copies of cells that `secure_delete`
 * does not know of. Others read meanwhile; writers wait for the lock.
 * @returns false when somebody's lock was in the way
 */
export async function vacuum(file: string): Promise<boolean> {
  const worker = new Worker(new URL('./vacuum-worker.ts', import.meta.url), { workerData: file })
  const [done] = (await once(worker, 'message')) as [boolean]
  return done
}
