import type { WorldEvent } from '../state/bus.ts'
import type { Interaction } from '../state/types.ts'
import type { World } from '../state/world.ts'

/** Real ms that a test waits for the bot before it says what did not happen. */
const timeout = 10_000

/**
 * Resolves with the first value that `look` finds, now or after some event.
 * @param what for the error when patience ends
 */
export function until<T>(
  world: World,
  find: (event: WorldEvent | undefined) => T | undefined,
  what: string,
): Promise<T> {
  const found = find(undefined)
  if (found !== undefined) return Promise.resolve(found)
  return new Promise((resolve, reject) => {
    const stop = world.bus.on(event => {
      const late = find(event)
      if (late === undefined) return
      end()
      resolve(late)
    })
    const timer = setTimeout(() => {
      end()
      reject(new Error(`waited ${timeout} ms in vain for ${what}`))
    }, timeout)
    function end() {
      clearTimeout(timer)
      stop()
    }
  })
}

/** Resolves once the bot has acknowledged, or the sandbox's clock says that it is too late. */
export const answered = (world: World, interaction: Interaction): Promise<Interaction> =>
  until(
    world,
    () => (interaction.state === 'waiting' ? undefined : interaction),
    `an acknowledgement of ${interaction.id}`,
  )
