import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSqlite } from '../../src/store/open.ts'
import { itemKey } from '../../src/zotero/items.ts'
import { paper } from '../fixtures/paper.ts'
import { type ScheduledBot, settled, startScheduledBot } from '../fixtures/scheduled-bot.ts'
import { ZoteroServer } from '../fixtures/zotero-server.ts'

const zotero = new ZoteroServer()
/** More than a start indexes before anything is answered. */
const own = Array.from({ length: 2_001 }, (_, i) => paper(`own-${i}`, `Zymurgical fermentation number ${i}`))
const topic = { query: 'zymurgical' }
const start = Date.parse('2027-03-01T08:00:20Z')
const timing = { hour: 8, minute: 0, zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7] }
const due = { timing, topic, createdAt: start - 86_400_000, next: { at: start - 20_000, offset: 0 } }

let scheduled: ScheduledBot
beforeAll(async () => {
  scheduled = await startScheduledBot(new Date(start).toISOString(), {
    env: { ZOTERO_URL: await zotero.listen() },
  })
})
afterAll(async () => {
  await scheduled.bot.close()
  await zotero.close()
})

it('what is due at a start waits for a server’s own papers that were put off', {
  timeout: 120_000,
}, async () => {
  const { bot, clock } = scheduled
  const { sandbox } = bot
  const guildId = sandbox.guild('Lab').id
  const channelId = [...sandbox.world.channels.values()].find(({ name }) => name === 'papers')?.id ?? ''
  const emmy = sandbox.person('emmy')
  const userId = emmy.person.user.id
  await bot.restart(async () => {
    const store = await openSqlite(join(bot.folder, 'sandbox.sqlite'))
    await store.papers.upsert({ collection: guildId, source: 'test', papers: own, at: start })
    const link = { library: 'groups/77', collection: '', writeKey: zotero.writeKey, sendsSaves: true }
    await store.zotero.setLink({ guildId, ...link, userId, at: start })
    const entry = { guildId, paperId: 'own-5', tag: '', note: 'please read', userId, isSave: false }
    await store.zotero.add({ ...entry, at: start })
    await store.dailies.create({ id: 'd1', guildId, channelId, count: 1, createdBy: userId, ...due })
    await store.follows.create({ id: 'f1', userId, serverId: guildId, ...due })
    await store.close()
  })
  await bot.connection.picks.round()
  await settled(bot, clock)
  const posted = (where: string) =>
    emmy
      .messages(where)
      .filter(({ author }) => author.bot)
      .map(({ embeds: [first] }) => first?.title)
  const ours = expect.stringContaining('Zymurgical fermentation')
  expect([posted(channelId), posted('dm')]).toEqual([[ours], [ours]])
  expect((await bot.store.dailies.get(guildId, 'd1'))?.exhaustedAt).toBeUndefined()
  expect(zotero.items.get(itemKey('own-5'))?.data).toMatchObject({ title: own[5]?.title })
  expect(zotero.items.size).toBe(2)
})
