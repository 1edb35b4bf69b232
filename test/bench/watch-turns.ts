import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'

export interface Turns {
  readonly ms: number
  readonly cpuMs: number
  readonly longestMs: number
  /** Processor time of this thread in the turn that took the most of it: what others' work on the machine does not change. */
  readonly longestCpuMs: number
}

const cpuOf = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Runs the work, and notes how long each turn of the event loop takes meanwhile. */
export async function watchTurns(work: () => Promise<unknown>): Promise<Turns> {
  await sleep(20)
  let isOver = false
  const begin = { ms: performance.now(), cpu: cpuOf() }
  let last = begin
  let longestMs = 0
  let longestCpuMs = 0
  const note = () => {
    const now = { ms: performance.now(), cpu: cpuOf() }
    longestMs = Math.max(longestMs, now.ms - last.ms)
    longestCpuMs = Math.max(longestCpuMs, now.cpu - last.cpu)
    last = now
  }
  const watch = async () => {
    while (!isOver) {
      await turn()
      note()
    }
  }
  const watching = watch()
  await work()
  await turn()
  isOver = true
  await watching
  return { ms: last.ms - begin.ms, cpuMs: last.cpu - begin.cpu, longestMs, longestCpuMs }
}
