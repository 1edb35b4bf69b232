import type { REST } from 'discord.js'
import { LRUCache } from 'lru-cache'
import type { Log } from '../log.ts'
import type { InteractionOutcome, Metrics } from '../metrics.ts'

export interface Timing {
  /** The first outcome counts. */
  note(outcome: InteractionOutcome): void
  /** Counts what was dealt with; `answered` when nothing else was noted. @param log says so, with the id of what it was */
  end(log: Log): void
}

export interface InteractionTimer {
  /** @param command its name. @param id of the interaction; undefined for a message, which is not acknowledged */
  begin(command: string, id?: string): Timing
}

/** Interactions that wait for their acknowledgement, at most. */
const maxWaiting = 5_000
const callback = /\/interactions\/(\d{17,20})\/[^/]+\/callback$/u
const second = 1_000

/** Times interactions; acknowledgements by Discord's own answers. */
export function openInteractionTimer(rest: REST, metrics: Metrics): InteractionTimer {
  const waiting = new LRUCache<string, number>({ max: maxWaiting })
  rest.on('response', ({ path }, { status }) => {
    const id = callback.exec(path)?.[1]
    const from = id === undefined ? undefined : waiting.get(id)
    if (id === undefined || from === undefined || status >= 300) return
    waiting.delete(id)
    metrics.acknowledged((performance.now() - from) / second)
  })
  rest.on('rateLimited', ({ timeToReset }) => metrics.rateLimited(timeToReset / second))
  return {
    begin(command, id) {
      const from = performance.now()
      if (id !== undefined) waiting.set(id, from)
      let outcome: InteractionOutcome | undefined
      return {
        note(what) {
          outcome ??= what
        },
        end(log) {
          const ms = performance.now() - from
          metrics.interaction(command, outcome ?? 'answered', ms / second)
          // Each that went well only where details are wanted.
          log[outcome === undefined ? 'debug' : 'info'](
            { command, outcome: outcome ?? 'answered', ms: Math.round(ms) },
            'dealt with',
          )
        },
      }
    },
  }
}
