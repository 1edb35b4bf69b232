import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, Events } from 'discord.js'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { gracePeriod, syncGuilds } from '../../src/discord/guild-sync.ts'
import { openLog } from '../../src/log.ts'
import { confirmAfter } from '../../src/store/guilds.ts'
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
  it('stops the server’s schedules when that is sure, keeps its data, and goes on', async () => {
    const bot = await openSharedServer({ papers, commands: [] })
    const guild = bot.sandbox.world.guilds.values().next().value
    if (guild === undefined) throw new Error('no server')
    const schedule = daily(guild.id)
    await bot.bot.store.dailies.create(schedule)
    const { store } = bot.bot
    const problem = async () => (await store.dailies.get(guild.id, schedule.id))?.problem?.kind
    const inAnHour = Date.now() + 2 * confirmAfter
    bot.sandbox.simulate({ kind: 'remove-bot', guild: guild.id })
    await vi.waitFor(async () => expect(await store.guilds.doubtful(inAnHour)).toEqual([guild.id]))
    expect(await problem()).toBeUndefined()
    await store.guilds.missing(guild.id, inAnHour)
    expect(await problem()).toBe('removed')
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
      return id
    }
    const doubtful = () => bot.bot.store.guilds.doubtful(Date.now() + 2 * confirmAfter)
    const [first, second] = [await open('First lab'), await open('Second lab')]
    await bot.connection.close()
    bot.sandbox.simulate({ kind: 'remove-bot', guild: first })
    await bot.reconnect()
    await vi.waitFor(async () => expect(await doubtful()).toEqual([first]))

    bot.sandbox.simulate({ kind: 'drop-sockets', resumable: false })
    bot.sandbox.simulate({ kind: 'invite-bot', guild: first })
    bot.sandbox.simulate({ kind: 'remove-bot', guild: second })
    await vi.waitFor(async () => expect(await doubtful()).toEqual([second]), { timeout: 20_000 })
  })
})

describe('a server that was found missing', () => {
  it('is asked for an hour later: it has left when Discord says so, and is there when it is', async () => {
    const bot = await openSharedServer({ papers, commands: [] })
    const { store } = bot.bot
    const { client } = bot.connection
    const [lab] = [...bot.sandbox.world.guilds.keys()]
    const { id: away } = bot.sandbox.addGuild('Somebody else’s', 'ada')
    if (lab === undefined) throw new Error('no server')
    const schedules = [daily(lab), daily(away)]
    for (const schedule of schedules) await store.dailies.create(schedule)
    const problems = () =>
      Promise.all(
        schedules.map(async ({ guildId, id }) => (await store.dailies.get(guildId, id))?.problem?.kind),
      )
    await vi.waitFor(() => expect(client.guilds.cache.has(away)).toBe(true))
    bot.sandbox.simulate({ kind: 'remove-bot', guild: away })
    await vi.waitFor(async () => expect(await store.guilds.doubtful(9e12)).toEqual([away]))
    const began = Date.now()
    await store.guilds.joined(away, began)
    // As another bot on this database would have it.
    await store.guilds.reconcile([], began)
    let now = began + confirmAfter - 1
    const keeper = syncGuilds(client, { guilds: store.guilds, log, now: () => now, interval: 10 })
    client.emit(Events.ClientReady, client)
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(await problems()).toEqual([undefined, undefined])
    bot.sandbox.faults.add({
      method: 'GET',
      path: `^/guilds/${away}$`,
      effect: { kind: 'status', status: 404 },
    })
    now = began + confirmAfter
    await vi.waitFor(async () => expect(await problems()).toEqual([undefined, 'removed']))
    await keeper.close()
    expect(await store.guilds.doubtful(9e12)).toEqual([])
    expect(bot.sandbox.faults.struck).toBe(1)
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
  it('removes the data of servers that were left longer ago than the grace period, not at the very start', async () => {
    const store = await openStore()
    const [stayed = '', left = '', back = ''] = ids
    for (const id of [stayed, left, back]) await markGuild(store, id)
    await store.guilds.reconcile([stayed, left, back], 0)
    const sure = 1_000 + confirmAfter
    for (const id of [left, back]) for (const at of [1_000, sure]) await store.guilds.missing(id, at)
    const start = async (now: number, interval?: number) => {
      const { client, ready, allReady } = gateway()
      let looked: () => void = () => {}
      const first = new Promise<void>(resolve => {
        looked = resolve
      })
      const purge: Store['guilds']['purge'] = async before => {
        const gone = await store.guilds.purge(before)
        looked()
        return gone
      }
      const guilds = { ...store.guilds, purge }
      const keeper = syncGuilds(client, { guilds, log, now: () => now, ...(interval && { interval }) })
      ready([stayed, back])
      allReady()
      if (interval !== undefined) await first
      await keeper.close()
    }
    await start(sure + gracePeriod, 5)
    expect(await isMarked(store, left)).toBe(true)
    await start(sure + 1 + gracePeriod)
    expect(await isMarked(store, left)).toBe(true)
    await start(sure + 1 + gracePeriod, 5)
    expect(await isMarked(store, left)).toBe(false)
    expect(await isMarked(store, stayed)).toBe(true)
    expect(await isMarked(store, back)).toBe(true)
  })

  it('removes nothing by a clock that has just leapt ahead', async () => {
    const store = await openStore()
    const [left = ''] = ids
    await markGuild(store, left)
    for (const at of [1_000, 1_000 + confirmAfter]) await store.guilds.missing(left, at)
    const { client, ready, allReady } = gateway()
    let now = 2 * confirmAfter
    const looks: number[] = []
    const doubtful: Store['guilds']['doubtful'] = async at => {
      looks.push(at)
      return []
    }
    const guilds = { ...store.guilds, doubtful }
    const keeper = syncGuilds(client, { guilds, log, now: () => now, interval: 100 })
    ready([])
    allReady()
    await vi.waitFor(() => expect(looks.length).toBeGreaterThan(0))
    now += 2 * gracePeriod
    await sleep(250)
    now -= 2 * gracePeriod
    await sleep(250)
    await keeper.close()
    expect(await isMarked(store, left)).toBe(true)
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
    expect(await store.guilds.doubtful(9e12)).toEqual([alsoMine])
  })

  it('records a stay after a leave and a return, in this order, also when the database comes late', async () => {
    const store = await openStore()
    const [id = ''] = ids
    await markGuild(store, id)
    const written: string[] = []
    const guilds: Store['guilds'] = {
      ...store.guilds,
      missing: (guildId, at) => store.guilds.missing(guildId, at).then(() => void written.push('missing')),
      joined: (guildId, at) => store.guilds.joined(guildId, at).then(() => void written.push('joined')),
    }
    const { client, ready, created, deleted } = gateway()
    const keeper = syncGuilds(client, { guilds, log, now: () => 5 })
    ready([id])
    created(id)
    deleted(id)
    created(id)
    await vi.waitFor(() => expect(written).toEqual(['missing', 'joined']))
    await keeper.close()
    expect(await store.guilds.doubtful(9e12)).toEqual([])
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
    expect(await store.guilds.doubtful(9e12)).toEqual([])
  })
})
