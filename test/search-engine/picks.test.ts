import type { MessageView } from 'discord-sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../src/search-engine/engine.ts'
import { papersFrom } from '../fixtures/members.ts'
import { type ScheduledBot, startScheduledBot } from '../fixtures/scheduled-bot.ts'
import { collectionOf, engineAt, ownPrefix, searchUrl } from './fixture.ts'

describe.skipIf(searchUrl() === '')('what picks are chosen from', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await engineAt(searchUrl())
  })
  afterAll(() => engine.close())

  test('gives others where many were shown already, what is new among many, and an even sample', async () => {
    const many = papersFrom(
      Array.from({ length: 700 }, (_, i) => ({
        id: `s${i}`,
        title: `Zorblax number ${i}`,
        authors: ['Zed Quux'],
        venue: 'Zorbcon',
        published: `20${10 + Math.floor(i / 50)}-01-01`,
      })),
    )
    const collection = await collectionOf(engine, many)
    const sampled = async () => {
      const view = collection.view(undefined)
      await view.prepare({ sample: 100 })
      return view.papers.map(({ id }) => id)
    }
    const sample = await sampled()
    expect(new Set(sample).size).toBe(100)
    expect(await sampled()).toEqual(sample)
    const years = new Set(many.filter(({ id }) => sample.includes(id)).map(({ published }) => published))
    expect(years.size).toBe(14)
    for (const wanted of [
      { author: 'Zed Quux' },
      { venue: 'Zorbcon' },
      { text: 'zorblax' },
      { any: { seed: 'x' } },
    ]) {
      const seen = new Set<string>()
      // As picks go on day by day, with what was picked left out.
      for (let round = 0; round < 4; round++) {
        const view = collection.view(undefined)
        await view.prepare({ ...wanted, but: seen })
        const others = view.papers.filter(({ id }) => !seen.has(id))
        expect(others.length).toBeGreaterThan(0)
        for (const { id } of others.slice(0, 170)) seen.add(id)
      }
      const among = new Set(many.slice(300, 480).map(({ id }) => id))
      const view = collection.view(undefined)
      await view.prepare({ ...wanted, among })
      expect(view.papers.filter(({ id }) => among.has(id)).length).toBe(180)
    }
  })
})

/** A whole bot on the real client, with its clock moved on from day to day. */
describe.skipIf(searchUrl() === '')('picks and follows of papers on OpenSearch', () => {
  let scheduled: ScheduledBot
  let lab: string
  const about = (id: string, words: string, more: object = {}) => ({
    id,
    title: `${words} for penguins`,
    abstract: `We study ${words} for penguins.`,
    ...more,
  })
  const person = (who: string) => scheduled.bot.sandbox.person(who)
  const channel = (name: string) =>
    [...scheduled.bot.sandbox.world.channels.values()].find(one => one.name === name)?.id ?? ''
  const titlesOf = (messages: readonly MessageView[]) =>
    messages.flatMap(({ embeds }) => embeds.flatMap(({ title }) => title ?? []))
  const digests = (who: string) =>
    titlesOf(
      person(who)
        .messages('dm')
        .filter(({ content }) => content.startsWith('**New for you')),
    )
  const follow = (who: string, where: string, topic: object) =>
    person(who).slash(where, 'follow add', { ...topic, hour: 8, timezone: 'UTC' })

  beforeAll(async () => {
    scheduled = await startScheduledBot('2027-03-01T06:10:00Z', {
      env: { SEARCH_URL: searchUrl(), SEARCH_PREFIX: ownPrefix(), SEARCH_TIMEOUT: '30000' },
    })
    lab = scheduled.bot.sandbox.guild('Lab').id
    await scheduled.arrive([
      about('s0', 'Zorblax igloos', { authors: ['Zed Quux', 'Ada Lovelace'], venue: 'Zorbcon 2025' }),
      about('s1', 'Quibblefrost kites', { authors: ['Quux, Zed'], venue: 'Proceedings of Ice' }),
      about('s2', 'Zorblax lanterns', { authors: ['Alan Turing'], venue: 'Zorbcon 2026' }),
    ])
    await scheduled.arrive([about('o0', 'Zorblax harpoons', { authors: ['Zed Quux'] })], lab)
  })
  afterAll(async () => {
    expect(scheduled.bot.log.filter(line => line.level >= 50)).toEqual([])
    expect(scheduled.bot.sandbox.refused).toEqual([])
    await scheduled.bot.close()
  })

  test('names are suggested as the papers have them, a server’s own to that server alone', async () => {
    const suggested = async (who: string, where: string, field: string, typed: string) =>
      JSON.stringify(await person(who).suggest(where, 'follow add', field, typed))
    await expect
      .poll(() => suggested('ada', 'general', 'author', 'quu'), { timeout: 60_000 })
      .toContain('Zed Quux (3)')
    expect(await suggested('ada', 'dm', 'author', 'quu')).toContain('Zed Quux (2)')
    expect(await suggested('ada', 'general', 'venue', 'zorb')).toContain('Zorbcon (2)')
  })

  test('an author, a venue, a topic and a paper are followed', async () => {
    expect(JSON.stringify((await follow('ada', 'dm', { author: 'Zed Quux' })).embeds)).toContain('Zed Quux')
    await follow('emmy', 'general', { venue: 'Zorbcon' })
    await follow('grace', 'general', { topic: 'zorblax' })
    await scheduled.until('2027-03-02T08:30:00Z')
    expect(digests('ada').sort()).toEqual(['Quibblefrost kites for penguins', 'Zorblax igloos for penguins'])
    expect(digests('emmy').sort()).toEqual(['Zorblax igloos for penguins', 'Zorblax lanterns for penguins'])
    // What the server alone has comes too.
    expect(digests('grace').sort()).toEqual([
      'Zorblax harpoons for penguins',
      'Zorblax igloos for penguins',
      'Zorblax lanterns for penguins',
    ])
  })

  test('what is new is found among much that is new', async () => {
    const others = Array.from({ length: 150 }, (_, i) => about(`n${i}`, `Number ${i} of walruses`))
    await scheduled.arrive([
      about('a1', 'Zorblax sledges', { authors: ['Quux, Z.', 'Zed Quux'], venue: 'Zorbcon' }),
      ...others,
    ])
    await scheduled.until('2027-03-03T08:30:00Z')
    for (const who of ['ada', 'emmy', 'grace'])
      expect(digests(who).slice(-1), who).toEqual(['Zorblax sledges for penguins'])
  })

  test('a channel gets its pick of the day, each paper once, and what is near is said', async () => {
    const set = await person('ada').slash('general', 'daily set', {
      channel: channel('papers'),
      time: '10:00',
      timezone: 'UTC',
      author: 'Zed Quux',
    })
    expect(set.embeds[0]?.description).toContain('By Zed Quux')
    const preview = async () => {
      const { content, embeds } = await person('ada').slash('general', 'daily preview')
      return embeds[0]?.title ?? content
    }
    await expect.poll(preview, { timeout: 60_000 }).toMatch(/for penguins$/u)
    await scheduled.until('2027-03-07T10:30:00Z')
    const posted = titlesOf(person('ada').messages('papers'))
    expect(posted.toSorted()).toEqual([
      'Quibblefrost kites for penguins',
      'Zorblax harpoons for penguins',
      'Zorblax igloos for penguins',
      'Zorblax sledges for penguins',
    ])
    const list = await person('ada').slash('general', 'daily list')
    expect(JSON.stringify([list.content, list.embeds])).toMatch(/Quux/u)
    const why = await person('ada').slash('general', 'daily why')
    expect(JSON.stringify([why.content, why.embeds])).toContain('Zed Quux')
  })

  test('any paper is picked where no topic is set, and another each day', async () => {
    await person('ada').slash('general', 'daily remove')
    await person('ada').slash('general', 'daily set', {
      channel: channel('papers'),
      time: '11:00',
      timezone: 'UTC',
    })
    const before = person('ada').messages('papers').length
    await scheduled.until('2027-03-10T11:30:00Z')
    const posted = titlesOf(person('ada').messages('papers').slice(before))
    expect(new Set(posted).size).toBe(posted.length)
    expect(posted.length).toBeGreaterThanOrEqual(3)
  })

  test('a pick of a source takes what it brought last', async () => {
    const { store } = scheduled.bot
    const never = Date.parse('2099-01-01')
    const name = 'arxiv cs.CL'
    await store.sources.add({
      id: 'l1',
      collection: lab,
      name,
      spec: { kind: 'arxiv', categories: ['cs.CL'] },
      createdBy: undefined,
      lane: 'arxiv',
      at: never,
    })
    await person('ada').slash('general', 'daily remove')
    await person('ada').slash('general', 'daily set', {
      channel: channel('papers'),
      time: '12:00',
      timezone: 'UTC',
      source: 'l1',
    })
    const before = person('ada').messages('papers').length
    await scheduled.arrive([about('l1', 'Zorblax lighthouses')], lab, name)
    await scheduled.until('2027-03-11T12:30:00Z')
    expect(titlesOf(person('ada').messages('papers').slice(before))).toEqual([
      'Zorblax lighthouses for penguins',
    ])
  })
})
