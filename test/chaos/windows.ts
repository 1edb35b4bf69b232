type Scope = 'all' | 'writes'

/** Times in which an interaction may stay without an answer, because no process of the bot could hear of it. */
export interface Windows {
  /** @param of what may be lost: everything, or what has to be stored alone. @returns what ends it */
  open(why: string, of?: Scope): () => void
  /** Why what went on between these two times, epoch ms, may have been lost; undefined: it may not. */
  over(from: number, to: number, of?: Scope): string | undefined
  /** Seconds, by reason. */
  totals(): Record<string, number>
}

/** A gateway that is back has still to send what it kept, in ms. */
const afterwards = 1_000

export function openWindows(): Windows {
  const all: { readonly why: string; readonly of: Scope; readonly from: number; to: number }[] = []
  return {
    open(why, of = 'all') {
      const window = { why, of, from: Date.now(), to: Number.POSITIVE_INFINITY }
      all.push(window)
      return () => {
        window.to = Math.min(window.to, Date.now() + afterwards)
      }
    },
    over: (from, to, of = 'all') =>
      all.find(window => (window.of === 'all' || of === 'writes') && from <= window.to && to >= window.from)
        ?.why,
    totals() {
      const totals: Record<string, number> = {}
      for (const { why, from, to } of all)
        totals[why] = (totals[why] ?? 0) + (Math.min(to, Date.now()) - from) / 1_000
      return totals
    },
  }
}

/** The machine gives this very process no time: then neither it nor the bot can be held to a deadline. */
export function watchStarvation(windows: Windows): () => void {
  const step = 100
  let last = performance.now()
  const timer = setInterval(() => {
    const late = performance.now() - last - step
    last = performance.now()
    if (late > 500) windows.open('machine busy')()
  }, step)
  return () => clearInterval(timer)
}
