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

test.each(['do other papers say something else?', 'list all of them'])(
  'what was asked before is searched for again where it is asked again: %s',
  text => {
    const earlier = { embeds: [{ title: 'does caffeine help?' }], components: [] }
    expect(wantedByMessage({ text, replyTo: undefined, earlier } as never)).toEqual({
      text,
      besides: ['does caffeine help?'],
    })
  },
)

test('after an answer that named no paper both questions are searched for together', () => {
  const replyTo = { embeds: [{ title: 'does caffeine help?' }], components: [] }
  const text = 'does it harm?'
  expect(wantedByMessage({ text, replyTo, earlier: undefined } as never)).toEqual({
    text,
    besides: ['does caffeine help? does it harm?'],
  })
})

test('a question that names what it asks about is searched for alone', () => {
  const replyTo = { embeds: [{ title: 'does caffeine help?' }], components: [] }
  const text = 'how many hives were filmed?'
  expect(wantedByMessage({ text, replyTo, earlier: undefined } as never)).toEqual({ text })
})
