import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, Events } from 'discord.js'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { gracePeriod, syncGuilds } from '../../src/discord/guild-sync.ts'
import { openLog } from '../../src/log.ts'
import { newId } from '../../src/store/ids.ts'
import { openSqlite } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { papersFrom } from '../fixtures/members.ts'
import { openSharedServer } from '../fixtures/shared-server.ts'

const papers = papersFrom([{ title: 'A paper' }])
const owner = '100000000000000001'

/** Something of the server's that a purge takes away. */
const markGuild = (store: Store, guildId: string) => store.settings.set(guildId, 'mark', 'here')
const isMarked = async (store: Store, guildId: string) =>
  (await store.settings.get(guildId, 'mark')) !== undefined

const daily = (guildId: string) => ({
  id: newId('d'),
  guildId,
  channelId: '400000000000000001',
  createdBy: owner,
  count: 1,
  timing: { hour: 9, minute: 0, zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7] },
  topic: undefined,
  createdAt: Date.now(),
  next: { at: Date.now() + 86_400_000, offset: 0 },
})

describe('the bot, taken off a server and invited again', () => {
  it('stops the server’s schedules, keeps its data, and goes on', async () => {
    const bot = await openSharedServer({ papers, commands: [] })
    const guild = bot.sandbox.world.guilds.values().next().value
    if (guild === undefined) throw new Error('no server')
    const schedule = daily(guild.id)
    await bot.bot.store.dailies.create(schedule)
    const problem = async () => (await bot.bot.store.dailies.get(guild.id, schedule.id))?.problem?.kind
    bot.sandbox.simulate({ kind: 'remove-bot', guild: guild.id })
    await vi.waitFor(async () => expect(await problem()).toBe('removed'))
    bot.sandbox.simulate({ kind: 'invite-bot', guild: guild.id })
    await vi.waitFor(async () => expect(await problem()).toBeUndefined())
  })

  it('notices what happened while it was away, and between two sessions', async () => {
    const bot = await openSharedServer({ papers, commands: [] })
    const open = async (name: string) => {
      const { id } = bot.sandbox.addGuild(name, 'ada')
      bot.sandbox.simulate({ kind: 'invite-bot', guild: id })
      await vi.waitFor(() => expect(bot.connection.client.guilds.cache.has(id)).toBe(true))
      const schedule = daily(id)
      await bot.bot.store.dailies.create(schedule)
      return { id, problem: async () => (await bot.bot.store.dailies.get(id, schedule.id))?.problem?.kind }
    }
    const [first, second] = [await open('First lab'), await open('Second lab')]
    await bot.connection.close()
    bot.sandbox.simulate({ kind: 'remove-bot', guild: first.id })
    await bot.reconnect()
    await vi.waitFor(async () => expect(await first.problem()).toBe('removed'))
    expect(await second.problem()).toBeUndefined()

    bot.sandbox.simulate({ kind: 'drop-sockets', resumable: false })
    bot.sandbox.simulate({ kind: 'invite-bot', guild: first.id })
    bot.sandbox.simulate({ kind: 'remove-bot', guild: second.id })
    await vi.waitFor(async () => expect(await second.problem()).toBe('removed'), { timeout: 20_000 })
    expect(await first.problem()).toBeUndefined()
  })
})

describe('a second application on the same database', () => {
  it('is refused before it can take the first one’s servers for left', async () => {
    const bot = await openSharedServer({ papers, commands: [] })
    const guild = bot.sandbox.world.guilds.values().next().value
    if (guild === undefined) throw new Error('no server')
    const schedule = daily(guild.id)
    const { store } = bot.bot
    await store.dailies.create(schedule)
    await bot.connection.close()
    // What the database would hold had another application come first.
    await store.settings.set('', 'application', '1')
    await expect(bot.reconnect()).rejects.toMatchObject({ kind: 'storage' })
    bot.sandbox.simulate({ kind: 'remove-bot', guild: guild.id })
    await expect(bot.reconnect()).rejects.toMatchObject({ kind: 'storage' })
    expect((await store.dailies.get(guild.id, schedule.id))?.problem).toBeUndefined()
  })
})

/** What of discord.js's client the keeper listens to. */
function gateway(shardCount = 1) {
  const client = Object.assign(new EventEmitter(), { ws: new EventEmitter(), options: { shardCount } })
  return {
    client: client as unknown as Client,
    ready: (ids: readonly string[], shard = 0) =>
      client.ws.emit('READY', { guilds: ids.map(id => ({ id, unavailable: true })) }, shard),
    allReady: () => client.emit(Events.ClientReady, client),
    created: (id: string) => client.ws.emit('GUILD_CREATE', { id, name: 'a server' }, 0),
    deleted: (id: string, unavailable?: boolean) =>
      client.ws.emit('GUILD_DELETE', { id, ...(unavailable === undefined ? {} : { unavailable }) }, 0),
  }
}

async function openStore(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-guilds-'))
  const store = await openSqlite(join(folder, 'store.sqlite'))
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return store
}

const log = openLog({ level: 'silent', secrets: [], pretty: false })
const ids = Array.from({ length: 6 }, (_, i) => String(BigInt(i + 1) << 40n))

describe('keepGuilds', () => {
  it('removes the data of servers that were left longer ago than the grace period, at the start', async () => {
    const store = await openStore()
    const [stayed = '', left = '', back = ''] = ids
    for (const id of [stayed, left, back]) await markGuild(store, id)
    await store.guilds.reconcile([stayed, left, back], 0)
    await store.guilds.left(left, 1_000)
    await store.guilds.left(back, 1_000)
    const start = async (now: number) => {
      const { client, ready, allReady } = gateway()
      const keeper = syncGuilds(client, { guilds: store.guilds, log, now: () => now })
      ready([stayed, back])
      allReady()
      await keeper.close()
    }
    await start(1_000 + gracePeriod)
    expect(await isMarked(store, left)).toBe(true)
    await start(1_001 + gracePeriod)
    expect(await isMarked(store, left)).toBe(false)
    expect(await isMarked(store, stayed)).toBe(true)
    expect(await isMarked(store, back)).toBe(true)
  })

  it('takes an outage for no goodbye, and another shard’s servers for no business of its own', async () => {
    const store = await openStore()
    const shardOf = (id: string) => Number((BigInt(id) >> 22n) % 2n)
    const [mine = '', alsoMine = ''] = ids.filter(id => shardOf(id) === 0)
    const theirs = String(3n << 22n)
    await store.guilds.reconcile([mine, alsoMine, theirs], 0)
    const { client, ready, deleted } = gateway(2)
    const keeper = syncGuilds(client, { guilds: store.guilds, log, now: () => 5 })
    ready([mine], 0)
    deleted(mine, true)
    await keeper.close()
    expect(await store.guilds.purge(10)).toEqual([alsoMine])
  })

  it('records a stay after a leave and a return, in this order, also when the database comes late', async () => {
    const store = await openStore()
    const [id = ''] = ids
    await markGuild(store, id)
    const written: string[] = []
    const guilds: Store['guilds'] = {
      ...store.guilds,
      left: (guildId, at) => store.guilds.left(guildId, at).then(() => void written.push('left')),
      joined: (guildId, at) => store.guilds.joined(guildId, at).then(() => void written.push('joined')),
    }
    const { client, ready, created, deleted } = gateway()
    const keeper = syncGuilds(client, { guilds, log, now: () => 5 })
    ready([id])
    created(id)
    deleted(id)
    created(id)
    await vi.waitFor(() => expect(written).toEqual(['left', 'joined']))
    await keeper.close()
    expect(await store.guilds.purge(10)).toEqual([])
    expect(await isMarked(store, id)).toBe(true)
  })

  it('does nothing after it was closed', async () => {
    const store = await openStore()
    const { client, ready, deleted, allReady } = gateway()
    const keeper = syncGuilds(client, { guilds: store.guilds, log, now: () => 5 })
    await keeper.close()
    ready(ids)
    deleted(ids[0] ?? '')
    allReady()
    expect(await store.guilds.purge(10)).toEqual([])
  })
})
