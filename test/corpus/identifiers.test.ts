import { describe, expect, test } from 'vitest'
import { arxivIdOf, doiOf } from '../../src/corpus/identifiers.ts'
import { nameOf } from '../../src/corpus/names.ts'
import { stemsOf } from '../../src/corpus/stems.ts'

describe('arXiv identifiers', () => {
  test.each([
    ['2405.19320', '2405.19320'],
    ['2405.19320v3', '2405.19320'],
    ['0704.0001', '0704.0001'],
    ['arXiv:2405.19320', '2405.19320'],
    ['cs/0112017v1', 'cs/0112017'],
    ['math.GT/0309136', 'math/0309136'],
    ['arXiv:cond-mat.stat-mech/0309136v2', 'cond-mat/0309136'],
    ['arxiv.org/abs/2405.19320', '2405.19320'],
    ['[arXiv:2405.19320]', '2405.19320'],
    ['http://arxiv.org/abs/hep-th/9901001', 'hep-th/9901001'],
    ['https://arxiv.org/pdf/2405.19320v1.pdf', '2405.19320'],
    ['https://huggingface.co/papers/2405.19320', '2405.19320'],
    ['https://doi.org/10.48550/arXiv.2405.19320', '2405.19320'],
  ])('%s', (text, id) => expect(arxivIdOf(text)).toBe(id))

  test.each([
    '',
    '2405',
    '2413.00001',
    '2405.123',
    '1706.0373',
    '1401.12345',
    '0612.1234',
    'and/0309136',
    'cs/0113017',
    'x2405.19320',
    '2405.19320 and more',
    'https://example.org/2405.19320',
  ])('%s is none', text => expect(arxivIdOf(text)).toBeUndefined())
})

describe('DOIs', () => {
  test.each([
    ['10.1145/1.2', '10.1145/1.2'],
    ['doi: 10.1145/1.2', '10.1145/1.2'],
    ['https://dx.doi.org/10.1145/1.2', '10.1145/1.2'],
  ])('%s', (text, doi) => expect(doiOf(text)).toBe(doi))

  test.each(['', '10.1/', '10/x', '11.1145/x', '10.1145/a b'])('%s is none', text =>
    expect(doiOf(text)).toBeUndefined(),
  )
})

describe('names', () => {
  test.each([
    ['Ada Lovelace', { family: 'Lovelace', given: 'Ada' }],
    ['Lovelace, Ada King', { family: 'Lovelace', given: 'Ada King' }],
    ['Ludwig van Beethoven', { family: 'van Beethoven', given: 'Ludwig' }],
    ['Martin Luther King Jr.', { family: 'King', given: 'Martin Luther', suffix: 'Jr.' }],
    ['King, Jr., Martin', { family: 'King', given: 'Martin', suffix: 'Jr.' }],
    ['Müller J', { family: 'Müller', given: 'J' }],
    ['van der Berg JH', { family: 'van der Berg', given: 'JH' }],
    ['Wei LI', { family: 'LI', given: 'Wei' }],
    ['Plato', { literal: 'Plato' }],
    ['王 伟', { literal: '王 伟' }],
    ['', { literal: '' }],
    [',', { literal: ',' }],
  ])('%s', (text, name) => expect(nameOf(text)).toEqual(name))
})

test('stems are the telling words, by their first letters', () => {
  expect([...stemsOf('The Key-Value Transformers of 2024')]).toEqual(['key', 'value', 'trans', '2024'])
  expect([...stemsOf('深度 Gödel')]).toEqual(['深', '度', 'gödel'])
})
