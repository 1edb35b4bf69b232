import { compactHeapAfterStart } from './compact-heap.ts'
import { type Config, ConfigError, parseConfig } from './config.ts'
import { environment } from './environment.ts'
import { Failure } from './errors.ts'

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** How long a stop may take, in ms: longer than the sends in flight, and their acknowledgement, are waited for. */
const stopTimeout = 40_000

/** Signals so soon after the first, in ms, are the same stop: npm, systemd and a shard's parent pass on what the process got too. */
const sameStop = 1_000

const endAsItIs = (why: string): void => {
  process.stderr.write(`${why}\n`)
  process.exit(1)
}

/** Resolves when somebody asks the process to stop. Who asks again ends it at once. */
function untilStopped(): Promise<'stopped'> {
  return new Promise(resolve => {
    let askedAt: number | undefined
    const stop = () => {
      askedAt ??= performance.now()
      if (performance.now() - askedAt > sameStop) endAsItIs('Lectern ends as it is.')
      resolve('stopped')
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
    // A shard does not outlive the process that started it, however that ended.
    process.once('disconnect', () => resolve('stopped'))
    if (process.env['npm_lifecycle_event'] !== undefined) onOrphaned(() => resolve('stopped'))
  })
}

/** Known before the long start, in which it may end. */
const parent = process.ppid
/** How often it is looked whether the parent is there, in ms. */
const parentInterval = 1_000

/** npm passes a signal on to the shell that it runs a script in, which ends of it without passing it on. */
function onOrphaned(tell: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    tell()
  }, parentInterval)
  timer.unref()
}

/**
 * Waits until the process is to stop or has lost Discord, then closes what was opened, one after the other.
 * @throws Failure why Discord was lost
 */
export async function untilEnded(
  { lost }: { readonly lost: Promise<Failure> },
  closings: readonly ((() => unknown) | undefined)[],
): Promise<void> {
  compactHeapAfterStart()
  const ended = await Promise.race([lost, untilStopped()])
  setTimeout(() => endAsItIs('Lectern could not stop in time and ends as it is.'), stopTimeout).unref()
  for (const close of closings) await close?.()
  if (ended instanceof Failure) throw ended
  say('Lectern has stopped.')
}

/** Runs a process by its environment and `.env`, to its end: status 0, or 1 with what went wrong in one line. */
export async function runEntry(run: (config: Config) => Promise<void>): Promise<void> {
  try {
    await run(parseConfig(environment()))
    process.exit(0)
  } catch (error) {
    const known = error instanceof Failure || error instanceof ConfigError
    process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  }
}
