import { expect, test } from 'vitest'
import { wantedByCommand, wantedByMessage } from '../../src/bot/wanted.ts'

const message = (text: string) => ({ text, replyTo: undefined, earlier: undefined }) as never

test('the two things that a question compares are searched for besides it', () => {
  const text = "what's the difference between MLKV and GQA?"
  expect(wantedByCommand(text, {})).toEqual({ text, besides: ['MLKV', 'GQA'] })
  expect(wantedByMessage(message(text))).toEqual({ text, besides: ['MLKV', 'GQA'] })
})

test('a question that compares nothing is searched for alone', () => {
  expect(wantedByCommand('what is MLKV?', {})).toEqual({ text: 'what is MLKV?' })
  expect(wantedByMessage(message('what is MLKV?'))).toEqual({ text: 'what is MLKV?' })
})
