import { describe, expect, it, onTestFinished } from 'vitest'
import { atom, oaiError } from './arxiv-shapes.ts'
import { html, startArxiv, type World, xml } from './arxiv-world.ts'
import { balance, nothingWrong, type Replay, replay } from './replay.ts'

interface Stage {
  readonly world: World
  readonly source: Replay
}

async function stage(words: readonly [string, ...string[]], start = '2026-11-16T12:00:00Z'): Promise<Stage> {
  const clock = { now: Date.parse(start) }
  const world = await startArxiv(() => clock.now)
  onTestFinished(world.close)
  world.announce('cs.CL', '2026-11-16', [
    ['new', '2611.00001'],
    ['cross', '2611.00002'],
  ])
  const source = await replay(clock, words, {
    ARXIV_URL: world.url,
    ARXIV_RSS_URL: `${world.url}/rss`,
    ARXIV_OAI_URL: `${world.url}/oai`,
    ARXIV_API_URL: `${world.url}/api/query`,
  })
  return { world, source }
}

const always = { from: '2000-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' }

describe('arXiv by category', () => {
  it('has what it shows at first, and announces none of it', async () => {
    const { source } = await stage(['arxiv', 'cs.CL'])
    await source.until('2026-11-16T20:00:00Z')
    expect(source.heard).toEqual([])
    const papers = await source.store.papers.list('', { limit: 10 })
    expect(papers.map(one => one.paper)).toEqual([
      {
        id: '2611.00001',
        arxiv: '2611.00001',
        title: 'Paper 2611.00001 on caching & “sparse” attention',
        abstract: 'We study question 2611.00001 with 10 < n < 20 examples. The result of 2611.00001 holds.',
        authors: ['Ada Lovelace', 'Alan Turing', 'José Núñez'],
        url: 'https://arxiv.org/abs/2611.00001',
        published: '2026-11-16',
        categories: ['cs.CL', 'cs.AI'],
      },
      expect.objectContaining({ id: '2611.00002', published: '2026-11' }),
    ])
    expect(papers[0]?.sources).toEqual(['arxiv cs.CL'])
  })

  it('adds a category later without announcing what that shows at first', async () => {
    const { world, source } = await stage(['arxiv', 'cs.CL', 'cs.IR'])
    world.faults.push({
      on: /cs\.IR/,
      ...always,
      until: '2026-11-16T14:00:00Z',
      answer: () => ({ status: 503 }),
    })
    world.announce('cs.IR', '2026-11-16', [['new', '2611.00007']])
    await source.until('2026-11-16T20:00:00Z')
    expect(source.heard).toEqual([])
    expect((await source.store.papers.list('', { limit: 10 })).map(one => one.paper.id)).toContain(
      '2611.00007',
    )
  })

  it('catches up with a week in which the bot did not run', async () => {
    const { world, source } = await stage(['arxiv', 'cs.CL'])
    await source.until('2026-11-16T13:00:00Z')
    const days = ['17', '18', '19', '20', '23', '24'].map(day => `2026-11-${day}`)
    for (const [i, day] of days.entries())
      world.announce('cs.CL', day, [
        ['new', `2611.1000${i}`],
        ['cross', `2611.2000${i}`],
        ['replacement', '2611.00001'],
      ])
    await source.sleepUntil('2026-11-24T09:00:00Z')
    expect(await source.word()).toBe('stalled')
    await source.until('2026-11-24T09:30:00Z')
    expect(balance(source.heard, world.idsOf(...days))).toEqual(nothingWrong)
    expect(await source.word()).toBe('fresh')
  })

  it('takes the papers of longer gaps from OAI-PMH, over tokens that expire', async () => {
    const { world, source } = await stage(['arxiv', 'cs.CL'])
    await source.until('2026-11-16T13:00:00Z')
    const first = Temporal.PlainDate.from('2026-11-17')
    const announced = new Set<string>()
    for (let i = 0, day = first; i < 100; i++, day = day.add({ days: 1 })) {
      if (day.dayOfWeek > 5) continue
      const id = `26${day.month === 11 ? 11 : 12}.3${String(i).padStart(4, '0')}`
      announced.add(id)
      world.announce('cs.CL', day.toString(), [['new', id]])
    }
    let asked = 0
    world.faults.push({
      on: /resumptionToken/,
      ...always,
      answer: ({ url }, it) =>
        [7, 20].includes(++asked)
          ? xml(oaiError('badResumptionToken', 'The token has expired'))
          : it.normal(url),
    })
    await source.sleepUntil('2027-02-24T12:00:00Z')
    await source.until('2027-02-24T14:00:00Z')
    expect(asked).toBeGreaterThan(40)
    expect(balance(source.heard, announced)).toEqual(nothingWrong)
    expect(await source.word()).toBe('fresh')
  })

  it('leaves a site alone that answers 429, for as long as it asks', async () => {
    const { world, source } = await stage(['arxiv', 'cs.CL'])
    await source.until('2026-11-16T13:00:00Z')
    world.announce('cs.CL', '2026-11-17', [['new', '2611.10001']])
    const storm = { from: '2026-11-17T00:00:00Z', until: '2026-11-17T05:00:00Z' }
    world.faults.push({
      on: /./,
      ...storm,
      answer: () => ({ status: 429, headers: { 'retry-after': '3600' }, body: 'Rate exceeded.' }),
    })
    await source.until('2026-11-17T00:00:00Z')
    const before = world.heard.length
    await source.until('2026-11-17T05:00:00Z')
    expect(world.heard.length - before).toBeLessThanOrEqual(6)
    expect(await source.state()).toMatch(/^failing: 127\.0\.0\.1:\d+ answers 429 \(too many requests\)$/)
    await source.until('2026-11-17T12:00:00Z')
    expect(source.heard).toEqual(['2611.10001'])
    expect(await source.word()).toBe('fresh')
  })

  it('does not settle a day before as many papers came as it announces', async () => {
    const { world, source } = await stage(['arxiv', 'cs.CL'])
    await source.until('2026-11-16T13:00:00Z')
    world.announce('cs.CL', '2026-11-17', [
      ['new', '2611.10001'],
      ['new', '2611.10002'],
    ])
    // The second paper's title is missing for some hours: it makes no paper, and is not given up.
    world.faults.push({
      on: /^\/list/,
      from: '2026-11-17T00:00:00Z',
      until: '2026-11-17T04:00:00Z',
      answer: () => html(world.listing(world.current('cs.CL')!).replace(/Paper 2611\.10002[^<]*/, '')),
    })
    await source.until('2026-11-17T03:00:00Z')
    expect(await source.state()).toBe('waiting: cs.CL: 1 of 2 papers of Tuesday 17 November are here')
    await source.until('2026-11-17T12:00:00Z')
    expect(source.heard.toSorted()).toEqual(['2611.10001', '2611.10002'])
    expect(await source.word()).toBe('fresh')
  })
})

describe('arXiv by query', () => {
  it('finds new submissions, over empty pages below the total', async () => {
    const { world, source } = await stage(['arxiv', 'cat:cs.CL AND abs:cache'])
    await source.until('2026-11-16T13:00:00Z')
    expect(source.heard).toEqual([])
    world.announce('cs.CL', '2026-11-17', [['new', '2611.10001']])
    world.announce('cs.CL', '2026-11-19', [['new', '2611.10002']])
    world.faults.push({
      on: /^\/api/,
      from: '2026-11-17T00:00:00Z',
      until: '2026-11-18T00:00:00Z',
      answer: () => xml(atom([], 12, 0)),
    })
    await source.until('2026-11-17T23:00:00Z')
    expect(await source.state()).toBe('failing: arXiv’s API sends an empty page of 12 results')
    await source.until('2026-11-19T20:00:00Z')
    expect(balance(source.heard, world.idsOf('2026-11-17', '2026-11-19'))).toEqual(nothingWrong)
    expect(await source.word()).toBe('fresh')
  })

  it('says what arXiv refuses', async () => {
    const { world, source } = await stage(['arxiv', 'cat:cs.CL AND ('])
    world.faults.push({
      on: /^\/api/,
      ...always,
      answer: () =>
        xml(`<feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query</title><entry><id>http://arxiv.org/api/errors#incorrect</id>
<title>Error</title><summary>incorrect id format</summary></entry></feed>`),
    })
    await source.until('2026-11-16T13:00:00Z')
    expect(await source.state()).toBe('failing: arXiv’s API refuses: incorrect id format')
  })
})
