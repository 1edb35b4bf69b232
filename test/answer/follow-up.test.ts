import { describe, expect, test } from 'vitest'
import { answerer } from './fixture.ts'

/** The second answer of an exchange. */
function then(first: string, second: string) {
  const { papers, quotes } = answerer.ask(first)
  const subject = { question: first, papers: [...new Set(quotes.map(({ paper }) => paper.id))].slice(0, 3) }
  return { before: papers[0]?.id, answer: answerer.ask(second, { subject }) }
}

describe('a question after an answer', () => {
  test.each([
    ['How does Cross-Layer Attention reduce the KV cache?', 'and by how much?'],
    ['What is Data Shapley?', 'why is it needed?'],
    ['How does TIVE select instruction data?', 'how does it work?'],
    ['What is VoxPoser?', 'was it tested?'],
    ['why is the shapley value slow to compute', 'how much faster?'],
    ['What is Data Shapley?', 'and does that help?'],
    ['What is Data Shapley?', 'on graphs?'],
    ['How does TIVE select instruction data?', 'on text only?'],
    ['What is Data Shapley?', 'does that hold on graphs?'],
    ['What is Data Shapley?', 'what happens on graphs?'],
  ])('%s %s: stays with its paper', (first, second) => {
    const { before, answer } = then(first, second)
    expect(answer.quotes[0]?.paper.id).toBe(before)
  })

  test.each([
    ['which of these needs no fine-tuning?', ['cross-layer attention', 'finch'], /^Finch/u],
    ['which of them is equitable?', ['finch', 'data shapley'], /^Data Shapley/u],
  ])('%s: goes on with the one of several that it names', (text, names, title) => {
    const papers = names.map(name => answerer.ask(`what is ${name}?`).papers[0]?.id ?? '')
    const answer = answerer.ask(text, { subject: { question: 'which ones?', papers } })
    expect(answer.quotes[0]?.paper.title).toMatch(title)
  })

  test('that stands alone leaves the subject', () => {
    const { answer } = then('What is Data Shapley?', 'How does VoxPoser find robot trajectories?')
    expect(answer.quotes[0]?.paper.title).toMatch(/VoxPoser/)
  })

  test.each([
    ['what is multi-layer key value sharing', 'what is cross layer attention', /Cross-Layer Attention/],
    ['what is cross layer attention', 'how do they shrink the cache in svformer', /Value Residual/],
    ['what is the pluralistic view of alignment', 'whats constitutional ai', /Constitutional/],
  ])('%s, then %s: asks of another paper, near to the last', (first, second, title) => {
    const { before, answer } = then(first, second)
    expect(answer.quotes[0]?.paper.id).not.toBe(before)
    expect(answer.quotes[0]?.paper.title).toMatch(title)
  })

  test.each(['list all of them', 'list them'])('%s: the papers on the first question', text => {
    const { answer } = then('How do people shrink the KV cache?', text)
    expect(answer.kind).toBe('list')
    expect(answer.answered).toBe(true)
    expect(answer.papers.length).toBeGreaterThan(1)
    expect(answer.papers[0]?.abstract).toMatch(/KV cache/)
  })

  test('that no paper answers is refused', () => {
    expect(then('What is Data Shapley?', 'What is the capital of Australia?').answer.answered).toBe(false)
  })

  test('about papers that are gone does not fail', () => {
    const answer = answerer.ask('and by how much?', { subject: { question: 'kv cache', papers: ['gone'] } })
    expect(answer.confidence).toBeGreaterThanOrEqual(0)
  })
})
