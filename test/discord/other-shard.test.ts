import { REST, Routes } from 'discord.js'
import { startSandbox } from 'discord-sandbox'
import { expect, it, onTestFinished } from 'vitest'
import { commands } from '../../commands/index.ts'
import { connect } from '../../src/discord/connect.ts'
import { newId } from '../../src/store/ids.ts'
import { button, buttons } from '../../src/view/pieces.ts'
import { openBotContext, papersFrom } from '../fixtures/members.ts'
import { dailyAt, weekdays } from '../fixtures/scheduler.ts'

const date = '2026-11-23'

/** A pick that is due in a server, and a bot on the shard that hears nothing of that server. */
async function open(where = 'papers', isTheirs = false) {
  const bot = await openBotContext(papersFrom([{ title: 'Moths at night' }, { title: 'Moths at noon' }]))
  const sandbox = await startSandbox({ botName: 'Lectern', recommendedShards: 2 })
  const guild = sandbox.guild('Lab').id
  const channel = [...sandbox.world.channels.values()].find(one => one.name === where)?.id ?? ''
  const id = Number((BigInt(guild) >> 22n) % 2n) === (isTheirs ? 1 : 0) ? 1 : 0
  const address = { apiUrl: sandbox.apiUrl, token: sandbox.token, guildId: undefined }
  const now = Date.now()
  const timing = { hour: 9, minute: 0, zone: 'UTC', days: weekdays }
  const { store } = bot
  const change = {
    guildId: guild,
    channelId: channel,
    createdBy: undefined,
    ...(where === 'papers' ? {} : { thread: 'forum' as const }),
  }
  await store.dailies.create({ ...dailyAt('d1', timing, now, change), next: { at: now, offset: 0 } })
  const [schedule] = await store.slots.due(now, 1)
  const slot = { date, at: now, expiresAt: now + 3_600_000 }
  await store.slots.plan(schedule!, [slot], { at: now + 86_400_000, offset: 0 }, now)
  const [claim] = await store.slots.claim(newId('c'), now, now + 60_000, 1)
  const start = async () => {
    const connection = await connect({ ...address, shard: { id, count: 2 } }, bot, commands)
    onTestFinished(() => connection.close())
    expect(connection.client.guilds.cache.has(guild)).toBe(isTheirs)
    return connection
  }
  onTestFinished(() => sandbox.close())
  const messages = () => sandbox.person('ada').messages('papers')
  return { store, sandbox, guild, channel, now, claim: claim!, start, messages }
}

it('a shard does not take a permission for granted in a server that it hears nothing of', async () => {
  const { store, sandbox, guild, now, claim, start } = await open()
  sandbox.simulate({ kind: 'deny', channel: 'papers', permissions: ['SendMessages'] })
  await store.slots.stop(claim, { kind: 'permission', missing: ['Send Messages'], at: now }, now)
  const { picks } = await start()
  for (let i = 0; i < 3; i++) {
    await picks.round()
    await picks.idle()
  }
  expect((await store.dailies.get(guild, 'd1'))?.problem).toMatchObject({
    missing: ['Send Messages'],
    at: now,
  })
  expect(sandbox.refused).toEqual([])
})

it.each([
  ['may not be read there', true, 'unknown'],
  ['may be read there', false, 'posted'],
] as const)(
  'a send in doubt is not sent again by a shard to which messages %s',
  async (_, isDenied, state) => {
    const { store, sandbox, channel, now, claim, start, messages } = await open()
    await store.slots.choose(claim, [{ paperId: 'p1', reasons: [{ kind: 'drawn' }] }], now)
    await store.slots.sending(claim, now, now + 20_000)
    if (isDenied) sandbox.simulate({ kind: 'deny', channel: 'papers', permissions: ['ReadMessageHistory'] })
    const { client, picks } = await start()
    const why = button({ command: 'daily', action: 'why', args: ['d1-20261123'] }, 'Why?')
    await client.rest.post(Routes.channelMessages(channel), {
      body: { content: '.', components: [buttons(why)] },
    })
    await store.slots.release(claim, now, now, { unsent: false })
    await picks.round()
    await picks.idle()
    expect((await store.slots.history('d1', 1))[0]).toMatchObject({ state })
    expect(messages().filter(({ author }) => author.bot)).toHaveLength(1)
  },
)

it('a post in a forum that was archived before it could be looked for is found', async () => {
  const { store, sandbox, channel, now, claim, start } = await open('journal-club', true)
  await store.slots.choose(claim, [{ paperId: 'p1', reasons: [{ kind: 'drawn' }] }], now)
  await store.slots.sending(claim, now, now + 20_000)
  // By a process that ended before it had the answer.
  const rest = new REST({ api: sandbox.apiUrl }).setToken(sandbox.token)
  const why = button({ command: 'daily', action: 'why', args: ['d1-20261123'] }, 'Why?')
  const message = { content: '.', components: [buttons(why)] }
  const { id } = (await rest.post(Routes.threads(channel), { body: { name: 'p1', message } })) as {
    id: string
  }
  await rest.patch(Routes.channel(id), { body: { archived: true } })
  await store.slots.release(claim, now, now, { unsent: false })
  const { picks } = await start()
  await picks.round()
  await picks.idle()
  expect((await store.slots.history('d1', 1))[0]).toMatchObject({ state: 'posted', messageId: id })
  expect([...sandbox.world.channels.values()].filter(one => one.parentId === channel)).toHaveLength(1)
})
