import { expect, test } from 'vitest'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper, shippedPapers } from '../fixture.ts'

const papers = await shippedPapers()
const search = await buildSearch(papers)
const idOf = (start: string) => papers.find(({ title }) => title.startsWith(start))?.id ?? ''

test('neighbours share the subject', () => {
  const found = search.related(idOf('MLKV'), 4).map(({ paper }) => paper.title)
  expect(found[0]).toMatch(/Cross-Layer Attention/)
  expect(search.related(idOf('VoxPoser'), 1)[0]?.paper.title).toMatch(/GravMAD/)
})

test('reasons are words of both papers, as people write them', () => {
  for (const one of papers.slice(0, 30)) {
    for (const { paper: other, shared } of search.related(one.id, 5)) {
      expect(shared.length).toBeGreaterThan(0)
      const text = `${one.title}\n${one.abstract}`
      for (const term of shared) expect(text).toContain(term)
      expect(other.id).not.toBe(one.id)
    }
  }
})

test('unknown ids and empty papers have no neighbours', async () => {
  expect(search.related('nowhere', 5)).toEqual([])
  const built = await buildSearch([paper('a', '...'), paper('b', 'Words')])
  expect(built.related('a', 5)).toEqual([])
})

test('papers of identical text are each other’s nearest', async () => {
  const built = await buildSearch([
    paper('a', 'Same words', 'The very same abstract.'),
    paper('b', 'Other things', 'Nothing alike.'),
    paper('c', 'Same words', 'The very same abstract.'),
  ])
  expect(built.related('a', 5).map(({ paper }) => paper.id)).toEqual(['c'])
})
