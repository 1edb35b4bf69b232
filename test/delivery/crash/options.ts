/** Where a process is killed. `after the send` the channel's side does it, before it answers. */
export const crashPoints = [
  'before the claim',
  'after the claim',
  'after the choice',
  'after the send',
  'after the answer',
] as const
export type CrashPoint = (typeof crashPoints)[number]

export interface CrashOptions {
  readonly name: string
  readonly postgres: boolean
  /** A file or an address. */
  readonly database: string
  readonly channels: string
  /** When the run began, epoch ms: all its processes share one clock. */
  readonly start: number
  readonly crashAt: CrashPoint | undefined
  /** At which pass of the point. */
  readonly nth: number
}

/** The run's clock goes so much faster than the real one: leases and pauses take seconds, not minutes. */
export const speed = 10
