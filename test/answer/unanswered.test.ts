import { describe, expect, test } from 'vitest'
import { createAnswerer } from '../../src/answer/answer.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { paper } from '../fixtures/paper.ts'

const embedder = await shippedEmbedder()
const papers = [
  paper('carotid', 'Carotid screening', {
    abstract:
      'We screened 400 people. Carotid stenosis was a risk factor for stroke. Ultrasound took ten minutes.',
  }),
  paper('naps', 'Naps of pilots', {
    abstract:
      'Pilots tire at night. A nap before the flight raised their alertness. Longer naps did no more.',
  }),
  paper('bread', 'Bread boxes', {
    abstract: 'Loaves keep for nine days in a stone box. Mould grows on loaves in a wooden box.',
  }),
]
const answerer = createAnswerer(await buildSearch(papers, { embedder }), { embedder })

describe('after an answer that named no paper', () => {
  const subject = { question: 'does quantum annealing help against turbulence?', papers: [] }
  const ask = (text: string) => answerer.ask(text, { subject })

  test('"it" is what was asked there, not what any paper says of something else', () => {
    expect(answerer.ask('does it raise the risk of stroke?').answered).toBe(true)
    expect(ask('does it raise the risk of stroke?').answered).toBe(false)
  })

  test.each([
    'is it true that naps raise alertness of pilots?',
    'does carotid stenosis raise the risk of stroke?',
  ])('a question of its own is asked alone: %s', text => {
    expect(ask(text)).toEqual(answerer.ask(text))
  })

  test('the earlier question is searched with it', () => {
    const earlier = { question: 'how long do loaves keep?', papers: [] }
    expect(answerer.ask('where does mould grow on them?', { subject: earlier }).papers[0]?.id).toBe('bread')
  })
})

test('a list of what was asked is of that alone', () => {
  const subject = { question: 'papers on naps of pilots', papers: [] }
  const answer = answerer.ask('list them', { subject })
  expect(answer).toMatchObject({ kind: 'list', fromEarlier: true })
  expect(answer.papers.map(({ id }) => id)).toEqual(['naps'])
})
