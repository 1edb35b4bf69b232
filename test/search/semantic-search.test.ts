import { describe, expect, test } from 'vitest'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { paper, shippedPapers } from './fixture.ts'

const papers = await shippedPapers()
const embedder = await shippedEmbedder()
const search = await buildSearch(papers, { embedder })
const byWords = await buildSearch(papers)

describe('search by words and meaning', () => {
  test('every title and every abstract finds its own paper first', () => {
    for (const { title, abstract, id } of papers) {
      expect(search.search(title).hits[0]?.paper.id).toBe(id)
      expect(search.search(abstract).hits[0]?.paper.id).toBe(id)
    }
  })

  test.each(['kv cache', 'SVERL', 'cross layer attenion', 'arXiv 2405.12981', '"value function" -shapley'])(
    'names and keywords lose nothing: %s',
    text => {
      expect(search.search(text, { limit: 1 }).hits[0]?.paper.id).toBe(
        byWords.search(text, { limit: 1 }).hits[0]?.paper.id,
      )
    },
  )

  test('papers that come in another order have the same neighbours, but for ties', async () => {
    const turned = await buildSearch(papers.toReversed(), { embedder })
    const near = (from: typeof search, id: string) => from.related(id, 5).map(({ paper }) => paper.id)
    const same = papers.filter(({ id }) => near(search, id).join() === near(turned, id).join())
    expect(same.length).toBeGreaterThan(0.95 * papers.length)
  })

  test('a paper is never its own neighbour, and neighbours are given once', () => {
    for (const { id } of papers.slice(0, 20)) {
      const near = search.related(id, 10).map(({ paper: { id: other } }) => other)
      expect(near).not.toContain(id)
      expect(new Set(near).size).toBe(near.length)
    }
  })
})

describe('neighbours by words and meaning', () => {
  const titled = (start: string) => papers.find(({ title }) => title.startsWith(start))?.id ?? ''
  const quasars = titled('Testing the Cosmological')
  const galaxies = titled('The DESI')

  test('end where papers are no neighbours any more', () => {
    expect(search.related(quasars, 5).map(({ paper }) => paper.id)).toEqual([galaxies])
    expect(search.related(galaxies, 5).map(({ paper }) => paper.id)).toContain(quasars)
    const shapley = search.related(titled('Explaining Reinforcement Learning with Shapley'), 5)
    expect(shapley).toHaveLength(3)
    for (const { paper } of shapley) expect(paper.title).toMatch(/Shap/u)
  })

  test('are explained by telling words, and by none where there are none', () => {
    const reasons = papers.flatMap(({ id }) => search.related(id, 5).flatMap(({ shared }) => shared))
    for (const word of ['free', 'pre', 'real', 'full', 'overall', 'significant', 'constructed'])
      expect(reasons.map(reason => reason.toLowerCase())).not.toContain(word)
    expect(search.related(quasars, 1)[0]?.shared).toEqual([])
  })
})

describe('a text of which no paper holds a word', async () => {
  const few = [
    paper('galaxies', 'Redshift surveys of bright galaxies and their stars'),
    paper('kitchens', 'We bake bread in ovens'),
  ]
  const small = await buildSearch(few, { embedder })

  test('finds papers by meaning, and the result says so', () => {
    const { hits, byMeaning } = small.search('pastry dough')
    expect(hits.map(({ paper: { id } }) => id)).toEqual(['kitchens'])
    expect(byMeaning).toBe(true)
  })

  test('finds nothing where nothing is near, and without a table', async () => {
    expect(small.search('jurisprudence')).toMatchObject({ hits: [], byMeaning: false })
    const { hits, byMeaning } = (await buildSearch(few)).search('pastry dough')
    expect({ hits, byMeaning }).toEqual({ hits: [], byMeaning: false })
  })

  test('says nothing of meaning where words fit', () => {
    expect(small.search('bread').byMeaning).toBe(false)
  })
})
