import { describe, expect, it } from 'vitest'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper } from '../fixture.ts'

const embedder = await shippedEmbedder()
const one = (title: string, abstract: string) => paper(title, title, abstract)
const papers = [
  one('Tuning hyperparameters of trees', 'We tune the hyperparameters of trees; few hyperparameters count.'),
  one('Batch normalization in deep networks', 'Batch normalization makes training fast.'),
  one('Norm violations in villages', 'A norm is broken; each social norm has its price.'),
  one('A batch of apples', 'Apples come in a batch. Normal apples are red.'),
  one('Differential privacy for counts', 'Differential privacy hides each person.'),
  one('Coherence of talk', 'Talk is coherent where coherence is sought.'),
  one('Parts of speech', 'Partitions, partial orders, particles and parties are parts of it.'),
]
const search = await buildSearch(papers, { embedder })
const longer = (query: string) => search.parse(query).alternatives.flatMap(({ terms }) => terms)
const first = (query: string) => search.search(query).hits[0]?.paper

describe('a word that is cut short', () => {
  it.each([
    ['hyperparams', papers[0]],
    ['which hyperparams count?', papers[0]],
    ['batch norm', papers[1]],
    ['diff privacy', papers[4]],
  ])('%s finds its paper', (query, wanted) => {
    expect(first(query)).toBe(wanted)
  })

  it('is told as a correction where no paper holds it', () => {
    expect(search.parse('hyperparams').corrections).toEqual([{ from: 'hyperparams', to: 'hyperparameters' }])
  })

  it('stays beside the longer word where papers hold it', () => {
    expect(search.parse('batch norm').corrections).toEqual([])
    expect(longer('batch norm')).toContain('normal')
  })

  it.each(['social norm', 'norm violations', 'norm', 'the batch'])('%s is meant as it is typed', query => {
    expect(longer(query)).not.toContain('normal')
  })

  it.each(['what does Cohere do?', 'the Hyperparam', 'parti', 'bat'])(
    '%s is not read as the beginning of another',
    query => {
      expect(search.parse(query).corrections).toEqual([])
    },
  )
})
