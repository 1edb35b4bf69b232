import { type Kysely, sql } from 'kysely'

/** Papers of the lab's own, shared and per server, and a number that says which of them changed since when. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('papers')
    .addColumn('collection', 'text', column => column.notNull())
    .addColumn('paper_id', 'text', column => column.notNull())
    .addColumn('paper', 'text', column => column.notNull())
    .addColumn('sources', 'text', column => column.notNull())
    .addColumn('keys', 'text', column => column.notNull())
    .addColumn('added_at', 'bigint', column => column.notNull())
    .addColumn('removed_at', 'bigint')
    .addColumn('joined_into', 'text')
    .addColumn('revision', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('papers_key', ['collection', 'paper_id'])
    .execute()
  await db.schema.createIndex('papers_by_revision').on('papers').column('revision').execute()
  await db.schema
    .createTable('paper_keys')
    .addColumn('collection', 'text', column => column.notNull())
    .addColumn('paper_key', 'text', column => column.notNull())
    .addColumn('paper_id', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('paper_keys_key', ['collection', 'paper_key', 'paper_id'])
    .execute()
  await db.schema
    .createTable('paper_revision')
    .addColumn('epoch', 'text', column => column.notNull())
    .addColumn('revision', 'bigint', column => column.notNull())
    .execute()
  const epoch = crypto.randomUUID()
  await sql`insert into paper_revision (epoch, revision) values (${epoch}, 0)`.execute(db)
}

export const papers = { up }
