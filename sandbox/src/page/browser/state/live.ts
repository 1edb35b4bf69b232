import type { PersonEvent } from '../../../person-api.ts'

export interface Live {
  readonly close: () => void
}

interface LiveHandlers {
  readonly event: (event: PersonEvent) => void
  /** The stream broke; it is being tried again. */
  readonly lost: () => void
}

const firstPause = 500
const longestPause = 5000

/**
 * Follows a stream of events for as long as it is not closed. EventSource itself gives up after an HTTP error,
 * which is what a restarting server answers with, so every break gets a new one after a growing pause.
 */
export function follow(path: string, handlers: LiveHandlers): Live {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = firstPause
  const open = () => {
    const mine = new EventSource(path)
    source = mine
    mine.onmessage = message => {
      pause = firstPause
      handlers.event(JSON.parse(String(message.data)) as PersonEvent)
    }
    mine.onerror = () => {
      mine.close()
      handlers.lost()
      timer = setTimeout(open, pause)
      pause = Math.min(pause * 2, longestPause)
    }
  }
  open()
  return {
    close: () => {
      clearTimeout(timer)
      source?.close()
    },
  }
}
