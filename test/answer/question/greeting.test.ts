import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutGreeting } from '../../../src/answer/question/greeting.ts'

test.each([
  ['hey, what is utility engineering?', 'what is utility engineering?'],
  ['btw what is FastSHAP', 'what is FastSHAP'],
  ['thanks! and how fast is it?', 'and how fast is it?'],
  ['ok thx, and what is the cost', 'and what is the cost'],
  ['Hi all - how do they measure it?', 'how do they measure it?'],
  ['hello there, quick question: why is it slow', 'why is it slow'],
  ['ok, what about robotics?', 'what about robotics?'],
  ['hmm is it fast', 'is it fast'],
  ['Good morning! any papers on yeast?', 'any papers on yeast?'],
])('%s: %s', (text, rest) => {
  expect(withoutGreeting(text)).toBe(rest)
})

test.each([
  'thanks',
  'hi',
  'hello there',
  'thank you so much!',
  'cheers mate',
  'so what is the fix?',
  'ok and the code?',
  'hierarchical models',
  'what does hi mean here?',
  'typing speed of experts',
  'yolo detectors',
])('%s stays', text => {
  expect(withoutGreeting(text)).toBe(text)
})

test('keeps the end of whatever is typed', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), text => text.endsWith(withoutGreeting(text))))
})
