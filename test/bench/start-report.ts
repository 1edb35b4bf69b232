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
