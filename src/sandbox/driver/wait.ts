import type { LabEvent } from '../state/bus.ts'
import type { World } from '../state/world.ts'

/** Real ms that a test waits for the bot before it says what did not happen. */
export const patience = 10_000

/**
 * Resolves with the first value that `look` finds, now or after some event.
 * @param what for the error when patience ends
 */
export function until<T>(
  world: World,
  look: (event: LabEvent | undefined) => T | undefined,
  what: string,
): Promise<T> {
  const found = look(undefined)
  if (found !== undefined) return Promise.resolve(found)
  return new Promise((resolve, reject) => {
    const stop = world.bus.on(event => {
      const late = look(event)
      if (late === undefined) return
      end()
      resolve(late)
    })
    const timer = setTimeout(() => {
      end()
      reject(new Error(`waited ${patience} ms in vain for ${what}`))
    }, patience)
    function end() {
      clearTimeout(timer)
      stop()
    }
  })
}
