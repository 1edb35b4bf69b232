import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface StartReport {
  /** Since the process began. */
  readonly ms: number
  /** Processor time of all its threads. */
  readonly cpuMs: number
  readonly peakMib: number
  /** What it found or read. */
  readonly found: number
}

/** Tells the parent process how long it took to get here. */
export function reportStart(found: number): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const report: StartReport = {
    ms: performance.now(),
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    peakMib: maxRSS / 1024,
    found,
  }
  process.send?.(report)
  process.disconnect?.()
}

/** Runs one of `bots` with these variables of the environment. @returns what it reported before it ended */
export async function started(name: string, env: Readonly<Record<string, string>>): Promise<StartReport> {
  const child = fork(fileURLToPath(new URL(`./bots/${name}.ts`, import.meta.url)), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const [report] = (await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error(`${name} ended before it was ready`))),
  ])) as [StartReport]
  await ended
  return report
}
