import { type Client, Events, GatewayDispatchEvents, type TextChannel } from 'discord.js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { clientFor, codeOf, eventually, openFixture, openSandbox } from './fixture.ts'

describe('discord.js', () => {
  const general = (client: Client) =>
    client.channels.cache.find(each => 'name' in each && each.name === 'general') as TextChannel
  const once = (client: Client, event: string) =>
    new Promise<unknown[]>(resolve => client.once(event, (...args) => resolve(args)))

  test('is told that its token is wrong', async () => {
    const sandbox = await openSandbox()
    const client = clientFor(sandbox)
    onTestFinished(() => client.destroy())
    await expect(client.login('x'.repeat(60))).rejects.toThrow('invalid token')
  })

  test('resumes a cut line, and misses nothing', async () => {
    const { sandbox, client } = await openFixture()
    const contents: string[] = []
    client.on(Events.MessageCreate, ({ content }) => contents.push(content))
    const resumed = once(client, Events.ShardResume)
    sandbox.simulate({ kind: 'drop-sockets', resumable: true })
    for (const text of ['a', 'b', 'c']) sandbox.person('ada').say('dm', text)
    expect((await resumed)[0]).toBe(0)
    sandbox.person('ada').say('dm', 'd')
    await eventually(() => contents).toEqual(['a', 'b', 'c', 'd'])
  })

  test('resumes when it is asked to reconnect', async () => {
    const { sandbox, client } = await openFixture()
    const resumed = once(client, Events.ShardResume)
    sandbox.simulate({ kind: 'reconnect' })
    await resumed
    const heard = once(client, Events.MessageCreate)
    sandbox.person('ada').say('dm', 'still there?')
    await heard
  })

  test.each([
    ['its session is invalid', { kind: 'invalid-session', resumable: false }],
    ['its line and session are lost', { kind: 'drop-sockets', resumable: false }],
  ] as const)('starts anew when %s', async (_, incident) => {
    const { sandbox, client } = await openFixture()
    const ready = new Promise<void>(resolve => client.ws.on(GatewayDispatchEvents.Ready, () => resolve()))
    sandbox.simulate(incident)
    await ready
    const heard = once(client, Events.MessageCreate)
    sandbox.person('ada').say('dm', 'hello again')
    await heard
    expect(general(client).name).toBe('general')
  })

  test('gives up on a fatal code', async () => {
    const { sandbox, client } = await openFixture()
    const ended = once(client, Events.ShardDisconnect)
    sandbox.simulate({ kind: 'close-sockets', code: 4004 })
    expect(await ended).toMatchObject([{ code: 4004 }, 0])
  })

  test('two processes with one token both hear, and the second answer comes too late', async () => {
    const { sandbox, client } = await openFixture()
    await client.application.commands.set([{ name: 'ask', description: 'x' }])
    const second = clientFor(sandbox)
    onTestFinished(() => second.destroy())
    const ready = once(second, Events.ClientReady)
    await second.login(sandbox.token)
    await ready
    const codes: unknown[] = []
    for (const each of [client, second])
      each.on(Events.InteractionCreate, async interaction => {
        if (interaction.isChatInputCommand()) codes.push(await codeOf(interaction.reply('me')))
      })
    await sandbox.person('ada').slash('general', 'ask')
    await eventually(() => codes.length).toBe(2)
    expect(codes.toSorted()).toEqual([40060, undefined])
  })

  test('sees channels and threads come, change and go', async () => {
    const { sandbox, client } = await openFixture()
    const created = once(client, Events.ChannelCreate)
    const channel = sandbox.addChannel('Lab', { name: 'new' })
    expect(await created).toMatchObject([{ name: 'new' }])
    const changed = once(client, Events.ChannelUpdate)
    sandbox.simulate({ kind: 'deny', channel: channel.id, permissions: ['SendMessages'] })
    await changed
    const seen = client.channels.cache.get(channel.id) as TextChannel
    expect(seen.permissionsFor(client.user)?.has('SendMessages')).toBe(false)
    const started = once(client, Events.ThreadCreate)
    sandbox.person('ada').startThread('general', 'a thread', { content: 'first' })
    expect(await started).toMatchObject([{ name: 'a thread' }, true])
    const gone = once(client, Events.ThreadDelete)
    sandbox.simulate({ kind: 'delete-channel', channel: 'general' })
    await gone
  })
})

test('an interaction waits for a bot that is away for a moment, and is refused when there is none', async () => {
  const { sandbox, client } = await openFixture()
  await client.application.commands.set([{ name: 'ask', description: 'x' }])
  client.on(Events.InteractionCreate, interaction => interaction.isRepliable() && interaction.reply('back'))
  sandbox.simulate({ kind: 'drop-sockets' })
  expect((await sandbox.person('ada').slash('general', 'ask')).content).toBe('back')
  await client.destroy()
  await eventually(() => sandbox.world.reachable).toBe(false)
  await expect(sandbox.person('ada').slash('general', 'ask')).rejects.toThrow('not connected')
})
