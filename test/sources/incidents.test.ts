import { describe, expect, it, onTestFinished } from 'vitest'
import { rss } from './arxiv-shapes.ts'
import { html, startArxiv, type World, xml } from './arxiv-world.ts'
import { balance, nothingWrong, type Replay, replay } from './replay.ts'

/*
 * Eight incidents that cost other bots whole days, replayed with the bot's own pace on a moved clock, over a real
 * database and real HTTP. Monday is 16 November 2026; New York is five hours behind UTC, so that Tuesday's papers are
 * announced on Tuesday at 01:00 UTC.
 */

interface Stage {
  readonly world: World
  readonly source: Replay
}

/** Two categories that were set up on Monday; what Monday showed is old. */
async function stage(categories = ['cs.CL', 'cs.IR']): Promise<Stage> {
  const clock = { now: Date.parse('2026-11-16T12:00:00Z') }
  const world = await startArxiv(() => clock.now)
  onTestFinished(world.close)
  world.announce('cs.CL', '2026-11-16', [
    ['new', '2611.00001'],
    ['new', '2611.00002'],
    ['replacement', '2610.09999'],
  ])
  world.announce('cs.IR', '2026-11-16', [
    ['new', '2611.00003'],
    ['cross', '2611.00002'],
  ])
  const source = await replay(clock, ['arxiv', ...categories], {
    ARXIV_URL: world.url,
    ARXIV_RSS_URL: `${world.url}/rss`,
    ARXIV_OAI_URL: `${world.url}/oai`,
    ARXIV_API_URL: `${world.url}/api/query`,
  })
  await source.until('2026-11-16T13:00:00Z')
  expect(source.heard).toEqual([])
  return { world, source }
}

const tuesday = (world: World) => {
  world.announce('cs.CL', '2026-11-17', [
    ['new', '2611.10001'],
    ['new', '2611.10002'],
    ['cross', '2611.10003'],
    ['replacement', '2611.00001'],
  ])
  world.announce('cs.IR', '2026-11-17', [
    ['new', '2611.10003'],
    ['new', '2611.10004'],
  ])
}

const wednesday = (world: World) => {
  world.announce('cs.CL', '2026-11-18', [
    ['new', '2611.20001'],
    ['new', '2611.20002'],
  ])
  world.announce('cs.IR', '2026-11-18', [['new', '2611.20003']])
}

const unavailable = { status: 503, body: 'Service Unavailable' }

describe('incidents of live sources', () => {
  it('1: RSS serves yesterday’s batch for one category under today’s build date', async () => {
    const { world, source } = await stage()
    tuesday(world)
    const hours = { from: '2026-11-17T00:00:00Z', until: '2026-11-17T08:00:00Z' }
    world.faults.push(
      { on: /^\/list\/cs\.IR/, ...hours, answer: () => unavailable },
      {
        on: /^\/rss\/cs\.IR/,
        ...hours,
        answer: () => xml(rss('cs.IR', '2026-11-17', '2026-11-17', world.on('cs.IR', '2026-11-16'))),
      },
    )
    await source.until('2026-11-17T03:00:00Z')
    expect(new Set(source.heard)).toEqual(new Set(['2611.10001', '2611.10002', '2611.10003']))
    expect(await source.word()).not.toMatch(/fresh|quiet/)
    await source.until('2026-11-17T18:00:00Z')
    expect(balance(source.heard, world.idsOf('2026-11-17'))).toEqual(nothingWrong)
    expect(await source.word()).toBe('fresh')
  })

  it('2: a probe that looks at one category only, on a day when that one is late', async () => {
    const { world, source } = await stage()
    world.announce('cs.CL', '2026-11-17', [['new', '2611.10001']], '2026-11-17T05:30:00Z')
    world.announce('cs.IR', '2026-11-17', [
      ['new', '2611.10003'],
      ['new', '2611.10004'],
    ])
    await source.until('2026-11-17T02:30:00Z')
    expect(new Set(source.heard)).toEqual(new Set(['2611.10003', '2611.10004']))
    expect(await source.state()).toBe(
      'waiting: cs.CL: Tuesday 17 November has not come out; it still shows Monday 16 November',
    )
    await source.until('2026-11-17T18:00:00Z')
    expect(balance(source.heard, world.idsOf('2026-11-17'))).toEqual(nothingWrong)
    expect(await source.word()).toBe('fresh')
  })

  it('3: items that are dated a day behind their content, while nothing but the feed can be read', async () => {
    const { world, source } = await stage(['cs.CL'])
    tuesday(world)
    const hours = { from: '2026-11-17T00:00:00Z', until: '2026-11-17T10:00:00Z' }
    world.faults.push(
      { on: /^\/list\//, ...hours, answer: () => unavailable },
      {
        on: /^\/rss\//,
        ...hours,
        answer: () => xml(rss('cs.CL', '2026-11-17', '2026-11-16', world.current('cs.CL')!.listed)),
      },
    )
    await source.until('2026-11-17T05:00:00Z')
    expect(new Set(source.heard)).toEqual(new Set(['2611.10001', '2611.10002', '2611.10003']))
    expect(await source.word()).toBe('failing')
    await source.until('2026-11-17T18:00:00Z')
    const announced = new Set(['2611.10001', '2611.10002', '2611.10003'])
    expect(balance(source.heard, announced)).toEqual(nothingWrong)
    expect(await source.state()).toBe('fresh: cs.CL: all 3 papers of Tuesday 17 November are here')
  })

  it('4: stragglers of the old batch that use up “ran today”', async () => {
    const { world, source } = await stage(['cs.CL'])
    const monday = world.on('cs.CL', '2026-11-16').map(({ kind, entry }) => [kind, entry.id] as const)
    world.announce('cs.CL', '2026-11-16', [...monday, ['new', '2611.00009']], '2026-11-17T00:10:00Z')
    world.announce('cs.CL', '2026-11-17', [
      ['new', '2611.10001'],
      ['new', '2611.10002'],
    ])
    await source.until('2026-11-17T18:00:00Z')
    const announced = new Set(['2611.00009', '2611.10001', '2611.10002'])
    expect(balance(source.heard, announced)).toEqual(nothingWrong)
    expect(await source.word()).toBe('fresh')
  })

  it('5: the day of the look taken for the day of the announcement', async () => {
    const { world, source } = await stage(['cs.CL'])
    // Announced four hours late, on the next day in New York; Wednesday's follows on the same UTC day's end.
    world.announce('cs.CL', '2026-11-17', [['new', '2611.10001']], '2026-11-17T05:30:00Z')
    world.announce('cs.CL', '2026-11-18', [['new', '2611.20001']])
    await source.until('2026-11-17T23:59:00Z')
    const batches = (await source.store.sources.get('', source.id))!.health.batches
    expect(batches).toEqual([{ part: 'cs.CL', day: '2026-11-17', announced: 1, taken: 1 }])
    await source.until('2026-11-18T02:00:00Z')
    expect((await source.store.sources.get('', source.id))!.health.batches[0]?.day).toBe('2026-11-18')
    expect(balance(source.heard, world.idsOf('2026-11-17', '2026-11-18'))).toEqual(nothingWrong)
    expect(await source.word()).toBe('fresh')
  })

  it('6: a cached batch across midnight UTC', async () => {
    const { world, source } = await stage(['cs.CL'])
    tuesday(world)
    await source.until('2026-11-17T20:00:00Z')
    wednesday(world)
    const cached = world.current('cs.CL')!
    world.faults.push({
      on: /^\/list\//,
      from: '2026-11-17T20:00:00Z',
      until: '2026-11-18T04:10:00Z',
      answer: () => html(world.listing(cached)),
    })
    await source.until('2026-11-18T00:30:00Z')
    expect(await source.word()).toBe('fresh')
    await source.until('2026-11-18T03:00:00Z')
    expect(await source.word()).toBe('waiting')
    await source.until('2026-11-18T18:00:00Z')
    const announced = new Set(['2611.10001', '2611.10002', '2611.10003', '2611.20001', '2611.20002'])
    expect(balance(source.heard, announced)).toEqual(nothingWrong)
    expect(await source.word()).toBe('fresh')
  })

  it('7: a weekend, and a holiday, shown as stale', async () => {
    const { world, source } = await stage(['cs.CL'])
    for (const [i, day] of ['17', '18', '19', '20', '23', '24', '25', '26'].entries())
      world.announce('cs.CL', `2026-11-${day}`, [['new', `2611.3000${i}`]])
    world.announce('cs.CL', '2026-11-30', [['new', '2611.39999']])
    const words: string[] = []
    for (const at of ['20T20', '21T03', '22T12', '22T23', '23T02', '27T12', '29T12', '30T06']) {
      await source.until(`2026-11-${at}:00:00Z`)
      words.push(await source.word())
    }
    // Friday's batch came on Thursday evening; Thanksgiving's week ends on Thursday.
    expect(words).toEqual(['fresh', 'quiet', 'quiet', 'quiet', 'fresh', 'quiet', 'quiet', 'fresh'])
    expect(await source.store.sources.untried(10)).toEqual([])
    const days = ['17', '18', '19', '20', '23', '24', '25', '26', '30'].map(day => `2026-11-${day}`)
    expect(balance(source.heard, world.idsOf(...days))).toEqual(nothingWrong)
  })

  it.each([
    [
      'no entry is found where it counts some',
      (page: string) => page.replaceAll('<dt>', '<div>').replaceAll('title="Abstract"', 'title="Summary"'),
    ],
    ['the sections are gone', (page: string) => page.replaceAll(/<h3>\w+ submissions[^<]*<\/h3>/g, '')],
    [
      'it names no date',
      (page: string) =>
        page
          .replaceAll('Showing new listings for', 'New since')
          .replaceAll(/\w+, 1\d November 2026/g, 'today'),
    ],
    ['it breaks off', (page: string) => page.slice(0, page.length / 2)],
  ])('8: a parse failure that looks like an empty day: %s', async (_name, damage) => {
    const { world, source } = await stage(['cs.CL'])
    tuesday(world)
    world.faults.push({
      on: /^\/list\//,
      from: '2026-11-17T00:00:00Z',
      until: '2026-11-17T12:00:00Z',
      answer: () => html(damage(world.listing(world.current('cs.CL')!))),
    })
    await source.until('2026-11-17T03:00:00Z')
    expect(await source.state()).toMatch(/^failing: arXiv’s listing cannot be read: /)
    // The feed brings them meanwhile, and who set the source up is told once.
    expect(new Set(source.heard)).toEqual(new Set(['2611.10001', '2611.10002', '2611.10003']))
    expect((await source.store.sources.untried(10)).map(notice => notice.word)).toEqual(['failing'])
    await source.until('2026-11-17T11:00:00Z')
    expect(await source.store.sources.untried(10)).toEqual([])
    await source.until('2026-11-17T20:00:00Z')
    expect(balance(source.heard, new Set(['2611.10001', '2611.10002', '2611.10003']))).toEqual(nothingWrong)
    expect(await source.state()).toBe('fresh: cs.CL: all 3 papers of Tuesday 17 November are here')
  })
})
