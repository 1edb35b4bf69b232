import { expect, test } from 'vitest'
import { definitionsIn } from '../../../src/search/analysis/abbreviations.ts'

test.each([
  ['Key-value (KV) caching is old.', 'KV', 'Key-value'],
  ['We study large language models (LLMs).', 'LLM', 'large language models'],
  [
    'with reinforcement learning from human feedback (RLHF), as',
    'RLHF',
    'reinforcement learning from human feedback',
  ],
  [
    'the Probabilistic Value-Added Bright Galaxy Survey (PROVABGS) is',
    'PROVABGS',
    'Probabilistic Value-Added Bright Galaxy Survey',
  ],
])('%s', (text, short, long) => {
  expect(definitionsIn(text)).toEqual([{ short, long }])
})

test.each([
  'It works well (see Figure 2).',
  'It grew (by 12%) and fell (again).',
  '(KV) at the beginning',
  'nothing in front matches (XYZ).',
  'an open bracket (KV',
  '))((',
])('no definition: %s', text => {
  expect(definitionsIn(text)).toEqual([])
})
