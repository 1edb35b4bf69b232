import { describe, expect, test } from 'vitest'
import { IdentifierIndex } from '../../../src/search/index/identifier-index.ts'
import { paper } from '../fixture.ts'

const papers = [
  paper('one', 'Attention, Please: A Study', '', {
    arxiv: '2405.19320',
    url: 'https://openreview.net/forum?id=a1',
  }),
  paper('two', 'Old Words', '', { arxiv: 'cs/0112017' }),
  paper('three', 'Third', '', { doi: '10.1145/2407085.2407086' }),
  paper('four', 'Fourth', '', { url: 'https://www.example.org/papers/four/' }),
]
const lookup = await IdentifierIndex.over(papers)

describe('what names a paper', () => {
  test.each([
    ['2405.19320', 0],
    ['arXiv:2405.19320v3', 0],
    ['https://arxiv.org/abs/2405.19320v2', 0],
    ['http://www.arxiv.org/pdf/2405.19320.pdf', 0],
    ['see https://huggingface.co/papers/2405.19320, please', 0],
    ['https://doi.org/10.48550/arXiv.2405.19320', 0],
    ['attention please  a study', 0],
    ['ATTENTION, PLEASE: A STUDY.', 0],
    ['cs/0112017', 1],
    ['arxiv.org/abs/cs/0112017v1', 1],
    ['doi:10.1145/2407085.2407086', 2],
    ['https://dl.acm.org/doi/10.1145/2407085.2407086', 2],
    ['https://doi.org/10.1145/2407085.2407086.', 2],
    ['http://example.org/papers/four?utm=x', 3],
    ['two', 1],
    ['见https://arxiv.org/abs/2405.19320，谢谢', 0],
    ['(see arxiv.org/abs/2405.19320)', 0],
    ['openreview.net/pdf?id=a1', 0],
  ])('%s', (text, position) => {
    expect(lookup.named(text).positions).toEqual([position])
  })

  test('two of them, in order, and the words around are left', () => {
    const { positions, rest } = lookup.named('compare cs/0112017 with 2405.19320')
    expect(positions).toEqual([1, 0])
    expect(rest.replaceAll(/\s+/g, ' ')).toBe('compare with ')
  })
})

test.each([
  'https://openreview.net/forum?id=b2',
  '1706.0373',
  '2405.99999',
  'and/or 1234567',
  'https://example.com/other',
  '',
  'attention',
])('%s names none', text => {
  expect(lookup.named(text).positions).toEqual([])
})

test('what would name a paper that is not here is no word of the query', () => {
  for (const text of ['arXiv:2405.99999', 'https://openreview.net/forum?id=b2', 'doi:10.1145/9.9'])
    expect(lookup.named(`knots ${text}`).rest.trim(), text).toBe('knots')
  expect(lookup.named('a loss of 1706.0373').rest).toBe('a loss of 1706.0373')
})
