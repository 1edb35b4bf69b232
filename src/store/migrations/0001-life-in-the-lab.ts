import { type ColumnDefinitionBuilder, type CreateTableBuilder, type Kysely, sql } from 'kysely'

// A migration that has shipped is never edited: databases in use have run it as it was.

const needed = (column: ColumnDefinitionBuilder) => column.notNull()
const text = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo('')
const zero = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0)

type Tables = Kysely<unknown>

async function up(db: Tables): Promise<void> {
  await guildTables(db)
  await saveTables(db)
  await postTables(db)
  await queueTables(db)
  await scheduleTables(db)
  await slotTables(db)
}

async function guildTables(db: Tables): Promise<void> {
  await db.schema
    .createTable('guilds')
    .addColumn('guild_id', 'text', column => column.primaryKey().notNull())
    .addColumn('joined_at', 'bigint', needed)
    .addColumn('left_at', 'bigint')
    .execute()
  await db.schema
    .createTable('settings')
    .addColumn('scope', 'text', needed)
    .addColumn('name', 'text', needed)
    .addColumn('value', 'text', needed)
    .addPrimaryKeyConstraint('settings_pk', ['scope', 'name'])
    .execute()
  await db.schema
    .createTable('arrivals')
    .addColumn('paper_id', 'text', column => column.primaryKey().notNull())
    .addColumn('arrived_at', 'bigint', needed)
    .execute()
  await index(db, 'arrivals', 'arrived_at')
}

async function saveTables(db: Tables): Promise<void> {
  await db.schema
    .createTable('saves')
    .addColumn('user_id', 'text', needed)
    .addColumn('paper_id', 'text', needed)
    .addColumn('guild_id', 'text')
    .addColumn('status', 'text', needed)
    .addColumn('note', 'text', text)
    .addColumn('saved_at', 'bigint', needed)
    .addColumn('changed_at', 'bigint', needed)
    .addPrimaryKeyConstraint('saves_pk', ['user_id', 'paper_id'])
    .execute()
  await index(db, 'saves', 'user_id', 'saved_at')
  await index(db, 'saves', 'guild_id', 'saved_at')
  await db.schema
    .createTable('save_tags')
    .addColumn('user_id', 'text', needed)
    .addColumn('paper_id', 'text', needed)
    .addColumn('tag', 'text', needed)
    .addPrimaryKeyConstraint('save_tags_pk', ['user_id', 'paper_id', 'tag'])
    .$call(belongsTo('save_tags', 'saves', ['user_id', 'paper_id']))
    .execute()
}

async function postTables(db: Tables): Promise<void> {
  await db.schema
    .createTable('posts')
    .addColumn('post_id', 'text', column => column.primaryKey().notNull())
    .addColumn('kind', 'text', needed)
    .addColumn('guild_id', 'text', needed)
    .addColumn('channel_id', 'text', needed)
    .addColumn('message_id', 'text')
    .addColumn('thread_id', 'text')
    .addColumn('user_id', 'text')
    .addColumn('note', 'text', text)
    .addColumn('posted_at', 'bigint', needed)
    .execute()
  await index(db, 'posts', 'guild_id', 'posted_at')
  await index(db, 'posts', 'channel_id', 'posted_at')
  await index(db, 'posts', 'user_id')
  await db.schema
    .createTable('post_papers')
    .addColumn('post_id', 'text', needed)
    .addColumn('paper_id', 'text', needed)
    .addColumn('position', 'integer', zero)
    .addPrimaryKeyConstraint('post_papers_pk', ['post_id', 'paper_id'])
    .$call(belongsTo('post_papers', 'posts', ['post_id']))
    .execute()
  await db.schema
    .createTable('shown')
    .addColumn('place', 'text', needed)
    .addColumn('paper_id', 'text', needed)
    .addColumn('guild_id', 'text')
    .addColumn('post_id', 'text', needed)
    .addColumn('shown_at', 'bigint', needed)
    .addPrimaryKeyConstraint('shown_pk', ['place', 'paper_id'])
    .execute()
  await index(db, 'shown', 'post_id')
  await index(db, 'shown', 'guild_id')
  await db.schema
    .createTable('votes')
    .addColumn('post_id', 'text', needed)
    .addColumn('paper_id', 'text', needed)
    .addColumn('user_id', 'text', needed)
    .addColumn('guild_id', 'text', needed)
    .addColumn('value', 'integer', needed)
    .addColumn('voted_at', 'bigint', needed)
    .addPrimaryKeyConstraint('votes_pk', ['post_id', 'paper_id', 'user_id'])
    .$call(belongsTo('votes', 'post_papers', ['post_id', 'paper_id']))
    .execute()
  await index(db, 'votes', 'guild_id', 'voted_at')
  await index(db, 'votes', 'user_id')
}

async function queueTables(db: Tables): Promise<void> {
  await db.schema
    .createTable('queue')
    .addColumn('guild_id', 'text', needed)
    .addColumn('paper_id', 'text', needed)
    .addColumn('state', 'text', needed)
    .addColumn('user_id', 'text')
    .addColumn('note', 'text', text)
    .addColumn('proposed_at', 'bigint', needed)
    .addColumn('changed_at', 'bigint', needed)
    .addPrimaryKeyConstraint('queue_pk', ['guild_id', 'paper_id'])
    .execute()
  await index(db, 'queue', 'user_id')
  await db.schema
    .createTable('queue_votes')
    .addColumn('guild_id', 'text', needed)
    .addColumn('paper_id', 'text', needed)
    .addColumn('user_id', 'text', needed)
    .addColumn('voted_at', 'bigint', needed)
    .addPrimaryKeyConstraint('queue_votes_pk', ['guild_id', 'paper_id', 'user_id'])
    .$call(belongsTo('queue_votes', 'queue', ['guild_id', 'paper_id']))
    .execute()
  await index(db, 'queue_votes', 'user_id')
}

async function scheduleTables(db: Tables): Promise<void> {
  await db.schema
    .createTable('schedules')
    .addColumn('schedule_id', 'text', column => column.primaryKey().notNull())
    .addColumn('kind', 'text', needed)
    .addColumn('guild_id', 'text')
    .addColumn('channel_id', 'text')
    .addColumn('user_id', 'text')
    .addColumn('hour', 'integer', needed)
    .addColumn('minute', 'integer', needed)
    .addColumn('zone', 'text', needed)
    .addColumn('days', 'text', needed)
    .addColumn('topic_query', 'text')
    .addColumn('topic_paper', 'text')
    .addColumn('count', 'integer', needed)
    .addColumn('created_at', 'bigint', needed)
    .addColumn('paused_at', 'bigint')
    .addColumn('problem', 'text')
    .addColumn('missing', 'text', column => column.notNull().defaultTo('[]'))
    .addColumn('problem_at', 'bigint')
    .addColumn('exhausted_at', 'bigint')
    .addColumn('last_posted_at', 'bigint')
    .addColumn('next_at', 'bigint', needed)
    .addColumn('next_offset', 'integer', needed)
    .execute()
  await index(db, 'schedules', 'next_at')
  await index(db, 'schedules', 'guild_id')
  await index(db, 'schedules', 'user_id')
}

async function slotTables(db: Tables): Promise<void> {
  await db.schema
    .createTable('slots')
    .addColumn('schedule_id', 'text', needed)
    .addColumn('date', 'text', needed)
    .addColumn('slot_at', 'bigint', needed)
    .addColumn('expires_at', 'bigint', needed)
    .addColumn('state', 'text', needed)
    .addColumn('picks', 'text', column => column.notNull().defaultTo('[]'))
    .addColumn('reason', 'text')
    .addColumn('message_id', 'text')
    .addColumn('attempts', 'integer', zero)
    .addColumn('retry_at', 'bigint', needed)
    .addColumn('sending_since', 'bigint')
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'bigint', zero)
    .addColumn('settled_at', 'bigint')
    .addPrimaryKeyConstraint('slots_pk', ['schedule_id', 'date'])
    .$call(belongsTo('slots', 'schedules', ['schedule_id']))
    .execute()
  // The runner asks for unsettled slots every few seconds; settled ones pile up for years.
  await db.schema
    .createIndex('slots_unsettled')
    .on('slots')
    .column('retry_at')
    .where(sql.ref('settled_at'), 'is', null)
    .execute()
  await db.schema
    .createTable('notices')
    .addColumn('notice_id', 'text', column => column.primaryKey().notNull())
    .addColumn('kind', 'text', needed)
    .addColumn('schedule_id', 'text', needed)
    .addColumn('user_id', 'text')
    .addColumn('guild_id', 'text')
    .addColumn('date', 'text')
    .addColumn('tried', 'integer', zero)
    .addColumn('created_at', 'bigint', needed)
    .$call(belongsTo('notices', 'schedules', ['schedule_id']))
    .execute()
  await index(db, 'notices', 'user_id')
  await index(db, 'notices', 'guild_id')
}

const index = (db: Tables, table: string, ...columns: string[]) =>
  db.schema
    .createIndex([table, ...columns].join('_'))
    .on(table)
    .columns(columns)
    .execute()

/** The rows go with the row they belong to. */
const belongsTo =
  (table: string, other: string, columns: string[]) =>
  <Name extends string, Column extends string>(builder: CreateTableBuilder<Name, Column>) =>
    builder.addForeignKeyConstraint(`${table}_${other}_fk`, columns as Column[], other, columns, constraint =>
      constraint.onDelete('cascade'),
    )

export const lifeInTheLab = { up }
