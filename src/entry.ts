import dotenv from 'dotenv'
import { type Config, ConfigError, parseConfig } from './config.ts'
import { Failure } from './errors.ts'

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** Resolves when somebody asks the process to stop. A second signal ends it at once. */
export function untilStopped(): Promise<'stopped'> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('stopped'))
  })
}

/** Runs a process by its environment and `.env`, to its end: status 0, or 1 with what went wrong in one line. */
export async function runEntry(run: (config: Config) => Promise<void>): Promise<void> {
  try {
    const env = { ...process.env }
    dotenv.config({ quiet: true, processEnv: env as Record<string, string> })
    await run(parseConfig(env))
    process.exit(0)
  } catch (error) {
    const known = error instanceof Failure || error instanceof ConfigError
    process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  }
}
