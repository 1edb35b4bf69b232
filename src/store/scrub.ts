import { setTimeout as sleep } from 'node:timers/promises'
import type { Change, Db } from './db.ts'
import { addSetting, removeSetting, settingIn } from './settings.ts'

/** Name of the global setting that is set while the files may still contain deleted data. */
const name = 'scrub'

/** Tries while the caller waits, and the pause between them in milliseconds. */
const tries = 3
const pause = 100
/** Between the tries that follow, in milliseconds. */
const laterPause = 30_000

/** Removes deleted data from the database's files: now, in the background, or at the next start. */
export interface Scrubber {
  /** At startup: finishes what an earlier process could not. */
  start(): Promise<void>
  run(): Promise<void>
}

/** Within the transaction that deletes. */
export const noteScrub = (change: Change): Promise<void> => addSetting(change, '', name, 'due')

export function openScrubber(db: Db): Scrubber {
  let waiting = false
  const attempt = async (): Promise<boolean> => {
    if (!(await db.scrub())) return false
    await db.write(change => removeSetting(change, '', name))
    return true
  }
  const later = (): void => {
    if (waiting) return
    waiting = true
    const again = async () => {
      waiting = false
      if (!(await attempt())) later()
    }
    // What fails now, for example because the database is being closed, is done at the next start.
    setTimeout(() => void again().catch(() => {}), laterPause).unref()
  }
  const run = async (): Promise<void> => {
    // The rows are gone already: nothing that fails here undoes it.
    for (let count = 1; count <= tries; count++) {
      if (await attempt().catch(() => false)) return
      await sleep(pause)
    }
    later()
  }
  return {
    run,
    async start() {
      const due = await db.read(rows => settingIn(rows, '', name))
      if (due !== undefined) await run()
    },
  }
}
