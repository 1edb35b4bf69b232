import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildSearch } from '../../src/search/build-search.ts'
import type { Search } from '../../src/search/port.ts'
import { paper, shippedPapers } from './fixture.ts'

const shipped = await buildSearch(await shippedPapers())

/** Every call of the port holds what the port promises. */
function exercise(search: Search, text: string): void {
  const { hits, query } = search.search(text, { limit: 20 })
  expect(hits.length).toBeLessThanOrEqual(20)
  expect(new Set(hits.map(hit => hit.paper.id)).size).toBe(hits.length)
  hits.forEach((hit, i) => {
    expect(Number.isFinite(hit.score)).toBe(true)
    if (i > 0) expect(hit.score).toBeLessThanOrEqual(hits[i - 1]!.score)
  })
  if (!query.searchable) expect(hits).toEqual([])
  expect(typeof query.corrected).toBe('string')
  search.suggest(text, 5)
  for (const { idf, weight } of search.terms(text)) {
    expect(idf).toBeGreaterThan(0)
    expect(weight).toBeGreaterThan(0)
  }
  let last = 0
  for (const { start, end } of search.matches(text, text)) {
    expect(start).toBeGreaterThanOrEqual(last)
    expect(end).toBeGreaterThan(start)
    last = end
  }
}

describe('texts', () => {
  test.each([
    ['', false],
    ['a', false],
    ['q', true],
    ['the of and', false],
    ['😀🎉', false],
    ['?!...', false],
    ['Обучение с подкреплением', true],
    ['強化学習', true],
    ['التعلم المعزز', true],
    ['.*(a+)+$[', false],
    ['__proto__', true],
    ['constructor', true],
    ['toString hasOwnProperty', true],
    ['"', false],
    ['-', false],
    ['title:', true],
    ['\u0000\uffff\ud800', false],
    ['x'.repeat(4000), true],
    ['word '.repeat(800), true],
    ['(((('.repeat(1000), false],
    ['a-'.repeat(2000), false],
    ['"a" '.repeat(1000), false],
  ])('%j', (text, searchable) => {
    exercise(shipped, text)
    expect(shipped.parse(text).searchable).toBe(searchable)
  })

  test('any text at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => exercise(shipped, text)))
  })

  test('any mixture of words, signs and operators', () => {
    const piece = fc.constantFrom(
      'value',
      'kv-cache',
      '"',
      '-',
      'title:',
      ' ',
      '(',
      '\\',
      '2405.1',
      'https://',
      'é',
      '😀',
      'RLHF',
      "'s",
    )
    fc.assert(fc.property(fc.array(piece, { maxLength: 25 }), pieces => exercise(shipped, pieces.join(''))))
  })

  test('equal calls give equal results', () => {
    const text = 'reward modeling for reinforcment learning'
    const once = shipped.search(text)
    shipped.search('something else')
    expect(shipped.search(text)).toEqual(once)
  })
})

describe('corpora', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 60 })

  test('no papers', async () => {
    const search = await buildSearch([])
    for (const text of ['', 'value', '"a phrase"', '2405.19320']) exercise(search, text)
    expect(search.related('a', 5)).toEqual([])
  })

  test('titles and abstracts of anything', async () => {
    const papers = fc
      .array(fc.tuple(anything, anything), { maxLength: 60 })
      .map(texts => texts.map(([title, abstract], i) => paper(`p${i}`, title || '?', abstract)))
    await fc.assert(
      fc.asyncProperty(papers, anything, async (corpus, text) => {
        const search = await buildSearch(corpus)
        exercise(search, text)
        for (const { id, title } of corpus.slice(0, 5)) {
          exercise(search, title)
          search.related(id, 3)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('identical papers, empty abstracts', async () => {
    const same = Array.from({ length: 60 }, (_, i) => paper(`p${i}`, 'One title for all', ''))
    const search = await buildSearch(same)
    exercise(search, 'one title for all')
    expect(search.search('title').hits).toHaveLength(10)
    expect(search.related('p0', 5)).toHaveLength(5)
  })

  test('words named like parts of every object', async () => {
    const search = await buildSearch([
      paper('__proto__', 'constructor toString', '__proto__ valueOf'),
      paper('b', 'Other'),
    ])
    expect(search.search('constructor').hits.map(hit => hit.paper.id)).toEqual(['__proto__'])
    expect(search.get('constructor')).toBeUndefined()
    expect(search.get('__proto__')?.title).toBe('constructor toString')
  })

  test('a million distinct terms, other work going on meanwhile', async () => {
    let id = 0
    const fresh = () => `w${(id++).toString(36)}`
    const papers = Array.from({ length: 1000 }, (_, i) =>
      paper(`p${i}`, `${fresh()} study`, Array.from({ length: 1000 }, fresh).join(' ')),
    )
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const search = await buildSearch(papers)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(20)
    exercise(search, 'study w5 wzz')
    expect(search.search('wa1').hits).toHaveLength(1)
  }, 120_000)
})
