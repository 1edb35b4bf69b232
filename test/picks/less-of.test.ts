import { beforeAll, describe, expect, it } from 'vitest'
import { type Choice, choose, type SelectionInput } from '../../src/picks/choose.ts'
import { dislikeSignals, isMutedBy, muteKey } from '../../src/picks/less-of.ts'
import { rememberNearness } from '../../src/picks/preferences.ts'
import type { Search } from '../../src/search/port.ts'
import type { Mute } from '../../src/store/choice-ports.ts'
import { paper } from '../fixtures/paper.ts'
import { seedSearch } from '../fixtures/papers.ts'

let seed: Search
let input: (change?: Partial<SelectionInput>) => SelectionInput
beforeAll(async () => {
  seed = await seedSearch()
  const near = rememberNearness(seed)
  input = change => ({
    search: seed,
    near,
    topic: undefined,
    count: 1,
    taken: new Set(),
    signals: [],
    dislikes: [],
    leavesOut: false,
    mutes: [],
    recent: [],
    now: Date.parse('2026-11-23T09:00Z'),
    seed: 'd1 2026-11-23',
    ...change,
  })
})
const ids = (choice: Choice) =>
  choice.kind === 'picks' ? choice.picks.map(pick => pick.paperId) : [choice.reason]
const dislike = (paperId: string, members = 1) => dislikeSignals([{ paperId, members, at: 1 }])
const muted = (kind: Mute['kind'], said: string): Mute => ({ kind, key: muteKey(kind, said), said })

describe('less like this', () => {
  it('puts what is near last, and takes nothing from a channel', () => {
    const topic = { query: 'language models' }
    const before = ids(choose(input({ topic, count: 5 })))
    const [first = ''] = before
    const nearest = seed.related(first, 3).map(one => one.paper.id)
    const taken = new Set([first])
    const all = choose(input({ topic, taken, count: 500 }))
    const lowered = choose(input({ topic, taken, count: 500, dislikes: dislike(first) }))
    expect(new Set(ids(lowered))).toEqual(new Set(ids(all)))
    const places = (choice: Choice) => nearest.map(id => ids(choice).indexOf(id)).filter(place => place >= 0)
    expect(places(all).length).toBeGreaterThan(0)
    for (const [i, place] of places(lowered).entries())
      expect(place).toBeGreaterThanOrEqual(places(all)[i] ?? 0)
    expect(places(lowered)).not.toEqual(places(all))
  })

  it('leaves what is nearest out of digests, and says so when nothing else is there', () => {
    const disliked = seed.papers[0]?.id ?? ''
    const nearest = seed.related(disliked, 1)[0]?.paper.id ?? ''
    const among = new Set([nearest])
    expect(ids(choose(input({ among })))).toEqual([nearest])
    expect(ids(choose(input({ among, dislikes: dislike(disliked) })))).toEqual([nearest])
    expect(ids(choose(input({ among, dislikes: dislike(disliked), leavesOut: true })))).toEqual(['muted'])
    const far = seed.papers.find(({ id }) => id !== disliked && !near(disliked).has(id))?.id ?? ''
    const both = new Set([nearest, far])
    expect(
      ids(choose(input({ among: both, dislikes: dislike(disliked), leavesOut: true, count: 2 }))),
    ).toEqual([far])
  })
  const near = (id: string) => rememberNearness(seed)(id)

  it('of one member counts less than of several', () => {
    const [one] = dislike('p', 1)
    const [many] = dislike('p', 30)
    expect(one?.weight).toBe(1)
    expect(many?.weight).toBeGreaterThan(one?.weight ?? 0)
    expect(
      dislikeSignals(Array.from({ length: 500 }, (_, i) => ({ paperId: `${i}`, members: 1, at: 1 }))),
    ).toHaveLength(25)
  })
})

describe('a mute list', () => {
  it.each([
    ['word', 'caches', true],
    ['word', 'CACHE', true],
    ['word', 'attention cache', false],
    ['word', 'sparse attention', true],
    ['word', 'attention sparse', false],
    ['word', 'a', false],
    ['author', 'Lovelace, Ada', true],
    ['author', 'Ada', false],
  ] as const)('with the %s %s: %s', (kind, said, isMuted) => {
    const one = paper('a', 'A cache for sparse attention', { authors: ['Ada Lovelace'] })
    expect(isMutedBy([muted(kind, said)])(one)).toBe(isMuted)
    expect(isMutedBy([])(one)).toBe(false)
  })

  it('has no key for what holds nothing to look for', () => {
    for (const none of ['', '???', 'the of', ' ']) expect(muteKey('word', none)).toBe('')
    expect(muteKey('author', '!!')).toBe('')
  })

  it('keeps what is muted from being chosen, whatever its rank, and says when nothing is left', () => {
    const all = ids(choose(input({ count: 500 })))
    const left = ids(choose(input({ count: 500, mutes: [muted('word', 'reasoning')] })))
    expect(left.length).toBeGreaterThan(0)
    expect(left.length).toBeLessThan(all.length)
    for (const id of left)
      expect(`${seed.get(id)?.title} ${seed.get(id)?.abstract}`).not.toMatch(/\breasoning\b/iu)
    const mutes = [muted('word', 'kv cache'), muted('word', 'cache')]
    expect(ids(choose(input({ topic: { query: 'kv cache' }, mutes })))).toEqual(['muted'])
  })
})
