import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askingClause } from '../../../src/answer/question/asking-clause.ts'

test.each([
  ['in QuillNet what are the gates doing?', 'what are the gates doing?'],
  ['with gates in every layer, does it still learn?', 'does it still learn?'],
  ['if i drop the gates, how well does it do', 'how well does it do'],
  ['QuillNet, what kind of system is it?', 'what kind of system is it?'],
  ['quill gates - what do they do?', 'what do they do?'],
  ['We want to sort our loaves. Can we rely on weight alone?', 'Can we rely on weight alone?'],
  ['on which loaves do they show it?', 'on which loaves do they show it?'],
  ['with what oven?', 'with what oven?'],
  ['for how long is it baked', 'for how long is it baked'],
  ['what is QuillNet, and is it fast?', 'what is QuillNet, and is it fast?'],
  ['why, if it is slow, do people use it?', 'why, if it is slow, do people use it?'],
  ['in short', 'in short'],
  ['', ''],
])('%s', (question, clause) => {
  expect(askingClause(question)).toBe(clause)
})

test('is an end of the question, and soon found however long it is', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), text => {
      expect(text.endsWith(askingClause(text))).toBe(true)
    }),
  )
  expect(askingClause('in '.repeat(20_000))).toHaveLength(60_000)
})
