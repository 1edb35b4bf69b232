import { Events, type Message, type TextChannel } from 'discord.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ClientFixture, codeOf, startClientFixture } from './fixture.ts'

let fixture: ClientFixture

beforeEach(async () => {
  fixture = await startClientFixture()
})

afterEach(() => fixture.close())

const ada = () => fixture.sandbox.person('ada')
const general = () =>
  fixture.client.channels.cache.find(each => 'name' in each && each.name === 'general') as TextChannel

test('reactions are counted, announced and taken back', async () => {
  const message = await general().send('useful?')
  const added = new Promise<[emoji: string | null, user: string | null]>(resolve =>
    fixture.client.once(Events.MessageReactionAdd, (reaction, user) =>
      resolve([reaction.emoji.name, user.id]),
    ),
  )
  const where = { id: message.id, channel_id: message.channelId }
  const seen = ada().react(where, '👍')
  expect(seen.reactions).toMatchObject([{ emoji: { name: '👍' }, count: 1, me: true }])
  expect(await added).toEqual(['👍', ada().person.user.id])
  await message.react('👍')
  expect(fixture.sandbox.person('alan').message(where).reactions).toMatchObject([{ count: 2, me: false }])
  expect(await codeOf(message.react('nonsense'))).toBe(10014)
  const removed = new Promise(resolve => fixture.client.once(Events.MessageReactionRemove, resolve))
  ada().unreact(where, '👍')
  await removed
  await message.reactions.cache.get('👍')?.users.remove(fixture.client.user.id)
  expect(ada().message(where).reactions).toBeUndefined()
})

test('a poll is voted on, and ends by the clock', async () => {
  const message = await general().send({
    poll: {
      question: { text: 'Which one?' },
      answers: [{ text: 'KV cache' }, { text: 'SVERL' }],
      duration: 2,
      allowMultiselect: false,
    },
  })
  const where = { id: message.id, channel_id: message.channelId }
  const voted = new Promise<number>(resolve =>
    fixture.client.once(Events.MessagePollVoteAdd, answer => resolve(answer.id)),
  )
  ada().vote(where, [1])
  expect(await voted).toBe(1)
  ada().vote(where, [2])
  expect(() => ada().vote(where, [1, 2])).toThrow()
  expect(ada().message(where).poll?.results).toEqual({
    is_finalized: false,
    answer_counts: [{ id: 2, count: 1, me_voted: true }],
  })
  const ended = new Promise<Message>(resolve =>
    fixture.client.once(Events.MessageUpdate, (_, after) => resolve(after as Message)),
  )
  fixture.sandbox.simulate({ kind: 'jump', ms: 2 * 3_600_000 })
  expect((await ended).poll?.resultsFinalized).toBe(true)
  expect(() => ada().vote(where, [1])).toThrow()
  expect(ada().messages('general')[1]).toMatchObject({
    type: 46,
    message_reference: { message_id: message.id },
    embeds: [
      { fields: expect.arrayContaining([{ name: 'victor_answer_text', value: 'SVERL', inline: false }]) },
    ],
  })
})

test('a poll can be ended early, once', async () => {
  const poll = {
    question: { text: 'Which?' },
    answers: [{ text: 'a' }, { text: 'b' }],
    duration: 1,
    allowMultiselect: true,
  }
  const message = await general().send({ poll })
  ada().vote({ id: message.id, channel_id: message.channelId }, [1, 2])
  expect((await message.poll?.answers.get(1)?.voters.fetch())?.size).toBe(1)
  expect((await message.poll?.end())?.poll?.resultsFinalized).toBe(true)
  expect(await codeOf(message.poll?.end() ?? Promise.resolve())).toBe(520006)
})
