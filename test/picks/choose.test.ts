import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Choice, choose, type SelectionInput } from '../../src/picks/choose.ts'
import { whyPicked } from '../../src/picks/pick-text.ts'
import {
  nearnessOf,
  type PreferenceSignal,
  preferenceSignals,
  rememberNearness,
} from '../../src/picks/preferences.ts'
import type { Reason } from '../../src/schedule/pick.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import type { Search } from '../../src/search/port.ts'
import { paper } from '../fixtures/paper.ts'
import { seedSearch } from '../fixtures/papers.ts'

const now = Date.parse('2026-11-23T09:00Z')
let seed: Search
beforeAll(async () => {
  seed = await seedSearch()
})

const remembered = new Map<Search, SelectionInput['near']>()
const nearnessIn = (search: Search) => {
  const near = remembered.get(search) ?? rememberNearness(search)
  remembered.set(search, near)
  return near
}

const input = (change: Partial<SelectionInput> = {}, search = change.search ?? seed): SelectionInput => ({
  search,
  near: nearnessIn(search),
  topic: { query: 'kv cache' },
  count: 1,
  taken: new Set(),
  signals: [],
  dislikes: [],
  leavesOut: false,
  mutes: [],
  recent: [],
  now,
  seed: 'd1 2026-11-23',
  ...change,
})
const ids = (choice: Choice) =>
  choice.kind === 'picks' ? choice.picks.map(pick => pick.paperId) : [choice.reason]
const reasons = (choice: Choice): Reason[] =>
  choice.kind === 'picks' ? (choice.picks[0]?.reasons ?? []) : []
const liked = (paperId: string, weight = 2, open = true): PreferenceSignal => ({ paperId, weight, open })

/** Picks day after day until there is none; each day's picks are then taken. */
function exhaust(change: Partial<SelectionInput>): { days: string[][]; end: string } {
  const taken = new Set<string>()
  const days: string[][] = []
  for (let day = 0; ; day++) {
    const recent = days.flat().toReversed()
    const choice = choose(input({ ...change, taken, recent, seed: `d1 ${day}` }))
    if (choice.kind === 'none') return { days, end: choice.reason }
    const chosen = choice.picks.map(pick => pick.paperId)
    for (const id of chosen) expect(taken.has(id)).toBe(false)
    for (const id of chosen) taken.add(id)
    days.push(chosen)
  }
}

describe('a choice', () => {
  it('fits the topic, and says so', () => {
    const choice = choose(input({ count: 3 }))
    expect(ids(choice)).toHaveLength(3)
    for (const id of ids(choice)) expect(seed.get(id)?.abstract.toLowerCase()).toMatch(/cache|kv/)
    expect(reasons(choice)[0]).toEqual({ kind: 'query', query: 'kv cache' })
  })

  it('never repeats what was there, until the topic is exhausted', () => {
    const { days, end } = exhaust({ count: 2 })
    expect(end).toBe('exhausted')
    expect(days.length).toBeGreaterThan(1)
    const all = days.flat()
    expect(new Set(all).size).toBe(all.length)
    expect(days.slice(0, -1).every(day => day.length === 2)).toBe(true)
  })

  it('goes through the whole library without a topic', () => {
    const { days, end } = exhaust({ topic: undefined, count: 5 })
    expect(end).toBe('exhausted')
    expect(new Set(days.flat()).size).toBe(seed.papers.length)
  })

  it('says why there is none', async () => {
    expect(ids(choose(input({ topic: { query: 'quantum chromodynamics' } })))).toEqual(['nothing-fits'])
    expect(ids(choose(input({ topic: { query: '🙂 !!' } })))).toEqual(['unsearchable'])
    expect(ids(choose(input({ topic: { paperId: 'gone' } })))).toEqual(['nothing-fits'])
    expect(ids(choose(input({ among: new Set() })))).toEqual(['nothing-new'])
    expect(ids(choose(input({ search: await buildSearch([]) })))).toEqual(['empty'])
  })

  it('takes the neighbours of a paper as its topic, never the paper', () => {
    const paperId = seed.papers[0]?.id ?? ''
    const choice = choose(input({ topic: { paperId }, count: 5 }))
    const near = seed.related(paperId, 100).map(found => found.paper.id)
    for (const id of ids(choice)) expect(near).toContain(id)
    expect(ids(choice)).not.toContain(paperId)
    expect(reasons(choice)[0]).toEqual({ kind: 'paper', paperId })
  })

  it('takes what an author wrote, or a venue published, and names them', async () => {
    const search = await buildSearch([
      paper('a', 'Sparse attention', { authors: ['Lovelace, Ada', 'Grace Hopper'] }),
      paper('b', 'Bird song', { authors: ['Bob Lovelace'], venue: 'Proceedings of ICML 2024' }),
    ])
    const byAda = choose(input({ search, topic: { author: 'Ada Lovelace' }, count: 5 }))
    expect(ids(byAda)).toEqual(['a'])
    expect(whyPicked(reasons(byAda), () => undefined)).toBe('This paper is by Ada Lovelace.')
    const atIcml = choose(input({ search, topic: { venue: 'ICML' }, count: 5 }))
    expect(ids(atIcml)).toEqual(['b'])
    expect(reasons(atIcml)).toEqual([{ kind: 'venue', venue: 'Proceedings of ICML 2024' }])
    expect(ids(choose(input({ search, topic: { author: 'Nobody' } })))).toEqual(['nothing-fits'])
    expect(ids(choose(input({ search, topic: { author: 'Ada Lovelace' }, taken: new Set(['a']) })))).toEqual([
      'exhausted',
    ])
  })

  it('is the same for the same day and state, and another for another day', () => {
    const any = input({ topic: undefined, count: 3 })
    expect(choose(any)).toEqual(choose({ ...any, near: id => nearnessOf(seed, id) }))
    const days = Array.from({ length: 20 }, (_, day) => ids(choose({ ...any, seed: `d1 ${day}` })).join())
    expect(new Set(days).size).toBeGreaterThan(15)
    expect(reasons(choose(any))).toEqual([{ kind: 'drawn' }])
  })

  it('takes the fresh first where dates are known', async () => {
    const ages = { old: '2019-01-01', year: '2026-03-01', month: '2026-11-01', week: '2026-11-20T10:00:00Z' }
    const dated = Object.entries(ages).map(([id, published]) => paper(id, 'Sparse attention', { published }))
    const undated = ['u1', 'u2'].map(id => paper(id, `Sparse attention attention ${id}`))
    const ahead = paper('ahead', 'Sparse attention', { published: '2027-01-01' })
    const other = paper('other', 'Bird song', { published: '2026-11-22' })
    const search = await buildSearch([...undated, ...dated, ahead, other])
    const choice = choose(input({ search, topic: { query: 'sparse attention' }, count: 7 }))
    const order = ids(choice)
    expect(order.slice(0, 2).toSorted()).toEqual(['ahead', 'week'])
    expect(order.slice(2, 4)).toEqual(['month', 'year'])
    expect(order.slice(4).toSorted()).toEqual(['old', 'u1', 'u2'])
    expect(reasons(choice)).toContainEqual(expect.objectContaining({ kind: 'fresh' }))
  })

  it('leans to what the server liked, and away from what it did not', () => {
    const like = seed.papers.find(found => seed.related(found.id, 5).length === 5)?.id ?? ''
    const near = new Set(seed.related(like, 5).map(found => found.paper.id))
    const count = (signals: PreferenceSignal[]) =>
      Array.from({ length: 30 }, (_, day) =>
        ids(choose(input({ topic: undefined, signals, taken: new Set([like]), seed: `d ${day}` }))),
      )
        .flat()
        .filter(id => near.has(id)).length
    expect(count([liked(like)])).toBeGreaterThan(count([]))
    expect(count([liked(like)])).toBeGreaterThan(20)
    expect(count([liked(like, -2)])).toBeLessThanOrEqual(count([]))
  })

  it('names a paper that was liked in the open, and none from private lists', () => {
    const like = seed.papers[3]?.id ?? ''
    const taken = new Set([like])
    expect(reasons(choose(input({ topic: undefined, taken, signals: [liked(like)] })))).toContainEqual({
      kind: 'near',
      paperId: like,
    })
    const secret = choose(input({ topic: undefined, taken, signals: [liked(like, 2, false)] }))
    expect(reasons(secret)).toContainEqual({ kind: 'near' })
    expect(JSON.stringify(secret)).not.toContain(`"${like}"`)
  })

  it('varies: a day’s papers and the days after each other are less alike than the best scores alone', () => {
    const nearness = (list: string[]) => {
      let sum = 0
      for (let i = 1; i < list.length; i++) sum += nearnessOf(seed, list[i - 1] ?? '').get(list[i] ?? '') ?? 0
      return sum / list.length
    }
    const like = seed.papers[10]?.id ?? ''
    const days = (recent: (sofar: string[]) => string[]) => {
      const chosen: string[] = []
      for (let day = 0; day < 8; day++) {
        const taken = new Set([like, ...chosen])
        const choice = choose(
          input({
            topic: undefined,
            signals: [liked(like, 0.4)],
            taken,
            recent: recent(chosen),
            seed: 'same',
          }),
        )
        chosen.push(...ids(choice))
      }
      return chosen
    }
    expect(nearness(days(sofar => sofar.toReversed()))).toBeLessThan(nearness(days(() => [])))
  })

  it('holds for any state: in the library, not taken, no repeats, at most as many as wanted, a reason each', () => {
    const all = seed.papers.map(found => found.id)
    const state = fc.record({
      taken: fc.uniqueArray(fc.constantFrom(...all)),
      among: fc.option(fc.uniqueArray(fc.constantFrom(...all)), { nil: undefined }),
      recent: fc.array(fc.constantFrom(...all, 'left the library'), { maxLength: 8 }),
      signals: fc.array(
        fc.record({
          paperId: fc.constantFrom(...all, 'left the library'),
          weight: fc.double({ min: -5, max: 5, noNaN: true }),
          open: fc.boolean(),
        }),
        { maxLength: 5 },
      ),
      count: fc.integer({ min: 1, max: 5 }),
      topic: fc.constantFrom(
        undefined,
        { query: 'value' },
        { query: 'reinforcement learning' },
        { paperId: all[5] ?? '' },
      ),
      seed: fc.string(),
    })
    const near = nearnessIn(seed)
    fc.assert(
      fc.property(state, ({ taken, among, ...rest }) => {
        const set = new Set(taken)
        const choice = choose(input({ ...rest, near, taken: set, among: among && new Set(among) }))
        if (choice.kind === 'none') return
        const chosen = ids(choice)
        expect(new Set(chosen).size).toBe(chosen.length)
        expect(chosen.length).toBeGreaterThan(0)
        expect(chosen.length).toBeLessThanOrEqual(rest.count)
        for (const { paperId, reasons: why } of choice.picks) {
          expect(set.has(paperId)).toBe(false)
          expect(seed.get(paperId)).toBeDefined()
          if (among !== undefined) expect(among).toContain(paperId)
          expect(whyPicked(why, id => seed.get(id)?.title)).toMatch(/^This paper .{8,}\.$/su)
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('a server’s taste', () => {
  const activity = (
    paperId: string,
    kind: 'useful' | 'not-for-us' | 'save' | 'share',
    hour = now,
    count = 1,
  ) => ({
    paperId,
    kind,
    hour,
    count,
  })

  it('adds up acts, the latest counting most, and knows what was said in the open', () => {
    const day = 86_400_000
    const signals = preferenceSignals(
      [
        activity('saved', 'save'),
        activity('shared', 'share'),
        activity('old', 'share', now - 120 * day),
        activity('disliked', 'not-for-us', now, 3),
        activity('both', 'useful'),
        activity('both', 'not-for-us'),
      ],
      now,
    )
    const of = (id: string) => signals.find(signal => signal.paperId === id)
    expect(of('shared')?.weight).toBeGreaterThan(of('saved')?.weight ?? 9)
    expect(of('old')?.weight).toBeLessThan(of('saved')?.weight ?? 0)
    expect(of('disliked')?.weight).toBeLessThan(-1.5)
    expect([of('saved')?.open, of('shared')?.open]).toEqual([false, true])
    expect(signals[0]?.paperId).toBe('disliked')
  })
})
