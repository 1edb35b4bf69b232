import { describe, expect, test } from 'vitest'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { comparedIn } from '../../../src/answer/routing/comparison.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper } from '../../fixtures/paper.ts'

test.each([
  ["what's the difference between LOAM and SEEP?", 'LOAM', 'SEEP'],
  ['LOAM vs. SEEP', 'LOAM', 'SEEP'],
  ['compare LOAM with SEEP', 'LOAM', 'SEEP'],
  ['How does the bread model differ from the soil model?', 'the bread model', 'the soil model'],
])('%s', (text, one, other) => {
  expect(comparedIn(text)).toEqual([one, other])
})

test.each(['is LOAM better than SEEP?', 'what is LOAM?', 'vs', 'difference between us'])(
  'not compared: %s',
  text => {
    expect(comparedIn(text)).toBeUndefined()
  },
)

describe('two things of two papers', async () => {
  const { ask } = createAnswerer(
    await buildSearch([
      paper('a', 'LOAM: Soil Moisture from Radar', {
        abstract: 'Soil dries. LOAM is a model that reads moisture off radar images.',
      }),
      paper('b', 'Seepage in Dikes', {
        abstract: 'Dikes leak. We propose SEEP, a network that finds leaks by sound.',
      }),
      paper('c', 'Bread', { abstract: 'Bread keeps for a week. We bake it.' }),
    ]),
  )

  test('are each told by their own paper', () => {
    const { kind, answered, shown, quotes } = ask('what is the difference between LOAM and SEEP?')
    expect({ kind, answered, shown }).toEqual({ kind: 'survey', answered: true, shown: 2 })
    expect(quotes.map(({ paper, text }) => `${paper.id} ${text.split(' ').slice(0, 3).join(' ')}`)).toEqual([
      'a LOAM is a',
      'b We propose SEEP,',
    ])
  })

  test('are not compared when one of them is not here, or both are one paper\u2019s', () => {
    expect(ask('LOAM vs NEST').kind).toBe('single')
    expect(ask('LOAM vs soil moisture').kind).toBe('single')
  })
})

test('a name that is a common word, and an abbreviation that two papers use, are found by the paper that is called so', async () => {
  const { ask } = createAnswerer(
    await buildSearch([
      paper('value', 'VALUE: Understanding Dialects', {
        abstract: 'Dialects differ. We build VALUE, a benchmark of eleven dialect features.',
      }),
      paper('layers', 'Sharing Attention across Layers', {
        abstract: 'Caches grow. We propose Cross-Layer Attention (CLA), which shares keys between layers.',
      }),
      ...[1, 2, 3, 4].map(n =>
        paper(`v${n}`, `The value of value functions, part ${n}`, {
          abstract: 'Values matter. A value is compared with CLA in each state.',
        }),
      ),
    ]),
  )
  const { kind, quotes } = ask('compare VALUE and CLA')
  expect(kind).toBe('survey')
  expect(quotes.map(one => one.paper.id)).toEqual(['value', 'layers'])
})
