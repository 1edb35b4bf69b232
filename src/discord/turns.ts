import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { Requester, WorkQueue } from './work-queue.ts'

/** Whoever has to wait longer is acknowledged at once, ms: the event loop may be slower than it seems. */
const acknowledgeFrom = 50

/** How one interaction waits for its searches. */
export interface Turn {
  /** Runs the work when its turn has come: `CommandContext.inTurn`. */
  inTurn<T>(work: () => T | Promise<T>): Promise<T>
  /** Resolves as soon as it has to wait so long that it should be acknowledged now. */
  readonly isLong: Promise<void>
}

/** The turns of one interaction in the queue of all. */
export function turnIn(queue: WorkQueue, requester: Requester): Turn {
  const { promise: isLong, resolve } = Promise.withResolvers<void>()
  let isMine = false
  return {
    isLong,
    async inTurn(work) {
      // Within its own turn it would wait for itself.
      if (isMine) return work()
      // A moment later: what the queue refuses is answered in words at once.
      if (queue.expectedWait >= acknowledgeFrom) setImmediate(resolve)
      return queue.run(requester, async () => {
        isMine = true
        try {
          return await work()
        } finally {
          isMine = false
        }
      })
    },
  }
}

/**
 * Begins works one after the other, with a turn of the event loop between two of them: a burst of interactions that each
 * take a few milliseconds must not keep the acknowledgements of all waiting until the last is done.
 */
export function openPace(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return () => {
    last = last.then(() => yieldToOthers())
    return last
  }
}
