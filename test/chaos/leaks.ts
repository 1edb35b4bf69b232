import type { BotProcess } from './bot-process.ts'
import type { Measured } from './preload.ts'

export interface Samples {
  /** What grew without end, in words. */
  check(): string[]
  /** Figures of the process that lived longest. */
  figures(): Record<string, string>
  close(): void
}

const every = 5_000
/** Samples of one process that tell something. */
const enough = 8
/** What the later half of a process's life may hold more than the earlier one: caches fill, and nothing is exact. */
const heapRatio = 1.4
const heapSlack = 24
const handleSlack = 60

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

const handlesOf = ({ handles }: Measured) => Object.values(handles).reduce((all, count) => all + count, 0)

/** The second and the last quarter of a life, the first being its start. */
const quarters = <T>(list: readonly T[]) => {
  const quarter = Math.floor(list.length / 4)
  return [list.slice(quarter, 2 * quarter), list.slice(-quarter)] as const
}

/** Looks every few seconds at what the process that answers holds. */
export function openSamples(main: () => BotProcess): Samples {
  const lives = new Map<string, Measured[]>()
  let busy = false
  const timer = setInterval(async () => {
    if (busy) return
    busy = true
    const bot = main()
    const measured = await bot.measure()
    if (measured !== undefined) lives.set(bot.name, [...(lives.get(bot.name) ?? []), measured])
    busy = false
  }, every)
  return {
    check() {
      const wrong: string[] = []
      for (const [name, life] of lives) {
        if (life.at(-1)?.warnings.includes('MaxListenersExceededWarning'))
          wrong.push(`${name} leaks listeners`)
        if (life.length < enough) continue
        const [early, late] = quarters(life).map(part => ({
          heap: median(part.map(one => one.heap)),
          // What is under way goes again, and under trouble there is a lot of it; what leaks never does.
          handles: Math.min(...part.map(handlesOf)),
        }))
        if (early === undefined || late === undefined) continue
        if (late.heap > early.heap * heapRatio && late.heap > early.heap + heapSlack)
          wrong.push(`${name} went from ${early.heap.toFixed()} to ${late.heap.toFixed()} MiB of heap`)
        if (late.handles > early.handles + handleSlack)
          wrong.push(`${name} went from ${early.handles} to ${late.handles} handles`)
      }
      return wrong
    },
    figures() {
      const [name, life = []] = [...lives].sort((a, b) => b[1].length - a[1].length)[0] ?? []
      const earlyToLate = (of: (one: Measured) => number) => {
        const [early, late] = quarters(life)
        return `${median(early.map(of)).toFixed()} → ${median(late.map(of)).toFixed()}`
      }
      return {
        'longest life': `${name ?? 'none'}, ${(life.length * every) / 1_000} s`,
        'heap MiB, early → late': earlyToLate(one => one.heap),
        'resident MiB, early → late': earlyToLate(one => one.rss),
        'handles, early → late': earlyToLate(handlesOf),
      }
    },
    close: () => clearInterval(timer),
  }
}
