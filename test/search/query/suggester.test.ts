import { describe, expect, test } from 'vitest'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper, shippedPapers } from '../fixture.ts'

const search = await buildSearch(await shippedPapers())
const titles = (typed: string) => search.suggest(typed, 5).map(({ paper }) => paper.title)

describe('while typing', () => {
  test.each([
    ['shap', /Shap/],
    ['scope: opt', /^SCOPE/],
    ['kv', /Key-Value/],
    ['VPO', /^Value-Incentivized/],
    ['reinforcment lear', /Reinforcement/],
    ['atten', /Attention/],
    ['dailyd', /^DailyDilemmas/],
    ['a surv', /^A Survey/],
    ['momentum sm', /Momentum/],
  ])('%s', (typed, title) => {
    expect(titles(typed)[0]).toMatch(title)
  })

  test('every title is offered first by its first twelve letters, or papers that begin alike', () => {
    for (const { title } of search.papers) {
      const typed = title.slice(0, 12)
      expect(titles(typed)[0]?.slice(0, 12).toLowerCase()).toBe(typed.toLowerCase())
    }
  })
})

test('with nothing typed, the newest come first', async () => {
  const built = await buildSearch([
    paper('a', 'Undated'),
    paper('b', 'Old', '', { published: '2020-01-01' }),
    paper('c', 'New', '', { published: '2024-01-01' }),
  ])
  expect(built.suggest('', 5).map(({ paper }) => paper.id)).toEqual(['c', 'b', 'a'])
  expect(built.suggest('   ', 1).map(({ paper }) => paper.id)).toEqual(['c'])
})

test('a limit is kept, nothing comes twice', () => {
  for (const typed of ['', 'v', 'va', 'val', 'value al', 'the', 'of', '😀']) {
    const ids = search.suggest(typed, 7).map(({ paper }) => paper.id)
    expect(ids.length).toBeLessThanOrEqual(7)
    expect(new Set(ids).size).toBe(ids.length)
  }
  expect(search.suggest('value', 0)).toEqual([])
})
