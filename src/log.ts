import { pino } from 'pino'
import pretty from 'pino-pretty'
import { loggedError } from './log-error.ts'

export type Log = pino.Logger

export interface LogOptions {
  readonly level: string
  /** Strings that must never be written, wherever they turn up. */
  readonly secrets: readonly (string | undefined)[]
  /** Lines for people instead of JSON. */
  readonly pretty?: boolean
}

/** How the log's lines show what they are about, wherever they are written. */
export const serializers = { err: (error: unknown) => loggedError(error) }

/** The program's log, on standard error. Secrets are cut out of the finished line, so no path can leak one. */
export function openLog({ level, secrets, pretty: readable = false }: LogOptions): Log {
  const known = secrets.filter(secret => secret !== undefined && secret !== '')
  const hooks = {
    streamWrite: (line: string) =>
      known.reduce<string>((text, secret) => text.replaceAll(secret ?? '', '[secret]'), line),
  }
  const base = { level, base: null, hooks, serializers }
  if (!readable) return pino(base, pino.destination({ dest: 2, sync: true }))
  return pino(base, pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'HH:MM:ss' }))
}
