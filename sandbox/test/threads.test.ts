import { ChannelType, type ForumChannel, type TextChannel, ThreadAutoArchiveDuration } from 'discord.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ClientFixture, codeOf, startClientFixture } from './fixture.ts'

let fixture: ClientFixture

beforeEach(async () => {
  fixture = await startClientFixture()
})

afterEach(() => fixture.close())

const ada = () => fixture.sandbox.person('ada')
const named = <T>(name: string) =>
  fixture.client.channels.cache.find(each => 'name' in each && each.name === name) as T

test('a thread hangs on a message, once', async () => {
  const message = await named<TextChannel>('papers').send('a paper')
  const thread = await message.startThread({
    name: 'Discussion',
    autoArchiveDuration: ThreadAutoArchiveDuration.OneDay,
  })
  expect(thread.id).toBe(message.id)
  await thread.send('first')
  expect(
    ada()
      .messages(thread.id)
      .map(({ content }) => content),
  ).toEqual(['first'])
  expect(ada().messages('papers')[0]?.thread).toMatchObject({
    name: 'Discussion',
    owner_id: fixture.client.user.id,
  })
  const again = fixture.client.rest.post(`/channels/${message.channelId}/messages/${message.id}/threads`, {
    body: { name: 'Twice' },
  })
  expect(await codeOf(again)).toBe(160004)
  const long = fixture.client.rest.post(`/channels/${message.channelId}/messages/${message.id}/threads`, {
    body: { name: 'x'.repeat(101) },
  })
  expect(await codeOf(long)).toBe(50035)
})

test('a thread of its own is announced', async () => {
  const thread = await named<TextChannel>('papers').threads.create({
    name: 'Reading',
    type: ChannelType.PublicThread,
  })
  expect(ada().messages('papers')[0]).toMatchObject({ type: 18, content: 'Reading' })
  const { threads } = await named<TextChannel>('papers').threads.fetchActive(false)
  expect(threads.has(thread.id)).toBe(true)
})

test('a thread tells who is in it', async () => {
  const thread = await named<TextChannel>('papers').threads.create({
    name: 'Reading',
    type: ChannelType.PublicThread,
  })
  const member = await thread.members.fetch({ member: fixture.client.user.id, force: true })
  expect(member).toMatchObject({ id: fixture.client.user.id })
  expect(member.joinedTimestamp).toBeGreaterThan(0)
  const [guild] = fixture.sandbox.world.guilds.values()
  const members = [...(guild?.members.values() ?? [])]
  const alan = members.find(({ user }) => user.username === 'alan')?.user
  const route = `/channels/${thread.id}/thread-members/${alan?.id}` as const
  expect(await codeOf(fixture.client.rest.get(route))).toBe(10007)
  await thread.members.add(alan?.id ?? '')
  expect(await fixture.client.rest.get(route)).toMatchObject({ id: thread.id, user_id: alan?.id })
})

test('a forum takes posts, with its own tags', async () => {
  const forum = named<ForumChannel>('journal-club')
  const [tag] = forum.availableTags
  const post = await forum.threads.create({
    name: 'KV cache',
    message: { content: 'shall we?', embeds: [{ title: 't' }] },
    appliedTags: [tag?.id ?? ''],
  })
  expect(post.appliedTags).toEqual([tag?.id])
  const [first] = ada().messages(post.id)
  expect(first).toMatchObject({ id: post.id, content: 'shall we?' })
  const send = (body: object) => codeOf(fixture.client.rest.post(`/channels/${forum.id}/threads`, { body }))
  expect(await send({ name: 'x' })).toBe(50035)
  expect(await send({ name: 'x', message: {} })).toBe(50006)
  expect(await send({ name: 'x', message: { content: 'x' }, applied_tags: ['1'] })).toBe(50035)
  expect(await send({ name: '', message: { content: 'x' } })).toBe(50035)
  expect(await send({ name: 'x', message: { content: 'x'.repeat(2001) } })).toBe(50035)
})

test('starting one needs permission', async () => {
  const message = await named<TextChannel>('papers').send('x')
  fixture.sandbox.simulate({ kind: 'deny', channel: 'papers', permissions: ['CreatePublicThreads'] })
  expect(await codeOf(message.startThread({ name: 'no' }))).toBe(50013)
  fixture.sandbox.simulate({ kind: 'deny', channel: 'journal-club', permissions: ['SendMessages'] })
  const post = named<ForumChannel>('journal-club').threads.create({ name: 'no', message: { content: 'x' } })
  expect(await codeOf(post)).toBe(50013)
})

test('writing in one needs a right of its own, and a thread that is not locked', async () => {
  const message = await named<TextChannel>('papers').send('x')
  const thread = await message.startThread({ name: 'Discussion' })
  fixture.sandbox.simulate({ kind: 'deny', channel: 'papers', permissions: ['SendMessages'] })
  await thread.send('still fine')
  fixture.sandbox.simulate({ kind: 'deny', channel: 'papers', permissions: ['SendMessagesInThreads'] })
  expect(await codeOf(thread.send('no'))).toBe(50013)
  fixture.sandbox.simulate({ kind: 'deny', channel: 'papers', permissions: [] })
  await thread.setArchived(true)
  expect(fixture.sandbox.world.channels.get(thread.id)?.thread?.archived).toBe(true)
  await thread.send('opens it again')
  expect(fixture.sandbox.world.channels.get(thread.id)?.thread?.archived).toBe(false)
  expect(await codeOf(thread.setLocked(true))).toBe(50013)
  const state = fixture.sandbox.world.channels.get(thread.id)?.thread
  if (state) Object.assign(state, { archived: true, locked: true })
  expect(await codeOf(thread.send('locked'))).toBe(50083)
  expect(() => fixture.sandbox.person('alan').say(thread.id, 'x')).toThrow('locked')
})

test('people start threads and posts too', async () => {
  const alan = fixture.sandbox.person('alan')
  const said = alan.say('general', 'look')
  const thread = alan.startThread('general', 'On that', { message: said.id, content: 'well' })
  expect(thread.id).toBe(said.id)
  const post = alan.startThread('journal-club', 'A post', { content: 'hello' })
  expect(ada().messages(post.id)[0]?.content).toBe('hello')
  expect(() => alan.startThread('journal-club', 'No words')).toThrow('first message')
  expect(
    ada()
      .overview()
      .guilds[0]?.channels.map(each => ('name' in each ? each.name : '')),
  ).toEqual([
    'general',
    'On that',
    'papers',
    'reading-group',
    'journal-club',
    'A post',
    'announcements',
    'organisers',
  ])
})
