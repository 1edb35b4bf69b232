import { describe, expect, it } from 'vitest'
import { smallTalk } from '../../src/view/small-talk.ts'

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
    'ok thanks, that helps',
    'great, thank you for the answer!',
    'hey, how are you?',
    'ty!',
    'see you later',
    'lol',
    'who made you?',
    'are you a bot',
    'what can I ask you?',
    'how do I use this bot',
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
    'no free lunch',
    'ok and the code?',
    'nice, what about bread',
    'how does this work',
    'all for one',
    'how big is the library of sounds',
  ])('leaves “%s” to the search', text => {
    expect(smallTalk(text, 107)).toBeUndefined()
  })

  it.each(['how many papers do you know about?', 'How big is your library?', 'number of papers'])(
    'counts the papers for “%s”',
    text => {
      expect(smallTalk(text, 1_234)).toBe('I hold 1,234 papers.')
    },
  )

  it('answers thanks as thanks, also after a greeting', () => {
    expect(smallTalk('hi, thanks a lot', 1)).toBe('You’re welcome.')
    expect(smallTalk('thanks, bye', 1)).toBe('See you!')
  })
})
