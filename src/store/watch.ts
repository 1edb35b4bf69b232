import { Failure } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Store } from './ports.ts'

/** Time between two checks, in milliseconds. */
const usualInterval = 60_000

/**
 * Checks each minute that the database still exists and is intact, and logs an error once when it is not. Writes are
 * refused by the store itself.
 * @returns a function that stops it
 */
export function watchStore(store: Pick<Store, 'check'>, log: Log, interval = usualInterval): () => void {
  let said = ''
  const look = async (): Promise<void> => {
    try {
      await store.check()
      if (said !== '') log.warn('the database is in order again')
      said = ''
    } catch (err) {
      // A busy or unreachable database recovers; requests made meanwhile have reported it.
      if (err instanceof Failure && err.kind !== 'storage') return
      const text = err instanceof Failure ? err.message : 'Something unexpected is wrong with it.'
      if (text !== said) log.fatal({ err }, `THE DATABASE CANNOT BE USED: ${text}`)
      said = text
    }
  }
  let looking = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, interval).unref()
  return () => clearInterval(timer)
}
