import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import { openPostgres, openSqlite } from './store/open.ts'
import type { Store } from './store/ports.ts'

/** What was tried in the sandbox has no place among a lab's own lists. */
const storeFile = ({ token, dataDir }: Config): string =>
  join(dataDir, token === undefined ? 'sandbox.sqlite' : 'lectern.sqlite')

const usesPostgres = ({ databaseUrl, token }: Config): boolean =>
  databaseUrl !== undefined && token !== undefined

/** Looking something up makes no database where there is none. */
export const hasStore = (config: Config): boolean => usesPostgres(config) || existsSync(storeFile(config))

/** @throws Failure when the database cannot be used */
export function openStore(config: Config, log: Log): Promise<Store> {
  const unreadable = (table: string, id: string) =>
    log.error({ table, id }, 'a row of the database cannot be read and was set aside')
  if (config.databaseUrl === undefined || config.token === undefined)
    return openSqlite(storeFile(config), unreadable)
  const lost = (err: Error) => log.warn({ err }, 'a database connection broke')
  return openPostgres(config.databaseUrl, lost, unreadable)
}
