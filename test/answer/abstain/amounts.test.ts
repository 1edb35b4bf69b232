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
    paper('crossing', 'Crossing the strait in small boats', {
      abstract:
        'Small boats cross the strait at night. We followed 90 boats over one summer. Of those that left, 61% reached the shore. The portion of fuel left in the tank was of no importance.',
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

test.each([
  'what fraction of the boats reached the shore of the strait?',
  'what percentage of small boats reached the shore?',
  'which proportion of small boats reached the shore?',
])('%s asks for a number, which no sentence has to call so', text => {
  const { answered, quotes } = ask(text)
  expect({ answered, said: quotes[0]?.text.includes('61%') }).toEqual({ answered: true, said: true })
})

test('how often is answered by a share', () => {
  const { answered, quotes } = ask('how often do small boats reach the shore?')
  expect({ answered, said: quotes[0]?.text.includes('61%') }).toEqual({ answered: true, said: true })
})

test('how many is not', () => {
  expect(ask('how many users had withdrawal symptoms of nasal sprays?').answered).toBe(false)
})
