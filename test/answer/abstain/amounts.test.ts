import { expect, test } from 'vitest'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper } from '../../fixtures/paper.ts'

const embedder = await shippedEmbedder()
const search = await buildSearch(
  [
    paper('rope', 'ROPELIFT: hoisting loads by rope', {
      abstract:
        'Loads are hoisted slowly. We propose ROPELIFT, a hoist of two ropes. It lifts loads orders of magnitude faster than cranes.',
    }),
    paper('withdrawal', 'Withdrawal symptoms after stopping nasal sprays', {
      abstract:
        'Nasal sprays are used daily by many. Withdrawal symptoms begin within hours of stopping the spray. The symptoms last a few weeks in most users.',
    }),
    paper('bees', 'Bees', { abstract: 'Bees fly far. We follow them by radar. They dance in hives.' }),
  ],
  { embedder },
)
const { ask } = createAnswerer(search, { embedder })

test.each([
  ['how fast is ROPELIFT?', 'orders of magnitude'],
  ['how long do withdrawal symptoms of nasal sprays last?', 'a few weeks'],
])('%s is answered without a figure', (text, said) => {
  const { answered, quotes } = ask(text)
  expect({ answered, said: quotes[0]?.text.includes(said) }).toEqual({ answered: true, said: true })
})

test('how many is not', () => {
  expect(ask('how many users had withdrawal symptoms of nasal sprays?').answered).toBe(false)
})
