import { runTask } from '../worker-task.ts'

/**
 * Draws a picture, in a thread of its own.
 * @param svg of `picture`
 * @returns a PNG
 * @throws Failure `limit` when it takes too long or too many wait
 */
export const pngOf = (svg: string): Promise<Uint8Array> =>
  runTask(new URL('./png-worker.ts', import.meta.url), svg, { timeout: 30_000, memory: 256 })
