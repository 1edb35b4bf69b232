import { expect, test } from 'vitest'
import { askedQuestions, askedUnanswerable } from './sets/answers.ts'
import { askedSearch } from './sets/seed-search.ts'

/**
 * What search, related papers, answers and refusals must hold over the corpus that ships and the committed queries: a
 * little under the figures in docs/quality.md, so that chance does not break a build and a loss does.
 */
const floors: Readonly<Record<string, number>> = {
  'keyword: right paper first': 0.97,
  'name: right paper first': 0.98,
  'typo: right paper first': 0.98,
  'paraphrase: right paper first': 0.44,
  'paraphrase: right paper in the first 5': 0.75,
  'question: right paper first': 0.77,
  'nDCG@10': 0.79,
  'nDCG@5': 0.6,
  'ask: right paper first': 0.76,
  'ask: gold sentence first': 0.49,
  'ask: gold sentence in the first three': 0.63,
  'quotes verbatim': 1,
  'far: refused': 0.95,
  'near: refused': 0.85,
  'missing-fact: refused': 0.56,
  'questions answered': 0.63,
}

test.each([...askedSearch, askedQuestions, askedUnanswerable])('$name holds its floors', async set => {
  for (const { figure, lectern } of await set.rows()) {
    const name = figure.replace(/ \(.*\)$/u, '')
    expect(floors, figure).toHaveProperty([name])
    expect(lectern, figure).toBeGreaterThanOrEqual(floors[name] ?? 1)
  }
})
