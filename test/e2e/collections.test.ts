import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paperRef } from '../../src/corpus/ids.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'
import { papersFrom } from '../fixtures/members.ts'

let bot: Bot

const secret = {
  id: 'own-1',
  title: 'Zorblax: catapults for penguins',
  abstract: 'We propose Zorblax, a catapult for penguins. It throws a penguin over 40 metres of ice.',
}

beforeAll(async () => {
  bot = await startBot()
  const lab = bot.sandbox.guild('Lab').id
  await bot.store.papers.upsert({ collection: lab, source: 'test', papers: papersFrom([secret]), at: 1 })
  // The bot asks for changes twice a second.
  await bot.libraries.refresh()
})
afterAll(() => bot.close())

const ada = () => bot.sandbox.person('ada')
const mallory = () => bot.sandbox.person('mallory')
const channelOf = (name: string) => {
  const { world } = bot.sandbox
  const guild = [...world.guilds.values()].find(each =>
    each.members.has(world.people.get(name)?.user.id ?? ''),
  )
  return (
    [...world.channels.values()].find(channel => channel.guildId === guild?.id && channel.type === 0)?.id ??
    ''
  )
}
const told = (reply: unknown) => JSON.stringify(reply)

describe('a server’s own papers', () => {
  it('are there by themselves soon after they were stored', async () => {
    const lab = bot.sandbox.guild('Lab').id
    const papers = papersFrom([{ id: 'own-2', title: 'Quibblefrost in polar nests' }])
    await bot.store.papers.upsert({ collection: lab, source: 'test', papers, at: 2 })
    await expect
      .poll(async () => told((await ada().slash('general', 'paper', { query: 'Quibblefrost' })).embeds), {
        timeout: 10_000,
      })
      .toContain('polar nests')
  })

  it('are found, asked about and completed in that server', async () => {
    const answer = await ada().slash('general', 'ask', { question: 'what is Zorblax?' })
    expect(told(answer.embeds)).toContain('catapult')
    const choices = await ada().suggest('general', 'paper', 'query', 'zorb')
    expect(told(choices)).toContain('Zorblax')
  })

  it.each([
    ['paper', { query: 'Zorblax' }],
    ['paper', { query: 'Zorblax: catapults for penguins' }],
    ['paper', { query: 'own-1' }],
    ['paper', { query: `paper:${paperRef('own-1')}` }],
    ['ask', { question: 'what is Zorblax?' }],
    ['ask', { question: 'how far does the penguin catapult throw?' }],
    ['related', { paper: `paper:${paperRef('own-1')}` }],
    ['save', { paper: `paper:${paperRef('own-1')}` }],
  ] as const)('are not told elsewhere: /%s %j', async (command, options) => {
    const reply = await mallory().slash(channelOf('mallory'), command, options)
    expect(told([reply.content, reply.embeds])).not.toMatch(/throws a penguin|40 metres|We propose/u)
  })

  it('are not completed elsewhere, nor in a direct message', async () => {
    for (const channel of [channelOf('mallory'), 'dm'])
      expect(told(await mallory().suggest(channel, 'paper', 'query', 'zorb'))).not.toContain('Zorblax')
    expect(told(await ada().suggest('dm', 'paper', 'query', 'zorb'))).not.toContain('Zorblax')
  })

  it('are not told to forged components', async () => {
    const reply = await mallory().slash(channelOf('mallory'), 'paper', { query: 'kv cache' })
    const ref = paperRef('own-1')
    for (const action of ['abstract', 'related', 'cite', 'open', 'pick', 'save'])
      for (const id of [
        `L1:paper:${action}::${ref}`,
        `L1:cite:${action}::${ref},bibtex`,
        `L1:library:${action}::${ref}`,
      ]) {
        const forged = await mallory()
          .sendRaw(reply.message, id, [ref])
          .catch(() => undefined)
        expect(told([forged?.content, forged?.embeds])).not.toContain('catapult')
      }
  })
})
