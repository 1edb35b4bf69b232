/** The sandbox's time: deadlines, expiry and ids go by it, so that a test can move it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds by which it was moved on past its base. */
  ahead(): number
  /** Moves the clock forward; what falls due on the way happens at once. */
  jump(ms: number): void
  /** Runs `act` once, when the clock is `ms` further. Returns what cancels it. */
  after(ms: number, act: () => void): () => void
  /** Nothing falls due any more. */
  stop(): void
  readonly stopped: boolean
}

interface Timer {
  readonly due: number
  readonly act: () => void
}

/** The base clock can be any function, so nothing says when it moves: it is looked at this often, in real ms. */
const look = 20

/** @param base milliseconds since 1970; may stand still or leap */
export function createClock(base: () => number): Clock {
  const timers = new Set<Timer>()
  let ahead = 0
  let stopped = false
  let poll: NodeJS.Timeout | undefined
  const now = () => base() + ahead

  function rest() {
    if (timers.size > 0) return
    clearInterval(poll)
    poll = undefined
  }

  function runDue() {
    const due = [...timers].filter(timer => timer.due <= now()).sort((a, b) => a.due - b.due)
    for (const timer of due) if (timers.delete(timer)) timer.act()
    rest()
  }

  return {
    now,
    ahead: () => ahead,
    get stopped() {
      return stopped
    },
    jump(ms) {
      ahead += ms
      runDue()
    },
    after(ms, act) {
      const timer = { due: now() + ms, act }
      timers.add(timer)
      poll ??= setInterval(runDue, look).unref()
      return () => {
        timers.delete(timer)
        rest()
      }
    },
    stop() {
      stopped = true
      timers.clear()
      rest()
    },
  }
}
