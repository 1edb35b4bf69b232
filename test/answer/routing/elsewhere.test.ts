import { expect, test } from 'vitest'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { subjectOf } from '../../../src/answer/port.ts'
import { asksElsewhere } from '../../../src/answer/routing/elsewhere.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper } from '../../fixtures/paper.ts'

test.each([
  'do other papers say something else?',
  'does anyone offer another explanation?',
  'and other studies?',
  'is there another explanation for it',
  'what do other papers say about this?',
  'anyone else find the same?',
])('%s: asks other papers', text => {
  expect(asksElsewhere(text)).toBe(true)
})

test.each([
  'do other papers use transformers?',
  'how does it compare with other methods?',
  'list other papers on yeast',
  'what other data sets did they use?',
  'is another drug better?',
])('%s: does not', text => {
  expect(asksElsewhere(text)).toBe(false)
})

test('the earlier question is put to the other papers', async () => {
  const embedder = await shippedEmbedder()
  const search = await buildSearch(
    [
      paper('mites', 'Mites make honeybee colonies collapse', {
        abstract:
          'Honeybee colonies collapse in winter. Colonies collapse because Varroa mites spread viruses.',
      }),
      paper('pesticides', 'Pesticides and the collapse of honeybee colonies', {
        abstract:
          'Many honeybee colonies collapse. Colonies collapse because pesticides weaken foraging honeybees.',
      }),
      paper('galaxies', 'Galaxies', { abstract: 'Galaxies are counted. We count them by telescope.' }),
    ],
    { embedder },
  )
  const { ask } = createAnswerer(search, { embedder })
  const question = 'why do honeybee colonies collapse?'
  const first = ask(question)
  const other = ask('do other papers say something else?', { subject: subjectOf(question, first) })
  expect([first.answered, other.answered]).toEqual([true, true])
  const from = [first, other].map(({ quotes }) => quotes[0]?.paper.id)
  expect(from.toSorted()).toEqual(['mites', 'pesticides'])
})
