import type { Kysely } from 'kysely'

/** Live sources, how far each was read, and which process may read from which kind of them at the moment. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sources')
    .addColumn('source_id', 'text', column => column.primaryKey().notNull())
    .addColumn('collection', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('user_id', 'text')
    .addColumn('spec', 'text', column => column.notNull())
    .addColumn('lane', 'text', column => column.notNull())
    .addColumn('state', 'text')
    .addColumn('health', 'text', column => column.notNull())
    .addColumn('first', 'integer', column => column.notNull().defaultTo(1))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('paused_at', 'bigint')
    .addColumn('next_at', 'bigint', column => column.notNull())
    .addColumn('told', 'text')
    .addColumn('notice', 'integer', column => column.notNull().defaultTo(0))
    .addUniqueConstraint('sources_name', ['collection', 'name'])
    .execute()
  await db.schema.createIndex('sources_next').on('sources').column('next_at').execute()
  await db.schema
    .createTable('source_lanes')
    .addColumn('lane', 'text', column => column.primaryKey().notNull())
    .addColumn('owner', 'text', column => column.notNull())
    .addColumn('lease_until', 'bigint', column => column.notNull())
    .execute()
}

export const sources = { up }
