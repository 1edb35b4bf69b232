import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { LongForms } from '../../../src/search/query/long-forms.ts'
import { paper } from '../fixture.ts'

const embedder = await shippedEmbedder()
const one = (title: string, abstract: string) => paper(title, title, abstract)
const papers = [
  one('Obstructive sleep apnea and the risk of stroke', 'We followed 300 people.'),
  one('Sun exposure in childhood and multiple sclerosis', 'Our model shows that the sun protects.'),
  one('Model selection for moving sources', 'Mean squared errors are small.'),
  one('ST-elevation myocardial infarction treated early', 'Patients came within a day.'),
  one('Long lived mice', 'Mice that live long.'),
  one('Multi-agent reinforcement learning without a centre', 'Agents learn alone.'),
  one('HIV prevention in cities', 'HIV is rarer than it was.'),
  one('The human immunodeficiency virus in blood', 'Blood was drawn.'),
]
const forms = new LongForms(papers, embedder)

describe('what an abbreviation is short for', () => {
  it.each([
    ['OSA', 'obstructive sleep apnea'],
    ['osa', 'obstructive sleep apnea'],
    ['MS', 'multiple sclerosis'],
    ['STEMI', 'st elevation myocardial infarction'],
    ['MARL', 'multi agent reinforcement learning'],
    ['marl', 'multi agent reinforcement learning'],
  ])('%s is read as %s', (typed, words) => {
    expect(forms.of(typed)?.join(' ')).toBe(words)
  })

  it.each(['LLM', 'SMS', 'fun', 'cat', 'ms', 'x', 'quality', 'X-1', '', '12'])('%s is not read', typed => {
    expect(forms.of(typed)).toBeUndefined()
  })

  it('takes no text for a pattern', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), typed => {
        forms.of(typed)
      }),
    )
  })
})

describe('a search by an abbreviation that no paper holds', async () => {
  const search = await buildSearch(papers, { embedder })
  it.each([
    ['OSA and stroke', papers[0]],
    ['childhood and MS', papers[1]],
    ['STEMI', papers[3]],
  ])('%s finds its paper', (query, wanted) => {
    expect(search.search(query).hits[0]?.paper).toBe(wanted)
    expect(search.parse(query).terms.every(({ idf }) => idf < search.idf(''))).toBe(true)
  })

  it('finds what is written in short by its long form', () => {
    const found = search.search('human immunodeficiency virus').hits.map(hit => hit.paper)
    expect(found).toEqual([papers[7], papers[6]])
  })

  it('keeps to what papers write', async () => {
    const both = await buildSearch([...papers, one('OSA in dogs', 'OSA is osteosarcoma here.')], {
      embedder,
    })
    expect(both.parse('OSA').corrections).toEqual([])
  })
})
