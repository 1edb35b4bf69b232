import { Events, type GuildTextBasedChannel, type Message, type TextChannel } from 'discord.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ClientFixture, codeOf, startClientFixture } from './fixture.ts'

let fixture: ClientFixture

beforeEach(async () => {
  fixture = await startClientFixture()
})

afterEach(() => fixture.close())

const ada = () => fixture.sandbox.person('ada')
const channel = (name: string) =>
  fixture.client.channels.cache.find(each => 'name' in each && each.name === name) as TextChannel
const heard = () => new Promise<Message>(resolve => fixture.client.once(Events.MessageCreate, resolve))
const contents = (name = 'general') =>
  ada()
    .messages(name)
    .map(({ content }) => content)

describe('the bot', () => {
  test('posts, edits and deletes', async () => {
    const message = await channel('general').send({ content: 'one', embeds: [{ title: 't' }] })
    expect(contents()).toEqual(['one'])
    await message.edit({ content: 'two', embeds: [] })
    expect(ada().messages('general')[0]).toMatchObject({ content: 'two', embeds: [] })
    expect(ada().messages('general')[0]?.edited_timestamp).not.toBeNull()
    expect(await codeOf(message.edit({ content: '' }))).toBe(50006)
    await message.delete()
    expect(contents()).toEqual([])
    expect(await codeOf(message.edit('three'))).toBe(10008)
  })

  test('may not write, or see, everywhere', async () => {
    expect(await codeOf(channel('announcements').send('x'))).toBe(50013)
    expect(await codeOf(channel('organisers').send('x'))).toBe(50001)
    expect(await codeOf(channel('organisers').messages.fetch())).toBe(50001)
    const forum = fixture.client.channels.cache.find(each => 'name' in each && each.name === 'journal-club')
    const post = fixture.client.rest.post(`/channels/${forum?.id ?? ''}/messages`, { body: { content: 'x' } })
    expect(await codeOf(post)).toBe(50008)
    expect(await codeOf(fixture.client.rest.get('/channels/10000000000000000'))).toBe(10003)
    expect(fixture.sandbox.refused.map(({ code }) => code)).toEqual([50013, 50001, 50008])
  })

  test('needs a permission for embeds, files and history, and notices their return', async () => {
    const general = channel('general')
    const before = await general.send('before')
    const deny = (...permissions: ('EmbedLinks' | 'AttachFiles' | 'ReadMessageHistory')[]) =>
      fixture.sandbox.simulate({ kind: 'deny', channel: 'general', permissions })
    deny('EmbedLinks', 'AttachFiles', 'ReadMessageHistory')
    expect(await codeOf(general.send({ embeds: [{ title: 't' }] }))).toBe(50013)
    expect(await codeOf(general.send({ files: [Buffer.from('x')] }))).toBe(50013)
    expect(await codeOf(general.send({ content: 'x', reply: { messageReference: before } }))).toBe(160002)
    expect((await general.messages.fetch({ limit: 10, cache: false })).size).toBe(0)
    deny()
    await general.send({ embeds: [{ title: 't' }], files: [Buffer.from('x')] })
    expect((await general.messages.fetch({ limit: 10, cache: false })).size).toBe(2)
  })

  test('reads the recent messages newest first, a page at a time', async () => {
    for (const text of ['a', 'b', 'c', 'd'])
      ada().say('general', `<@${fixture.sandbox.applicationId}> ${text}`)
    const page = await channel('general').messages.fetch({ limit: 2 })
    expect([...page.values()].map(({ content }) => content.at(-1))).toEqual(['d', 'c'])
    const more = await channel('general').messages.fetch({ before: page.last()?.id ?? '' })
    expect([...more.values()].map(({ content }) => content.at(-1))).toEqual(['b', 'a'])
    const after = await channel('general').messages.fetch({ after: more.last()?.id ?? '', limit: 1 })
    expect([...after.values()].map(({ content }) => content.at(-1))).toEqual(['b'])
  })

  test('attaches a file that an embed shows', async () => {
    const message = await channel('papers').send({
      files: [{ attachment: Buffer.from('png'), name: 'plot.png', description: 'a plot' }],
      embeds: [{ title: 't', image: { url: 'attachment://plot.png' } }],
    })
    const [seen] = ada().messages('papers')
    expect(seen?.attachments[0]).toMatchObject({ filename: 'plot.png', description: 'a plot' })
    expect(seen?.embeds[0]?.image?.url).toBe(seen?.attachments[0]?.url)
    await message.edit({ attachments: [], embeds: [], content: 'gone' })
    expect(ada().messages('papers')[0]?.attachments).toEqual([])
  })

  test('pings nobody it does not mean to', async () => {
    const { id } = fixture.sandbox.person('alan').person.user
    await channel('general').send({ content: `<@${id}> @everyone`, allowedMentions: { parse: [] } })
    await channel('general').send(`<@${id}>`)
    const [silent, loud] = ada().messages('general')
    expect(silent).toMatchObject({ mentions: [], mention_everyone: false })
    expect(loud?.mentions.map(({ username }) => username)).toEqual(['alan'])
  })

  test('replies to a message, unless it has gone', async () => {
    const said = ada().say('general', 'hello')
    await channel('general').send({ content: 'hi', reply: { messageReference: said.id } })
    const [, reply] = ada().messages('general')
    expect(reply).toMatchObject({ type: 19, referenced_message: { content: 'hello' } })
    ada().remove(said)
    expect(ada().messages('general')[0]?.referenced_message).toBeNull()
    const late = (failIfNotExists: boolean) =>
      channel('general').send({ content: 'hi', reply: { messageReference: said.id, failIfNotExists } })
    expect(await codeOf(late(true))).toBe(50035)
    expect(await codeOf(late(false))).toBeUndefined()
  })

  test('loses a channel, and a server', async () => {
    const gone = new Promise(resolve => fixture.client.once(Events.ChannelDelete, resolve))
    const papers = channel('papers')
    fixture.sandbox.simulate({ kind: 'delete-channel', channel: 'papers' })
    await gone
    expect(
      await codeOf(fixture.client.rest.post(`/channels/${papers.id}/messages`, { body: { content: 'x' } })),
    ).toBe(10003)
    const general = channel('general')
    const left = new Promise(resolve => fixture.client.once(Events.GuildDelete, resolve))
    fixture.sandbox.simulate({ kind: 'remove-bot', guild: 'Lab' })
    await left
    expect(await codeOf(general.send('x'))).toBe(50001)
    expect(await codeOf(fixture.client.guilds.fetch(fixture.sandbox.guild('Lab').id))).toBe(10004)
    const back = new Promise(resolve => fixture.client.once(Events.GuildCreate, resolve))
    fixture.sandbox.simulate({ kind: 'invite-bot', guild: 'Lab' })
    await back
    await channel('general').send('back')
  })
})

describe('a nonce', () => {
  const send = (nonce: string, enforceNonce = true) =>
    channel('general').send({ content: 'pick', nonce, enforceNonce })

  test('that is enforced brings the earlier message for a few minutes', async () => {
    const first = await send('slot-1')
    expect((await send('slot-1')).id).toBe(first.id)
    expect((await send('slot-2')).id).not.toBe(first.id)
    fixture.sandbox.simulate({ kind: 'jump', ms: 5 * 60_000 + 1 })
    expect((await send('slot-1')).id).not.toBe(first.id)
    expect(contents()).toEqual(['pick', 'pick', 'pick'])
  })

  test('that is not enforced does nothing', async () => {
    await send('slot-1', false)
    await send('slot-1', false)
    expect(contents()).toEqual(['pick', 'pick'])
    await send('slot-1', true)
    expect(contents()).toEqual(['pick', 'pick'])
  })
})

describe('without the message-content intent', () => {
  test('the bot does not read what is not meant for it', async () => {
    const first = heard()
    ada().say('general', 'between us')
    expect(await first).toMatchObject({ content: '' })
    const second = heard()
    ada().say('general', `<@${fixture.sandbox.applicationId}> what is new?`)
    const mention = await second
    expect(mention.content).toContain('what is new?')
    expect(mention.mentions.has(fixture.client.user.id)).toBe(true)
    expect(mention.member?.displayName).toBe('Ada')
    const fetched = await channel('general').messages.fetch({ cache: false })
    expect([...fetched.values()].map(({ content }) => content.replace(/<@\d+> /, ''))).toEqual([
      'what is new?',
      '',
    ])
  })

  test('it reads replies to itself, with what they reply to', async () => {
    const own = await channel('general').send('an answer')
    const next = heard()
    ada().say('general', 'and how large?', { replyTo: own.id })
    const reply = await next
    expect(reply.content).toBe('and how large?')
    expect((await reply.fetchReference()).content).toBe('an answer')
  })

  test('it reads direct messages', async () => {
    const next = heard()
    ada().say('dm', 'hello bot')
    const message = await next
    expect(message.content).toBe('hello bot')
    expect(message.channel.isDMBased()).toBe(true)
    await message.reply('hello Ada')
    expect(
      ada()
        .messages('dm')
        .map(({ content }) => content),
    ).toEqual(['hello bot', 'hello Ada'])
  })
})

test('with the intent switched on, it reads everything', async () => {
  const open = await startClientFixture({ privileged: 1 << 15 }, { intents: 1 | (1 << 9) | (1 << 15) })
  const next = new Promise<Message>(resolve => open.client.once(Events.MessageCreate, resolve))
  open.sandbox.person('ada').say('general', 'between us')
  expect((await next).content).toBe('between us')
  await open.close()
})

test('a person may close direct messages', async () => {
  const user = await fixture.client.users.fetch(ada().person.user.id)
  await user.send('psst')
  fixture.sandbox.simulate({ kind: 'direct-messages', person: 'ada', open: false })
  expect(await codeOf(user.send('psst'))).toBe(50007)
  fixture.sandbox.simulate({ kind: 'direct-messages', person: 'ada', open: true })
  await user.send('again')
  expect(
    ada()
      .messages('dm')
      .map(({ content }) => content),
  ).toEqual(['psst', 'again'])
  fixture.sandbox.simulate({ kind: 'remove-bot', guild: 'Lab' })
  expect(await codeOf(user.send('stranger'))).toBe(50007)
})

test('people write, change and delete what is theirs', async () => {
  const alan = fixture.sandbox.person('alan')
  const said = alan.say('general', 'one')
  alan.edit(said, 'two')
  expect(contents()).toEqual(['two'])
  expect(() => ada().edit(said, 'mine')).toThrow('somebody else')
  expect(() => fixture.sandbox.person('emmy').remove(said)).toThrow('may not')
  expect(() => alan.say('announcements', 'x')).toThrow('may not write')
  expect(() => alan.say('general', ' ')).toThrow('empty')
  expect(() => alan.say('organisers', 'x')).toThrow('sees no channel')
  expect(() => fixture.sandbox.person('mallory').say('general', 'x')).toThrow('sees no channel')
  ada().remove(said)
  expect(contents()).toEqual([])
})

test('the bot hears of edits and deletions', async () => {
  const said = ada().say('general', `<@${fixture.sandbox.applicationId}> one`)
  const edited = new Promise<string>(resolve =>
    fixture.client.once(Events.MessageUpdate, (_, after) => resolve(after.content ?? '')),
  )
  ada().edit(said, `<@${fixture.sandbox.applicationId}> two`)
  expect(await edited).toContain('two')
  const deleted = new Promise<string>(resolve =>
    fixture.client.once(Events.MessageDelete, ({ id }) => resolve(id)),
  )
  ada().remove(said)
  expect(await deleted).toBe(said.id)
})

test('typing shows', async () => {
  const typing = new Promise<string>(resolve => {
    const stop = ada().follow(event => {
      if (event.type !== 'typing') return
      stop()
      resolve(event.user.username)
    })
  })
  await (channel('general') as GuildTextBasedChannel).sendTyping()
  expect(await typing).toBe('Lectern')
})
