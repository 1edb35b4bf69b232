import { describe, expect, test } from 'vitest'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { analyze } from '../../src/search/analysis/analyze.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { paper, shippedPapers } from './fixture.ts'

const search = await buildSearch(await shippedPapers())
const first = (text: string) => search.search(text).hits[0]?.paper.title ?? ''
const corrections = (text: string) => search.parse(text).corrections.map(({ from, to }) => `${from} > ${to}`)

describe('the papers that ship with the bot', () => {
  test.each([
    ['kv cache', /key-value cache/i],
    ['SVERL', /Shapley Values/],
    // What a title quotes as a whole comes before papers that say more of the same words.
    ['developing ethical reasoners', /Towards Developing Ethical Reasoners/],
    ['value function is all you need', /Value Function is All You Need/],
    // In other words than the papers'.
    ['slot machines', /Combinatorial Bandits/],
    ['teaching a robot from internet clips', /Internet Videos/],
    ['VPO', /Value-Incentivized Preference Optimization/],
    ['handwriting recognition named entities', /handwritten pages/],
    ['key-value memnets', /Key-Value Memory Networks/],
    ['cross layer attenion KV cahce', /Cross-Layer Attention/],
    ['gpt3 with an amercian accent', /American accent/],
    ['sub goal keypose discvoery', /GravMAD/],
    ['discrete keyvalue botleneck', /Discrete Key-Value Bottleneck/],
    ['value distribution Bellman equation Atari', /Distributional Perspective/],
    ['can a galaxy survey be modelled with Bayesian SED fitting', /PROBA?.*Bright Galaxy Survey/i],
  ])('%s', (text, title) => {
    expect(first(text)).toMatch(title)
  })

  test('every title finds its own paper first', () => {
    for (const { title, id } of search.papers) expect(search.search(title).hits[0]?.paper.id).toBe(id)
  })

  test('every abstract finds its own paper first', () => {
    for (const { abstract, id } of search.papers) expect(search.search(abstract).hits[0]?.paper.id).toBe(id)
  })
})

describe('corrections', () => {
  test('slips are corrected to words of the corpus, and said', () => {
    const result = search.search('atention mechansim')
    expect(result.query.corrections).toEqual([
      { from: 'atention', to: 'attention' },
      { from: 'mechansim', to: 'mechanism' },
    ])
    expect(result.query.corrected).toBe('attention mechanism')
  })

  test.each(['attention', 'shapley value', 'behaviour', 'modelling of reward'])('%s stays as typed', text => {
    expect(corrections(text)).toEqual([])
    expect(search.parse(text).corrected).toBe(text)
  })

  test.each(['Who is the president of Brazil?', 'the capital of Australia', 'boiling ethanol', 'LoRA'])(
    '%s: words that the papers lack are not bent into others',
    text => {
      expect(corrections(text)).toEqual([])
    },
  )

  test('when nothing fits, the nearest words are offered', () => {
    const { hits, nearest, query } = search.search('trxnsfqrmer')
    expect({ hits, searchable: query.searchable }).toEqual({ hits: [], searchable: true })
    expect(nearest).toContain('transformer')
    expect(search.search('zzqx').hits).toEqual([])
  })
})

describe('the query language', () => {
  test('a phrase keeps only papers that hold it', () => {
    const { hits } = search.search('"key-value cache"', { limit: 50 })
    expect(hits.length).toBeGreaterThan(1)
    for (const { paper } of hits) expect(`${paper.title} ${paper.abstract}`).toMatch(/key-value cache/i)
  })

  test('a word with a minus leaves papers out', () => {
    const { hits } = search.search('shapley -data', { limit: 50 })
    expect(hits.length).toBeGreaterThan(0)
    for (const { paper } of hits) expect(`${paper.title} ${paper.abstract}`).not.toMatch(/\bdata\b/i)
  })

  test('title: wants the word in the title', () => {
    const { hits } = search.search('title:fairness', { limit: 50 })
    expect(hits.map(({ paper }) => /fair/i.test(paper.title))).not.toContain(false)
    expect(hits.length).toBeGreaterThan(0)
  })

  test('operators that nothing fits are ordinary signs', () => {
    expect(search.search('"attention cache fairness"').hits.length).toBeGreaterThan(0)
    expect(search.search('title:zzzz shapley').hits.length).toBeGreaterThan(0)
  })
})

describe('abbreviations', () => {
  test('work both ways', async () => {
    const { search } = await buildSearch([
      paper('a', 'Grounded maps', 'We use a Zeta Quark Filter (ZQF) for maps.'),
      paper('b', 'Faster maps', 'A zeta quark filter alone.'),
      paper('c', 'More maps', 'Only ZQF here.'),
      paper('d', 'Other things', 'Nothing of the kind.'),
    ]).then(built => ({ search: built }))
    const ids = (text: string) =>
      search
        .search(text)
        .hits.map(({ paper }) => paper.id)
        .sort()
    expect(ids('ZQF')).toEqual(['a', 'b', 'c'])
    expect(ids('zeta quark filter')).toEqual(['a', 'b', 'c'])
    expect(search.terms('ZQF').map(({ term, weight }) => [term, weight < 1])).toEqual([
      ['zqf', false],
      ['zeta', true],
      ['quark', true],
      ['filter', true],
    ])
  })
})

describe('matches', () => {
  const marked = (text: string, query: string) =>
    search.matches(text, query).map(({ start, end }) => text.slice(start, end))

  test('marks the words that the query holds, however inflected or corrected', () => {
    expect(marked('Caching keys and values: the caches grow.', 'cahce')).toEqual(['Caching', 'caches'])
    expect(marked('A key-value cache', 'key value')).toEqual(['key-value'])
    expect(marked('Nothing of it', 'cache')).toEqual([])
    expect(marked('', 'cache')).toEqual([])
  })

  test('spells an abbreviation out only where its words stand together', () => {
    expect(marked('The key is learning.', 'KV')).toEqual([])
    expect(marked('The key-value cache', 'KV cache')).toEqual(['key-value', 'cache'])
  })
})

describe('idf', () => {
  test('is above zero, and highest for what no paper holds', () => {
    expect(search.idf('valu')).toBeGreaterThan(0)
    expect(search.idf('zzzz')).toBeGreaterThan(search.idf(analyze('attention')[0]!))
  })
})

test('authors are found by name', async () => {
  const built = await buildSearch([
    paper('a', 'First', 'Some words.', { authors: ['Ada Lovelace', 'Émilie du Châtelet'] }),
    paper('b', 'Second', 'Other words.'),
  ])
  expect(built.search('chatelet').hits.map(({ paper }) => paper.id)).toEqual(['a'])
})

describe('words as people write and type them', () => {
  const papers = [
    paper('mol', 'M\u00f8ller Scattering', 'We measure it at \u00c5rhus.'),
    paper('mul', 'Mueller Matrices', 'We image them.'),
    paper('co', 'Gas in Rock', 'Rock stores CO$_2$, after K\\"ahler and Erd\\H{o}s.'),
    paper('jat', 'Ripples', '<jats:p>Ripples mark replay in caf&eacute;s.</jats:p>'),
    paper('cpp', 'Leaks', 'We find leaks in C++ code.'),
    paper('c', 'More Leaks', 'We find leaks in C code.'),
    paper('ast', 'Routes', 'We plan routes by A* for AT&T.'),
    paper('net', 'Malware', 'We label malware for .NET.'),
    paper('who', 'Vaccines', 'The WHO lists vaccines.'),
    paper('tnf', 'Cytokines', 'We block TNF\u03b1 by \u03b2-blockers.'),
    paper('eau', 'Les puits', 'Nous mesurons l\u2019eau des puits.'),
    paper('mail', 'Spam', 'We filter email against overfitting.'),
  ]
  const built = buildSearch(papers)
  const first = async (text: string) => (await built).search(text).hits[0]?.paper.id

  test.each([
    ['Moller', 'mol'],
    ['Moeller', 'mol'],
    ['aarhus', 'mol'],
    ['M\u00fcller', 'mul'],
    ['CO2', 'co'],
    ['CO\u2082', 'co'],
    ['Kahler', 'co'],
    ['Erd\u0151s', 'co'],
    ['caf\u00e9', 'jat'],
    ['jats', undefined],
    ['leaks in C++', 'cpp'],
    ['leaks in C', 'c'],
    ['A*', 'ast'],
    ['at&t', 'ast'],
    ['.net malware', 'net'],
    ['WHO', 'who'],
    ['TNF-alpha', 'tnf'],
    ['beta blockers', 'tnf'],
    ['eau', 'eau'],
    ['e-mail', 'mail'],
    ['over-fitting', 'mail'],
  ])('%s finds %s', async (text, id) => expect(await first(text)).toBe(id))
})

describe('words that the papers do not use', () => {
  const papers = [
    paper('a', 'Broad data', 'While we maintain broad data, non-monotonic values are parsed.'),
    paper('b', 'Causal inference', 'Causal inference by parsing models.'),
  ]
  const built = shippedEmbedder().then(embedder => buildSearch(papers, { embedder }))

  test.each(['whale', 'noon', 'bread', 'parking', 'mountain'])('%s is a word, and stays', async text => {
    expect((await built).parse(text).corrections).toEqual([])
  })

  test('a word beside which the papers hold another was mistyped', async () => {
    expect((await built).parse('casual inference').corrections).toEqual([{ from: 'casual', to: 'causal' }])
  })
})
