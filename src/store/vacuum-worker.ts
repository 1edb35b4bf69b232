import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/** How long it waits for locks, in milliseconds: waiting blocks this thread only. */
const timeout = 1_000
const locked = new Set([5, 6])

function vacuum(file: string): boolean {
  const database = new DatabaseSync(file, { timeout })
  try {
    database.exec('PRAGMA secure_delete = ON; VACUUM;')
    const checkpoint = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
    return checkpoint?.busy === 0
  } catch (error) {
    if (locked.has(Number((error as { errcode?: unknown }).errcode) & 0xff)) return false
    throw error
  } finally {
    database.close()
  }
}

parentPort?.postMessage(vacuum(String(workerData)))
