import { expect, test } from 'vitest'
import { sameTopic } from '../../src/schedule/topic.ts'

test.each([
  ['the whole library', undefined, undefined, true],
  ['a query in other letters', { query: 'KV Cache' }, { query: 'kv cache' }, true],
  ['a query beyond ASCII', { query: 'ÉCOLE' }, { query: 'école' }, true],
  ['another query', { query: 'kv cache' }, { query: 'kv caches' }, false],
  ['a paper', { paperId: 'p1' }, { paperId: 'p1' }, true],
  ['a paper in other letters: ids are exact', { paperId: 'P1' }, { paperId: 'p1' }, false],
  ['a query that reads like a paper', { query: 'p1' }, { paperId: 'p1' }, false],
  ['a query and the whole library', { query: '' }, undefined, false],
])('%s', (_, a, b, same) => {
  expect(sameTopic(a, b)).toBe(same)
  expect(sameTopic(b, a)).toBe(same)
})
