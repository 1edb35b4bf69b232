import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { NarrowedSearch } from '../../src/library/narrowed-search.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import type { Search } from '../../src/search/port.ts'
import { paper } from '../fixtures/paper.ts'
import { seedSearch } from '../fixtures/papers.ts'

let whole: Search
beforeAll(async () => {
  whole = await seedSearch()
})
const idsOf = (hits: readonly { paper: { id: string } }[]) => hits.map(hit => hit.paper.id)

describe('a narrowed search', () => {
  it('finds what the whole finds, in its order, and nothing else', () => {
    const queries = ['kv cache', 'reasoning', 'langauge modls', '"language models"', 'x', '', '2405.19320']
    fc.assert(
      fc.property(
        fc.subarray(whole.papers.map(({ id }) => id)),
        fc.constantFrom(...queries),
        fc.nat(12),
        (ids, query, limit) => {
          const some = new NarrowedSearch(whole, new Set([...ids, 'gone']))
          const all = idsOf(whole.search(query, { limit: 500 }).hits).filter(id => ids.includes(id))
          expect(idsOf(some.search(query, { limit }).hits)).toEqual(all.slice(0, limit))
          const start = whole.papers[0]?.id ?? ''
          const near = idsOf(whole.related(start, 500)).filter(id => ids.includes(id))
          expect(idsOf(some.related(start, limit))).toEqual(near.slice(0, limit))
          for (const id of idsOf(some.suggest(query, limit))) expect(ids).toContain(id)
          expect(some.suggest(query, limit).length).toBeLessThanOrEqual(limit)
          expect(some.papers.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
          expect(some.get('gone')).toBeUndefined()
        },
      ),
      { numRuns: 40 },
    )
  })

  it('finds papers that many hundreds of others come before', async () => {
    const others = Array.from({ length: 4_500 }, (_, i) => paper(`n${i}`, `Rivers of basalt ${i}`))
    const many = Array.from({ length: 1_500 }, (_, i) =>
      paper(`m${i}`, `Penguin penguin penguin catapults ${i}`, { abstract: 'Penguin catapults.' }),
    )
    const own = paper('own', 'Notes on ice', {
      abstract: 'Somewhere we also mention one of the catapults for a penguin.',
    })
    const large = await buildSearch([...others, ...many, own])
    const some = new NarrowedSearch(large, new Set(['own']))
    expect(idsOf(some.search('penguin catapults').hits)).toEqual(['own'])
    expect(idsOf(some.search('volcano').hits)).toEqual([])
    expect(idsOf(some.suggest('ice', 5))).toEqual(['own'])
  })

  it('says that a paper is named only when it is one of its own', () => {
    const [one, other] = whole.papers
    const some = new NarrowedSearch(whole, new Set([other?.id ?? '']))
    expect(some.search(one?.title ?? '').isNamed).toBe(false)
    expect(some.search(other?.title ?? '').isNamed).toBe(true)
  })
})
