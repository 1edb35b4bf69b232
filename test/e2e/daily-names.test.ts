import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

const folder = mkdtempSync(join(tmpdir(), 'lectern-daily-'))
const papers = [
  { title: 'Key value caches', authors: ['Lovelace, Ada', 'Grace Hopper'], venue: 'NeurIPS 2023' },
  { title: 'Experts at the edge', authors: ['Alan Turing'], venue: 'Nature' },
  { title: 'Weather of Mars', authors: ['Alan Turing'], venue: 'Science', categories: ['cs.CL'] },
]

let bot: Bot
beforeAll(async () => {
  const corpus = join(folder, 'papers.jsonl')
  writeFileSync(
    corpus,
    papers.map(one => JSON.stringify({ abstract: 'An abstract about it.', ...one })).join('\n'),
  )
  bot = await startBot({ env: { CORPUS: corpus } })
})
afterAll(async () => {
  await bot.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('/daily set', () => {
  const ada = () => bot.sandbox.person('ada')
  const channel = () => [...bot.sandbox.world.channels.values()].find(one => one.name === 'papers')!.id
  const set = (options = {}) =>
    ada().slash('general', 'daily set', {
      channel: channel(),
      time: '18 Uhr',
      timezone: 'Europe/Berlin',
      ...options,
    })
  const remove = () => ada().slash('general', 'daily remove')

  it('takes an author or a venue, as the library names them', async () => {
    expect(await ada().suggest('general', 'daily set', 'author', 'love')).toEqual([
      { name: 'Ada Lovelace (1)', value: 'Ada Lovelace' },
    ])
    expect(await ada().suggest('general', 'daily set', 'venue', 'neur')).toEqual([
      { name: 'NeurIPS (1)', value: 'NeurIPS' },
    ])
    const reply = await set({ author: 'Ada Lovelace' })
    expect(reply.embeds[0]?.description).toContain('By Ada Lovelace')
    expect(reply.embeds[0]?.description).toContain('18:00, Europe/Berlin')
    const preview = await ada().slash('general', 'daily preview')
    expect(preview.embeds.map(embed => embed.title)).toEqual(['Key value caches'])
    expect(preview.embeds[0]?.description).toContain('is by Ada Lovelace')
    expect((await set({ author: 'lovelace, ada', time: 'at 9' })).content).toContain('has been updated')
    await remove()
    await set({ venue: 'cs.CL', count: 5 })
    const venue = await ada().slash('general', 'daily preview')
    expect(venue.embeds.map(embed => embed.title)).toEqual(['Weather of Mars'])
    await remove()
  })

  it('takes one of topic, author and venue, and a name that is one', async () => {
    expect((await set({ topic: 'caches', author: 'Ada Lovelace' })).content).toContain('Give one of')
    expect((await set({ venue: '???' })).content).toContain('is no name')
    expect((await ada().slash('general', 'daily list')).embeds[0]?.description).toContain('No daily picks')
    expect(bot.sandbox.refused).toEqual([])
  })
})
