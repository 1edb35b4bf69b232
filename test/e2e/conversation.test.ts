import type { Reply } from 'discord-sandbox'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createMessage } from '../../sandbox/src/operations/messages.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

let bot: Bot
beforeAll(async () => {
  bot = await startBot()
})
afterAll(() => bot.close())
afterEach(() => {
  expect(bot.sandbox.refused).toEqual([])
  expect(bot.log.filter(line => line.level >= 50)).toEqual([])
})

type Said = Reply['message']
const sourceOf = (message: Said): string => message.embeds[0]?.fields?.[0]?.value ?? ''

/** Says the texts in turn: in a server each as a reply to the answer before, in direct messages one after the other. */
async function conversation(channel: string, texts: readonly string[]): Promise<Said[]> {
  const grace = bot.sandbox.person('grace')
  const answers: Said[] = []
  for (const text of texts) {
    const last = answers.at(-1)
    const said =
      channel === 'dm'
        ? grace.say('dm', text)
        : last === undefined
          ? grace.say(channel, `<@${bot.sandbox.applicationId}> ${text}`)
          : grace.say(channel, text, { replyTo: last.id })
    answers.push(await grace.hears(channel, said))
  }
  return answers
}

describe('a conversation about a list', () => {
  it.each(['general', 'dm'])('chooses papers of it, one after the other, in %s', async channel => {
    const [list, named, going, second, kept] = await conversation(channel, [
      'list papers on shapley values',
      'tldr of the data shapley one',
      'what do they propose?',
      'and number 2?',
      'which of them are about reinforcement learning?',
    ])
    const titles = list?.embeds[0]?.description?.match(/^\*\*\d\.\*\* \[[^\]]+/gmu) ?? []
    expect(titles).toHaveLength(4)
    expect(named && sourceOf(named)).toContain('Data Shapley')
    expect(going && sourceOf(going)).toContain('Data Shapley')
    expect(second && sourceOf(second)).toContain(titles[1]?.split('[')[1] ?? 'none')
    expect(kept?.embeds[0]?.footer?.text).toBe('1 of the 4 papers fits.')
  })
})

it('turns the pages of a narrowed list', async () => {
  const grace = bot.sandbox.person('grace')
  const list = await grace.slash('papers', 'ask', { question: 'list all papers about language models' })
  const said = grace.say('papers', 'not the ones about alignment', { replyTo: list.message.id })
  const narrowed = await grace.hears('papers', said)
  const footer = /^(?<kept>\d+) of the \d+ papers fit · page 1 of [23]$/u.exec(
    narrowed.embeds[0]?.footer?.text ?? '',
  )
  expect(footer).not.toBeNull()
  const second = await grace.press(narrowed, 'Next')
  expect(second.embeds[0]?.footer?.text).toContain(`${footer?.groups?.kept} of the`)
  expect(second.embeds[0]?.description).toMatch(/^\*\*9\.\*\*/u)
})

describe('a channel that lets the bot do less', () => {
  const denied = async (permission: 'EmbedLinks' | 'ReadMessageHistory') => {
    bot.sandbox.simulate({ kind: 'deny', channel: 'papers', permissions: [permission] })
    const ada = bot.sandbox.person('ada')
    const answer = ada.hears('papers', ada.say('papers', `<@${bot.sandbox.applicationId}> what is SVERL?`))
    return answer.finally(() => bot.sandbox.simulate({ kind: 'deny', channel: 'papers', permissions: [] }))
  }

  it('is told what it lacks', async () => {
    expect((await denied('EmbedLinks')).content).toBe(
      'I cannot answer here: I lack **Embed Links**. Whoever manages the server can give it to me.',
    )
  })

  it('gets an answer that refers to no message where the bot may not read what was said', async () => {
    const answer = await denied('ReadMessageHistory')
    expect(answer.embeds[0]?.title).toBe('what is SVERL?')
    expect(answer.message_reference).toBeUndefined()
  })
})

it('answers in a thread that was archived when the bot came back', async () => {
  const ada = bot.sandbox.person('ada')
  const { id } = ada.startThread('general', 'talk', { content: 'hello' })
  await bot.restart(async () => {
    bot.sandbox.world.channels.get(id)!.thread!.archived = true
  })
  const answer = await ada.hears(id, ada.say(id, `<@${bot.sandbox.applicationId}> what is SVERL?`))
  expect(answer.embeds[0]?.title).toBe('what is SVERL?')
})

it('goes on in direct messages after one of them was forwarded there', async () => {
  const ada = bot.sandbox.person('ada')
  const asked = ada.say('dm', 'what is SVERL?')
  await ada.hears('dm', asked)
  // What is forwarded comes without its author, and a bot that comes back knows no other version of it.
  await bot.restart()
  const { world } = bot.sandbox
  const channel = world.channels.get(asked.channel_id)!
  const { author: _, ...message } = channel.messages.get(asked.id)!.data
  const forward = createMessage(world, {
    channel,
    author: ada.person.user,
    body: {},
    uploads: [],
    extra: {
      message_reference: { type: 1, message_id: asked.id, channel_id: channel.id },
      message_snapshots: [{ message }],
    },
  })
  await ada.hears('dm', { id: forward.id, channel_id: channel.id })
  const answer = await ada.hears('dm', ada.say('dm', 'what is the kv cache?'))
  expect(answer.embeds[0]?.title).toBe('what is the kv cache?')
})
