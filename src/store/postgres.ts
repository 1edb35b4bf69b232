import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Source } from './db.ts'
import type { Schema } from './schema.ts'

/** Postgres's type number of bigint. */
const bigint = 20

/** A Postgres database, for several processes. @param onLost called for each connection that broke; it is replaced */
export function postgresSource(url: string, onLost: (error: Error) => void): Source {
  return {
    kind: 'postgres',
    connect() {
      const pool = new pg.Pool({
        connectionString: url,
        max: 10,
        connectionTimeoutMillis: 5_000,
        statement_timeout: 15_000,
        query_timeout: 20_000,
        idle_in_transaction_session_timeout: 30_000,
        keepAlive: true,
        application_name: 'lectern',
        // Times and counts stay far below 2^53.
        types: {
          getTypeParser: (id: number, format?: 'text') =>
            id === bigint ? Number : pg.types.getTypeParser(id, format ?? 'text'),
        } as pg.CustomTypesConfig,
      })
      // Without these a connection that breaks, idle or between two queries of a transaction, would end the process.
      pool.on('error', onLost)
      pool.on('connect', client => client.on('error', onLost))
      return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
    },
    // A Postgres server looks after its own files.
    async inspect() {},
    check() {},
    // What was deleted goes with the server's own vacuum.
    scrub: async () => true,
  }
}
