import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { choiceOf } from '../../src/bot/options.ts'
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

const channel = () => [...bot.sandbox.world.channels.values()].find(one => one.name === 'papers')!.id
const ada = () => bot.sandbox.person('ada')

describe('/map', () => {
  it('shows all papers, with a description for who cannot see it', async () => {
    const reply = await ada().slash('general', 'map', {})
    const [picture] = reply.message.attachments
    expect(picture).toMatchObject({ filename: 'map.png' })
    expect(picture?.description).toMatch(/^A map of 107 papers by similarity\. Groups: .*\(\d+\)\.$/u)
  })

  it('marks the hits of a search, and opens them', async () => {
    const reply = await ada().slash('general', 'map', { query: 'kv cache', theme: 'light', private: true })
    expect(reply.ephemeral).toBe(true)
    expect(reply.content).toMatch(/^Where the hits of \*\*kv cache\*\* lie:\n\*\*1\*\* .*\n\*\*2\*\* /u)
  })

  it('says that nothing fits', async () => {
    const reply = await ada().slash('general', 'map', { query: 'zzzqqqxxx' })
    expect(reply.content).toBe('No paper fits **zzzqqqxxx**.')
    expect(reply.message.attachments).toHaveLength(1)
  })

  it('keeps what was typed as text', async () => {
    const query = '**cache** <b>&"\u202e\u0000]]><@1>'
    const reply = await ada().slash('general', 'map', { query })
    expect(reply.content).toContain('\\*\\*cache\\*\\* \\<b\\>')
    expect(reply.message.attachments).toHaveLength(1)
  })
})

describe('/stats', () => {
  it('counts what everybody saw', async () => {
    const reply = await ada().slash('general', 'stats', {})
    const [picture] = reply.message.attachments
    expect(picture).toMatchObject({ filename: 'stats.png' })
    expect(picture?.description).toContain('0 shares, 0 picks, 0 votes')
    const [paper] = bot.libraries.of(undefined).search.papers
    if (paper === undefined) throw new Error('there are no papers')
    await ada().slash('general', 'share', { paper: choiceOf(paper.id), channel: channel() })
    await ada().slash('general', 'save', { paper: 'SVERL' })
    const after = await ada().slash('general', 'stats', { theme: 'light' })
    expect(after.message.attachments[0]?.description).toContain('1 share, 0 picks, 0 votes')
  })

  it('tells of a source what may be told in public', async () => {
    const collection = bot.sandbox.guild('Lab').id
    const source = 'rss https://reader:secret@feeds.example.org/lab?key=s3cret'
    const papers = [{ id: 'q', title: 'Quibbles', abstract: '', authors: [], categories: [] }]
    await bot.store.papers.upsert({ collection, source, papers, at: Date.now() })
    const reply = await ada().slash('general', 'stats', {})
    expect(reply.content).toContain('rss feeds.example.org: 1')
    expect(reply.content).not.toMatch(/secret|s3cret/u)
  })
})
