import { beforeAll, describe, expect, test } from 'vitest'
import { paperRef } from '../../src/corpus/ids.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import type { Search, Wanted } from '../../src/search/port.ts'
import { paper, shippedPapers } from './fixture.ts'

/** A request's search, prepared for what is about to be asked. */
export type Ready = (wanted: string | Wanted) => Promise<Search>
/** Makes papers searchable. */
export type OpenPapers = (papers: readonly Paper[]) => Promise<Ready>

const long = { 'a whole abstract': 'word '.repeat(800), brackets: '(((('.repeat(500) }

/** What every implementation of `Search` holds, wherever its papers lie. */
export function searchContract(open: OpenPapers): void {
  let ready: Ready
  let papers: Paper[]
  const titles = async (text: string, limit = 10) => {
    const search = await ready(text)
    return search.search(text, { limit }).hits.map(hit => hit.paper.title)
  }

  beforeAll(async () => {
    papers = (await shippedPapers()).map((one, i) => ({
      ...one,
      // As in files of other kinds: some have addresses, identifiers and dates.
      ...(i % 3 === 0 ? { url: `https://example.org/papers/${i}` } : {}),
      ...(i % 4 === 0 ? { doi: `10.5555/test.${i}` } : {}),
      ...(i % 2 === 0 ? { published: `20${10 + (i % 13)}-0${1 + (i % 9)}-11` } : {}),
    }))
    ready = await open(papers)
  })

  describe('papers are found', () => {
    test.each([
      ['kv cache', /key-value cache/i],
      ['SVERL', /Shapley Values/],
      ['developing ethical reasoners', /Towards Developing Ethical Reasoners/],
      ['slot machines', /Combinatorial Bandits/],
      ['teaching a robot from internet clips', /Internet Videos/],
      ['VPO', /Value-Incentivized Preference Optimization/],
      ['key-value memnets', /Key-Value Memory Networks/],
      ['cross layer attenion KV cahce', /Cross-Layer Attention/],
      ['sub goal keypose discvoery', /GravMAD/],
      ['discrete keyvalue botleneck', /Discrete Key-Value Bottleneck/],
    ])('%s', async (text, title) => {
      expect((await titles(text))[0]).toMatch(title)
    })

    test('by their titles, which name them', async () => {
      for (const one of papers.slice(0, 20)) {
        const search = await ready(one.title)
        const { hits, isNamed } = search.search(one.title)
        expect({ id: hits[0]?.paper.id, isNamed }).toEqual({ id: one.id, isNamed: true })
      }
    })

    test('by their ids and by addresses in a sentence', async () => {
      const one = papers[12] as Paper
      for (const text of [one.id, `have you seen ${one.url} yet?`, `doi:${one.doi}`]) {
        const search = await ready(text)
        expect(search.search(text).hits[0]?.paper).toEqual(one)
      }
    })

    test('by a whole abstract', async () => {
      for (const { abstract, id } of papers.slice(0, 5)) {
        const search = await ready(abstract)
        expect(search.search(abstract).hits[0]?.paper.id).toBe(id)
      }
    })
  })

  test('slips are corrected to words of the papers, and said', async () => {
    const search = await ready('atention mechansim')
    const { query } = search.search('atention mechansim')
    expect(query.corrected).toBe('attention mechanism')
    expect(query.corrections.map(({ from }) => from)).toEqual(['atention', 'mechansim'])
  })

  test('when nothing fits, the nearest words are offered', async () => {
    const search = await ready('trxnsfqrmer')
    const { hits, nearest } = search.search('trxnsfqrmer')
    expect(hits).toEqual([])
    expect(nearest).toContain('transformer')
  })

  describe('the query language', () => {
    const textOf = (one: { paper: Paper }) => `${one.paper.title} ${one.paper.abstract}`
    test('a phrase, a minus and a title keep what they say', async () => {
      const phrase = (await ready('"key-value cache"')).search('"key-value cache"', { limit: 50 }).hits
      expect(phrase.length).toBeGreaterThan(1)
      for (const hit of phrase) expect(textOf(hit)).toMatch(/key-value cache/i)
      const without = (await ready('shapley -data')).search('shapley -data', { limit: 50 }).hits
      expect(without.length).toBeGreaterThan(0)
      for (const hit of without) expect(textOf(hit)).not.toMatch(/\bdata\b/i)
      expect((await titles('title:fairness', 50)).filter(title => !/fair/i.test(title))).toEqual([])
    })

    test('operators that nothing fits are ordinary signs', async () => {
      const search = await ready('"attention cache fairness"')
      const { hits, relaxed } = search.search('"attention cache fairness"')
      expect({ relaxed, some: hits.length > 0 }).toEqual({ relaxed: true, some: true })
    })
  })

  describe('related papers', () => {
    test('are others of the same subject, with what they share', async () => {
      const one = papers.find(({ title }) => /^SCOPE: Optimizing Key-Value/i.test(title)) as Paper
      const search = await ready({ related: [one.id] })
      const related = search.related(one.id, 5)
      expect(related.length).toBeGreaterThan(0)
      expect(related.map(hit => hit.paper.id)).not.toContain(one.id)
      expect(`${related[0]?.paper.title} ${related[0]?.shared}`).toMatch(/cache/i)
    })

    test('come with a text that finds their paper', async () => {
      const text = 'key-value cache compression'
      const search = await ready(text)
      const [best] = search.search(text, { limit: 1 }).hits
      expect(search.related(best?.paper.id ?? '', 3).length).toBeGreaterThan(0)
    })

    test('there are none of an unknown paper', async () => {
      expect((await ready({ related: ['nowhere'] })).related('nowhere', 3)).toEqual([])
    })
  })

  test('components lead to their papers', async () => {
    const some = papers.slice(0, 30)
    const search = await ready({ refs: [...some.map(({ id }) => paperRef(id)), 'nowhere', '.x-y'] })
    expect(some.map(({ id }) => search.withRef(paperRef(id)))).toEqual(some)
    expect(some.map(({ id }) => search.get(id))).toEqual(some)
    expect(search.withRef('nowhere')).toBeUndefined()
  })

  test('any papers are some of them', async () => {
    const but = new Set(papers.slice(0, 50).map(({ id }) => id))
    const search = await ready({ any: { seed: 'monday' }, but })
    const others = search.papers.filter(({ id }) => !but.has(id))
    expect(others.length).toBe(papers.length - 50)
    expect(search.count).toBe(papers.length)
  })

  test('of some papers alone as many are found as of all', async () => {
    const named = (search: Search) => search.search('attention', { limit: 500 }).hits.map(hit => hit.paper.id)
    const all = named(await ready({ text: 'attention' }))
    const [but, among] = [new Set(all.slice(0, 5)), new Set(all.slice(-5))]
    const others = named(await ready({ text: 'attention', but }))
    expect(others.filter(id => !but.has(id))).toEqual(all.slice(5))
    const some = named(await ready({ text: 'attention', among }))
    expect(some.filter(id => among.has(id)).sort()).toEqual([...among].sort())
  })

  describe('while somebody types', () => {
    const suggested = async (typed: string) =>
      (await ready({ typed })).suggest(typed, 25).map(hit => hit.paper.title)

    test.each([
      ['kv ca', /KV|key-value cache/i],
      ['value resid', /Value Residual Learning/i],
      ['value residual learning f', /Value Residual Learning/i],
      ['VPO', /Value-Incentivized Preference Optimization/],
      ['transfomer', /Transformer/i],
    ])('%s', async (typed, title) => {
      expect((await suggested(typed))[0]).toMatch(title)
    })

    test('nothing yet: the newest papers', async () => {
      const newest = papers.map(({ published }) => published ?? '').sort((a, b) => (a < b ? 1 : -1))[0]
      const [first] = (await ready({ typed: '' })).suggest('', 25)
      expect(first?.paper.published).toBe(newest)
    })
  })

  test.each([
    '',
    'a',
    'the of and',
    '?!...',
    'Обучение с подкреплением',
    '強化学習',
    '.*(a+)+$[',
    '__proto__',
    'toString hasOwnProperty',
    '"',
    'title:',
    '\u0000\uffff\ud800',
    'x'.repeat(4000),
    ...Object.values(long),
  ])('no text breaks anything: %j', async text => {
    const search = await ready({ text, typed: text })
    const { hits, query } = search.search(text, { limit: 20 })
    expect(hits.length).toBeLessThanOrEqual(20)
    expect(new Set(hits.map(hit => hit.paper.id)).size).toBe(hits.length)
    if (!query.searchable) expect(hits).toEqual([])
    expect(search.suggest(text, 5).length).toBeLessThanOrEqual(5)
    for (const { idf, weight } of search.terms(text)) expect(Math.min(idf, weight)).toBeGreaterThan(0)
    for (const { start, end } of search.matches(text, text)) expect(end).toBeGreaterThan(start)
  })

  test('marks what was searched', async () => {
    const search = await ready('attention sinks')
    expect(search.matches('What attention sinks do', 'attention sinks')).toEqual([
      { start: 5, end: 14 },
      { start: 15, end: 20 },
    ])
  })

  test('abbreviations work both ways', async () => {
    const own = await open([
      paper('a', 'Grounded maps', 'We use a Zeta Quark Filter (ZQF) for maps.'),
      paper('b', 'Faster maps', 'A zeta quark filter alone.'),
      paper('c', 'More maps', 'Only ZQF here.'),
      paper('d', 'Other things', 'Nothing of the kind.'),
    ])
    for (const text of ['ZQF', 'zeta quark filter']) {
      const { hits } = (await own(text)).search(text)
      expect(
        hits
          .slice(0, 3)
          .map(hit => hit.paper.id)
          .sort(),
      ).toEqual(['a', 'b', 'c'])
    }
  })

  test('there may be no paper at all', async () => {
    const search = await (await open([]))({ text: 'anything', typed: 'any', refs: ['x'], related: ['x'] })
    expect(search.search('anything').hits).toEqual([])
    expect(search.suggest('any', 5)).toEqual([])
    expect({ papers: search.papers, count: search.count }).toEqual({ papers: [], count: 0 })
  })
}
