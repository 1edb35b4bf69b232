import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../errors.ts'
import type { Log } from '../log.ts'
import type { LiveLibrary } from './live-library.ts'

/** Time between two looks at the store, in milliseconds: a change is to be searchable within a second. */
const usualInterval = 300

/**
 * Makes searchable what any process changes in the store, for as long as this one runs. A look at which nothing has changed
 * is one query of one row.
 * @returns a function that stops it, and resolves when the last look is over
 */
export function watchPapers(
  library: Pick<LiveLibrary, 'refresh'>,
  log: Log,
  interval = usualInterval,
): () => Promise<void> {
  const stop = new AbortController()
  let isFailing = false
  const look = async (): Promise<void> => {
    try {
      await library.refresh()
      isFailing = false
    } catch (err) {
      // A database that is away comes back, and has been reported by whoever needed it.
      const level = err instanceof Failure && err.kind === 'busy' ? 'info' : 'error'
      if (!isFailing) log[level]({ err }, 'changed papers could not be read')
      isFailing = true
    }
  }
  const watching = (async () => {
    while (!stop.signal.aborted) {
      await sleep(interval, undefined, { signal: stop.signal, ref: false }).catch(() => {})
      if (!stop.signal.aborted) await look()
    }
  })()
  return async () => {
    stop.abort()
    await watching
  }
}
