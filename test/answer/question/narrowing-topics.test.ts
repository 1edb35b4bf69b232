import { expect, test } from 'vitest'
import { topicsIn } from '../../../src/answer/question/narrowing-topics.ts'

test.each([
  ['rice', [['rice']], []],
  ['rice or wheat', [['rice'], ['wheat']], []],
  ['either rice, maize or wheat', [['rice'], ['maize'], ['wheat']], []],
  ['rice and those on wheat', [['rice'], ['wheat']], []],
  ['lung or breast cancer', [['lung cancer', 'lung'], ['breast cancer']], []],
  ['people, not cells', [['people']], [['cells']]],
  ['people but not cells or mice', [['people']], [['cells'], ['mice']]],
  ['people rather than cells', [['people']], [['cells']]],
  ['farming instead of fishing', [['farming']], [['fishing']]],
  ['network notation', [['network notation']], []],
])('%s', (topic, wanted, except) => {
  expect(topicsIn(topic)).toMatchObject({ wanted, except })
})

test('papers on both are meant by "and", on one of them by "or"', () => {
  expect(topicsIn('rice and wheat').all).toBe(true)
  expect(topicsIn('rice or wheat').all).toBe(false)
})
