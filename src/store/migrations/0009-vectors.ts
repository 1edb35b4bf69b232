import { type Kysely, sql } from 'kysely'

/** Vectors that a model computed, so that a restart does not compute them again. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('vectors')
    .addColumn('model', 'text', column => column.notNull())
    .addColumn('content_hash', 'text', column => column.notNull())
    // Postgres's name for bytes. SQLite keeps bytes as they are under any name.
    .addColumn('vector', sql`bytea`, column => column.notNull())
    .addColumn('used_on', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('vectors_key', ['model', 'content_hash'])
    .execute()
  await db.schema.createIndex('vectors_used').on('vectors').column('used_on').execute()
}

export const vectors = { up }
