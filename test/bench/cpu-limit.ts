import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'

const folder = '/sys/fs/cgroup/cpu'
const period = 20_000

export interface CpuLimit {
  /** Puts a process, and those that it starts from then on, under a limit of its own. */
  hold(pid: number): void
  close(): void
}

/** Holds each process to a share of one core by control groups (version 1); undefined where these cannot be written. */
export function openCpuLimit(share: number): CpuLimit | undefined {
  const made: string[] = []
  const groupOf = (name: string): string => {
    const group = `${folder}/lectern-bench-${name}`
    mkdirSync(group)
    made.push(group)
    writeFileSync(`${group}/cpu.cfs_period_us`, String(period))
    writeFileSync(`${group}/cpu.cfs_quota_us`, String(Math.round(share * period)))
    return group
  }
  const close = () => {
    for (const group of made.splice(0)) if (existsSync(group)) rmdirSync(group)
  }
  try {
    groupOf('probe')
  } catch {
    return undefined
  } finally {
    close()
  }
  return { hold: pid => writeFileSync(`${groupOf(String(pid))}/cgroup.procs`, String(pid)), close }
}
