import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAnswerer } from '../../src/answer/answer.ts'
import type { Answerer } from '../../src/answer/port.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { paper } from '../search/fixture.ts'
import { answerer, said } from './fixture.ts'

/** Every answer holds what the port promises. */
function exercise(of: Answerer, question: string): void {
  const { answered, confidence, quotes, shown, papers } = of.ask(question)
  expect(confidence).toBeGreaterThanOrEqual(0)
  expect(confidence).toBeLessThanOrEqual(1)
  expect(shown).toBeLessThanOrEqual(quotes.length)
  expect(answered ? shown >= 1 && shown <= 8 : shown === 0).toBe(true)
  for (const { paper: from, text, start } of quotes) {
    expect(text).not.toBe('')
    expect(from.abstract.slice(start, start + text.length)).toBe(text)
  }
  expect(new Set(quotes.map(({ paper: { id }, start }) => `${id} ${start}`)).size).toBe(quotes.length)
  expect(new Set(papers.map(({ id }) => id)).size).toBe(papers.length)
  if (quotes.length > 0 && papers.length > 0) expect(quotes[0]?.paper.id).toBe(papers[0]?.id)
}

describe('questions that the papers answer', () => {
  test.each([
    ['how many americans were asked in the MGE trial?', /sample of 500 Americans/],
    ['what happens if you stack many attention layers?', /attention concentration/],
    ['What is VoxPoser?', /we introduce|robot|manipulation/i],
    ['what is Cross-Layer Attention?', /CLA|sharing key and value heads/i],
    ['does momentum help when learning rates are small?', /momentum indeed has limited benefits/],
    ['How is the KV cache made smaller?', /key[- ]value|KV/i],
  ])('%s', (question, sentence) => {
    const answer = answerer.ask(question)
    expect(answer.answered).toBe(true)
    expect(said(answer)).toMatch(sentence)
  })

  test('are answered in other words than the papers’', () => {
    const answer = answerer.ask('how come squared losses go wrong with odd data points?')
    expect(answer.quotes[0]?.text).toMatch(/squared errors are known to be sensitive to outliers/)
  })
})

describe('questions that they do not answer', () => {
  test.each([
    'What is the capital of Australia?',
    'Can you recommend a good pizza place nearby?',
    'How do bees find their way back to the hive?',
    'How does AlexNet use local response normalization?',
    'How many GPUs were used to train VisVM?',
    'Who funded the Data Shapley paper?',
    '',
    'the of and',
    '😀',
  ])('%s', question => {
    const answer = answerer.ask(question)
    expect(answer.answered).toBe(false)
    expect(answer.shown).toBe(0)
  })

  test('still name what was looked at', () => {
    const { quotes, papers } = answerer.ask('How many GPUs were used to train VisVM?')
    expect(quotes.length).toBeGreaterThanOrEqual(3)
    expect(papers.length).toBeGreaterThan(0)
  })
})

describe('whatever is asked', () => {
  test('any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => exercise(answerer, text)),
      { numRuns: 60 },
    )
  })

  test('any words of the papers', () => {
    const word = fc.constantFrom(
      ...'how why which value kv cache reward does it model 5 not learning the shapley ?'.split(' '),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), words => exercise(answerer, words.join(' '))),
      { numRuns: 60 },
    )
  })

  test('of whatever papers', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 120 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { maxLength: 8 }), text, async (texts, question) => {
        const search = await buildSearch(
          texts.map(([title, abstract], i) => paper(`p${i}`, title || '?', abstract)),
        )
        exercise(createAnswerer(search), question)
        exercise(createAnswerer(search), texts[0]?.[1] ?? '')
      }),
      { numRuns: 40 },
    )
  })

  test('equal questions get equal answers', () => {
    const once = answerer.ask('How is the KV cache made smaller?')
    answerer.ask('What is Shapley?')
    expect(answerer.ask('How is the KV cache made smaller?')).toEqual(once)
  })
})
