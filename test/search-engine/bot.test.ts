import type { Reply } from 'discord-sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paperRef } from '../../src/corpus/ids.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'
import { papersFrom } from '../fixtures/members.ts'
import { ownPrefix, searchUrl } from './fixture.ts'
import { type Node, startNode } from './node.ts'

const secret = {
  id: 'own-1',
  title: 'Zorblax: catapults for penguins',
  abstract: 'We propose Zorblax, a catapult for penguins. It throws a penguin over 40 metres of ice.',
}
const told = (reply: unknown): string => JSON.stringify(reply)
const optionsOf = ({ message }: Reply): { label: string; value: string }[] =>
  (message.components as { components: object[] }[])
    .flatMap(({ components }) => components)
    .flatMap(part => ('options' in part ? (part.options as { label: string; value: string }[]) : []))

describe.skipIf(searchUrl() === '')('a bot whose papers are on OpenSearch', () => {
  let bot: Bot
  const lab = () => bot.sandbox.guild('Lab').id
  const ada = () => bot.sandbox.person('ada')
  const mallory = () => bot.sandbox.person('mallory')
  const malloryIn = () => {
    const { world } = bot.sandbox
    const id = world.people.get('mallory')?.user.id ?? ''
    const guild = [...world.guilds.values()].find(each => each.members.has(id))
    return (
      [...world.channels.values()].find(({ guildId, type }) => guildId === guild?.id && type === 0)?.id ?? ''
    )
  }

  beforeAll(async () => {
    bot = await startBot({
      env: { SEARCH_URL: searchUrl(), SEARCH_PREFIX: ownPrefix(), SEARCH_TIMEOUT: '30000' },
    })
    await bot.store.papers.upsert({ collection: lab(), source: 'test', papers: papersFrom([secret]), at: 1 })
    await bot.libraries.refresh()
  })
  afterAll(() => bot.close())

  it('finds papers, with what is related to them', async () => {
    const reply = await ada().slash('general', 'paper', { query: 'cross layer attenion KV cahce' })
    expect(told(reply.embeds)).toContain('Cross-Layer Attention')
    expect(reply.buttons.join()).toContain('Related')
    const next = await ada().slash('general', 'related', { paper: 'cross layer attention kv cache' })
    expect(told(next.embeds)).toMatch(/cache/i)
  })

  it('answers questions with what the papers say', async () => {
    const reply = await ada().slash('general', 'ask', { question: 'How is the KV cache made smaller?' })
    expect(told(reply.embeds)).toMatch(/cache/i)
  })

  it('completes what is typed, and knows what was chosen', async () => {
    // Nobody waits for suggestions that come late: on a busy machine there may be none the first time.
    let first: { name: string; value: string } | undefined
    const suggested = async () => {
      const choices = await ada().suggest('general', 'paper', 'query', 'value resid')
      first = (choices as { name: string; value: string }[])[0]
      return first?.name ?? ''
    }
    await expect.poll(suggested, { timeout: 60_000 }).toContain('Value Residual Learning')
    const reply = await ada().slash('general', 'paper', { query: first?.value ?? '' })
    expect(told(reply.embeds)).toContain('Value Residual Learning')
  })

  it('opens papers from lists and keeps them in lists', async () => {
    const card = await ada().slash('general', 'paper', { query: 'kv cache' })
    const [option] = optionsOf(card)
    const before = told(card.embeds)
    const opened = await card.choose(option?.value ?? '')
    expect(opened.state).toBe('updated')
    expect(told(card.embeds)).not.toBe(before)
    expect(told(card.embeds)).toContain(option?.label.slice(0, 20) ?? '-')
    const related = await card.press('Related papers')
    expect(told(related.embeds)).toMatch(/cache/i)
    await ada().slash('general', 'save', { paper: `paper:${option?.value}` })
    const list = await ada().slash('general', 'library', {})
    expect(told([list.embeds, list.content])).toContain(option?.label.slice(0, 20) ?? '-')
  })

  it('keeps a server’s own papers to that server', async () => {
    const answer = await ada().slash('general', 'ask', { question: 'what is Zorblax?' })
    expect(told(answer.embeds)).toContain('catapult')
    const suggested = async () => told(await ada().suggest('general', 'paper', 'query', 'zorb'))
    await expect.poll(suggested, { timeout: 60_000 }).toContain('Zorblax')
    const ref = `paper:${paperRef('own-1')}`
    for (const [command, options] of [
      ['paper', { query: 'Zorblax' }],
      ['paper', { query: secret.title }],
      ['paper', { query: ref }],
      ['ask', { question: 'how far does the penguin catapult throw?' }],
      ['related', { paper: ref }],
      ['save', { paper: ref }],
    ] as const) {
      const reply = await mallory().slash(malloryIn(), command, options)
      expect(told([reply.content, reply.embeds])).not.toMatch(/throws a penguin|40 metres|We propose/u)
    }
    for (const channel of [malloryIn(), 'dm'])
      expect(told(await mallory().suggest(channel, 'paper', 'query', 'zorb'))).not.toContain('Zorblax')
  })

  it('narrows to the server’s own papers', async () => {
    const own = await ada().slash('general', 'paper', { query: 'penguins', in: 'server' })
    expect(told(own.embeds)).toContain('Zorblax')
    const shared = await ada().slash('general', 'paper', { query: 'Zorblax penguins', in: 'shared' })
    expect(told([shared.content, shared.embeds])).not.toContain('throws a penguin')
  })

  it('finds what was stored a moment ago, and no more what was taken out', async () => {
    const papers = papersFrom([{ id: 'own-2', title: 'Quibblefrost in polar nests' }])
    await bot.store.papers.upsert({ collection: lab(), source: 'test', papers, at: 2 })
    const told2 = async () => told((await ada().slash('general', 'paper', { query: 'Quibblefrost' })).embeds)
    await expect.poll(told2, { timeout: 15_000 }).toContain('polar nests')
    await bot.store.papers.remove(lab(), { ids: ['own-2'] }, 3)
    await expect.poll(told2, { timeout: 15_000 }).not.toContain('polar nests')
  })

  it('draws them, by similarity and over time', async () => {
    const map = await ada().slash('general', 'map', { query: 'Zorblax' })
    const described = map.message.attachments[0]?.description
    expect(described).toMatch(/^A map of 108 papers by similarity\. .*1: Zorblax/u)
    const stats = await ada().slash('general', 'stats', {})
    expect(stats.message.attachments[0]?.description).toContain('108 papers by year')
    const alone = await ada().slash('dm', 'stats', {})
    expect(alone.message.attachments[0]?.description).toContain('107 papers by year')
  })

  it('starts again on the index that is there', async () => {
    await bot.restart()
    const reply = await ada().slash('general', 'ask', { question: 'what is Zorblax?' })
    expect(told(reply.embeds)).toContain('catapult')
  })
})

describe.skipIf(searchUrl() === '' || process.env['TEST_SEARCH_URL'] !== undefined)(
  'an engine that fails',
  () => {
    let node: Node
    let bot: Bot
    const ask = async () => {
      const reply = await bot.sandbox.person('ada').slash('general', 'paper', { query: 'kv cache' })
      // Whoever sees the answer was said before it failed: then the reason follows for the asker alone.
      const follows = reply.content.startsWith('The answer is for you alone') ? [await reply.followUp()] : []
      return told([reply.content, reply.embeds, follows])
    }

    beforeAll(async () => {
      node = await startNode()
      bot = await startBot({ env: { SEARCH_URL: node.url } })
    })
    afterAll(async () => {
      await bot?.close()
      await node?.stop()
    })

    it('is said at once while it is down, and used again when it is back', async () => {
      expect(await ask()).toContain('KV')
      await node.kill()
      expect(await ask()).toContain('search engine does not answer')
      expect(told(await bot.sandbox.person('ada').suggest('general', 'paper', 'query', 'kv'))).toBe('[]')
      await node.start()
      await expect.poll(ask, { timeout: 60_000, interval: 500 }).toContain('KV')
    })

    it('is not waited for when it hangs', async () => {
      node.pause(false)
      expect(await ask()).toContain('search engine does not answer')
      const asked = await Promise.all(Array.from({ length: 8 }, ask))
      for (const one of asked) expect(one).toContain('search engine does not answer')
      node.pause(true)
      await expect.poll(ask, { timeout: 60_000, interval: 500 }).toContain('KV')
    })
  },
)
