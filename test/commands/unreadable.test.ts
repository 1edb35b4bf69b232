import { DatabaseSync } from 'node:sqlite'
import { PermissionFlagsBits } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import daily from '../../commands/daily.ts'
import follow from '../../commands/follow.ts'
import type { ChannelInfo } from '../../src/bot/channels.ts'
import { ada, bob, context, guild, openBotContext, papersFrom, run, textOf } from '../fixtures/members.ts'

const papers = papersFrom([{ title: 'Key value caches' }])
const timing = { hour: 8, minute: 0, zone: 'UTC', days: [1] }
const shared = { timing, createdAt: 1, next: { at: 9e12, offset: 0 } }
const channelId = '400000000000000001'
const manager = context(ada, { permissions: PermissionFlagsBits.ManageGuild })

/** A bot whose database holds two daily picks and two follows; the first of each cannot be read. */
async function open() {
  let database = ''
  const kit = await openBotContext(papers, path => {
    database = path
  })
  for (const id of ['daaaaaaaaaaaa', 'dbbbbbbbbbbbb'])
    await kit.store.dailies.create({
      ...shared,
      id,
      guildId: guild,
      channelId,
      createdBy: ada,
      count: 1,
      topic: { query: id },
    })
  for (const id of ['faaaaaaaaaaaa', 'fbbbbbbbbbbbb'])
    await kit.store.follows.create({ ...shared, id, userId: ada, topic: { query: id } })
  const rows = new DatabaseSync(database)
  rows.exec("update schedules set problem = 'of a later release' where schedule_id like '_aaa%'")
  rows.close()
  const get = async (id: string) => ({ id, kind: 'text', name: 'papers' }) as ChannelInfo
  return { ...kit, channels: { ...kit.channels, get } }
}

describe('a schedule that cannot be read', () => {
  it('is listed as such by /daily list, beside the others, and can be removed there', async () => {
    const bot = await open()
    const list = textOf(await run(daily, { subcommand: 'list' }, manager, bot))
    expect(list).toContain(`<#${channelId}> · **cannot be read**`)
    expect(list).toContain('dbbbbbbbbbbbb')
    const suggest = (subcommand: string) =>
      daily.suggest?.({ focused: 'schedule', text: '', options: { subcommand } }, manager, bot)
    expect((await suggest('remove'))?.map(({ name, value }) => [name, value])).toEqual([
      [expect.stringContaining('dbbbbbbbbbbbb'), 'dbbbbbbbbbbbb'],
      ['#papers: cannot be read', 'daaaaaaaaaaaa'],
    ])
    expect((await suggest('pause'))?.map(({ value }) => value)).toEqual(['dbbbbbbbbbbbb'])
    const remove = { subcommand: 'remove', schedule: 'daaaaaaaaaaaa' }
    await expect(run(daily, remove, context(bob), bot)).rejects.toMatchObject({ kind: 'forbidden' })
    const after = textOf(await run(daily, remove, manager, bot))
    expect(after).toContain('Removed.')
    expect(after).not.toContain('cannot be read')
    expect(after).toContain('dbbbbbbbbbbbb')
  })

  it('is listed as such by /follow list, for its member alone, and can be removed', async () => {
    const bot = await open()
    const list = textOf(await run(follow, { subcommand: 'list' }, context(ada), bot))
    expect(list).toContain('One cannot be read')
    expect(list).toContain('fbbbbbbbbbbbb')
    const other = await run(follow, { subcommand: 'list' }, context(bob), bot)
    expect(textOf(other)).not.toContain('cannot be read')
    const suggest = (subcommand: string) =>
      follow.suggest?.({ focused: 'follow', text: '', options: { subcommand } }, context(ada), bot)
    expect(await suggest('remove')).toEqual([
      { name: 'fbbbbbbbbbbbb', value: 'fbbbbbbbbbbbb' },
      { name: 'cannot be read', value: 'faaaaaaaaaaaa' },
    ])
    expect((await suggest('pause'))?.map(({ value }) => value)).toEqual(['fbbbbbbbbbbbb'])
    const remove = { subcommand: 'remove', follow: 'faaaaaaaaaaaa' }
    await expect(run(follow, remove, context(bob), bot)).rejects.toMatchObject({ kind: 'missing' })
    const after = textOf(await run(follow, remove, context(ada), bot))
    expect(after).not.toContain('cannot be read')
    expect(after).toContain('fbbbbbbbbbbbb')
  })
})
