import { expect, it } from 'vitest'
import follow from '../../commands/follow.ts'
import type { BotContext } from '../../src/bot/context.ts'
import { addSource, namedSource } from '../../src/features/sources/set-up.ts'
import { muteRef } from '../../src/view/less-of.ts'
import { ada, context, openBotContext, papersFrom, run } from '../fixtures/members.ts'

const open = () => openBotContext(papersFrom([{ title: 'Key value caches for transformers' }]))
const say = (subcommand: string, options: object, bot: BotContext) =>
  run(follow, { subcommand, ...options }, context(ada), bot)
const place = { id: ada, guildId: undefined }

it('changes no follow when the typed text fits several, unless one is called just that', async () => {
  const bot = await open()
  await say('add', { topic: 'caches', hour: 7, timezone: 'Berlin' }, bot)
  await say('add', { topic: 'caches of keys' }, bot)
  for (const what of ['pause', 'resume', 'remove', 'time'])
    await expect(say(what, { follow: 'cache', hour: 1 }, bot)).rejects.toThrow('Several things')
  const untouched = { pausedAt: undefined, timing: { hour: 7 } }
  expect(await bot.store.follows.list(ada)).toMatchObject([untouched, untouched])
  await say('remove', { follow: ' Caches ' }, bot)
  expect(await bot.store.follows.list(ada)).toMatchObject([{ topic: { query: 'caches of keys' } }])
})

it('keeps a word and an author of one name muted until it is clear which is meant', async () => {
  const bot = await open()
  await say('mute', { word: 'Smith', author: 'Smith' }, bot)
  await expect(say('unmute', { muted: 'smith' }, bot)).rejects.toThrow('Several things')
  const [first, second] = await bot.store.mutes.list(place)
  if (first === undefined) throw new Error('nothing is muted')
  await say('unmute', { muted: muteRef(first) }, bot)
  expect(await bot.store.mutes.list(place)).toEqual([second])
})

it('takes a source by its name, and by its capitals where several differ in them alone', async () => {
  const { sources } = (await open()).store
  const add = (words: string) =>
    addSource(sources, { kind: 'rss', words: [words], collection: 'g', createdBy: ada, at: 1 })
  await add('https://example.org/Feed')
  const { name } = await add('https://example.org/feed')
  expect((await namedSource(sources, 'g', name)).name).toBe(name)
  await expect(namedSource(sources, 'g', name.toUpperCase())).rejects.toThrow('Several sources')
})
