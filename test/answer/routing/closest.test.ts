import { expect, test } from 'vitest'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper } from '../../fixtures/paper.ts'

const papers = [
  paper('statins', 'Statins and muscle pain in older adults', {
    abstract:
      'Muscle pain is a feared side effect of statins. In a randomized trial, 200 older adults took statins or a placebo. Pain was as frequent with the placebo.',
  }),
  paper('cache', 'A smaller cache for long contexts', {
    abstract:
      'The memory of a cache grows with the length of a context. We share the cache between layers. It shrinks by half, and the best models lose no accuracy.',
  }),
  paper('bees', 'Waggle dances guide honeybees to distant flowers', {
    abstract:
      'Honeybees tell each other where flowers are by waggle dances. We filmed 40 hives over two summers. Foragers that followed a dance found flowers sooner.',
  }),
]
const embedder = await shippedEmbedder()
const search = await buildSearch(papers, { embedder })

for (const [kind, answerer] of [
  ['by meaning', createAnswerer(search, { embedder })],
  ['as written', createAnswerer(search)],
] as const) {
  test.each([
    'what is the best laptop to buy?',
    'how do i share my screen?',
    'who won the cup in two summers?',
  ])(`%s: nothing comes close, ${kind}`, text => {
    const answer = answerer.ask(text)
    expect(answer).toMatchObject({ answered: false })
    expect(answer.closest).toBeUndefined()
  })

  test.each([
    ['which gpus did they run the waggle dances on?', 'bees'],
    ['what dose of statins was given to the mice?', 'statins'],
    ['who paid for the study of waggle dances?', 'bees'],
  ])(`%s: a sentence of the paper meant, ${kind}`, (text, id) => {
    const answer = answerer.ask(text)
    expect(answer).toMatchObject({ answered: false, closest: { paper: { id } } })
  })
}
