import { describe, expect, it } from 'vitest'
import { smallTalk } from '../../src/bot/small-talk.ts'

describe('smallTalk', () => {
  it.each([
    'hi',
    'Hello!',
    'hey there 👋',
    'Good morning',
    'thanks a lot!',
    'Thank you so much',
    'bye',
    'what can you do?',
    '',
    '👍',
    '…',
  ])('has a friendly line for “%s”', text => {
    expect(smallTalk(text, 107)).toBeTypeOf('string')
  })

  it.each([
    'kv cache',
    'hi-fi rendering',
    'what is the great filter?',
    'help models reason',
    'how are transformers scaled',
    'greetings in dialogue models',
  ])('leaves “%s” to the search', text => {
    expect(smallTalk(text, 107)).toBeUndefined()
  })
})
