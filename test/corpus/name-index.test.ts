import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knownNames, nameIndex } from '../../src/corpus/name-index.ts'
import { Paper } from '../../src/corpus/paper.ts'
import { isAuthor } from '../../src/corpus/same-author.ts'
import { isInVenue } from '../../src/corpus/venues.ts'

const paperOf = (more: object, at: number) => Paper.parse({ id: `p${at}`, title: 't', abstract: '', ...more })

const author = fc.constantFrom(
  'Ada Lovelace',
  'Lovelace, Ada',
  'A. Lovelace',
  'Ada K. Lovelace',
  'Adá Lovelace',
  'A. K. Lovelace',
  'Grace Hopper',
  'Y. Wang',
  'Yan Wang',
  'The ATLAS Collaboration',
  '王伟',
  '-',
)
const venue = fc.constantFrom(
  'NeurIPS 2023',
  'Proceedings of the 37th Conference on Neural Information Processing Systems (NeurIPS 2023)',
  'Neural Information Processing Systems',
  'Nature',
  'The Nature',
  '2023',
  'cs.CL',
)
const papers = fc
  .array(
    fc.record(
      {
        authors: fc.array(author, { maxLength: 3 }),
        venue,
        categories: fc.array(fc.constantFrom('cs.CL', 'CS.cl', 'math.AG'), { maxLength: 2 }),
      },
      { requiredKeys: ['authors', 'categories'] },
    ),
    { maxLength: 12 },
  )
  .map(all => all.map(paperOf))

describe('the names of papers', () => {
  it('finds the papers that a pass over all of them finds, in their order', () =>
    fc.assert(
      fc.asyncProperty(papers, author, venue, async (all, someone, somewhere) => {
        const index = await nameIndex(all)
        const isTheirs = isAuthor(someone)
        expect(index.by(someone)).toEqual(all.filter(one => one.authors.some(isTheirs)))
        expect(index.from(somewhere)).toEqual(all.filter(isInVenue(somewhere)))
      }),
    ))

  it('are each there once, those with the most papers first', async () => {
    const all = [['Lovelace, Ada'], ['Grace Hopper', 'Ada Lovelace'], ['Ada Lövelace', 'Ada Lovelace']].map(
      (authors, at) => paperOf({ authors, venue: 'NeurIPS 2023' }, at),
    )
    const { authors, venues } = await nameIndex(all)
    expect(await authors.beginning('', 9)).toEqual([
      { name: 'Lovelace, Ada', papers: 3 },
      { name: 'Grace Hopper', papers: 1 },
    ])
    expect(await authors.beginning('ADA lov', 9)).toHaveLength(1)
    expect(await authors.beginning('da', 9)).toEqual([])
    expect(await authors.beginning('', 1)).toHaveLength(1)
    expect(await venues.beginning('neur', 9)).toEqual([{ name: 'NeurIPS 2023', papers: 3 }])
  })

  it('are made once for the same papers', async () => {
    const all = [paperOf({ authors: ['Ada Lovelace'] }, 0)]
    expect(knownNames(all)).toBeUndefined()
    const [one, other] = await Promise.all([nameIndex(all), nameIndex(all)])
    expect(one).toBe(other)
    expect(knownNames(all)).toBe(one)
  })

  it('are found in slices', async () => {
    const all = Array.from({ length: 30_000 }, (_, at) => paperOf({ authors: [`Person${at} Name`] }, at))
    let turns = 0
    let isOver = false
    const count = () => {
      turns++
      if (!isOver) setImmediate(count)
    }
    setImmediate(count)
    const { authors } = await nameIndex(all)
    const building = turns
    expect(await authors.beginning('nobody', 5)).toEqual([])
    isOver = true
    expect(building).toBeGreaterThan(100)
    expect(turns).toBeGreaterThan(building + 1)
  })
})
