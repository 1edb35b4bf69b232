import { expect, it } from 'vitest'
import { createAnswerer } from '../../src/answer/answer.ts'
import { answerText } from '../../src/view/text.ts'
import { seedSearch } from '../fixtures/papers.ts'

it('lists the papers that fit with a sentence each, and names the others', async () => {
  const answer = createAnswerer(await seedSearch()).ask('list papers about alignment')
  const text = answerText(answer)
  const count = answer.papers.length
  expect(count).toBeGreaterThan(8)
  expect(text).toMatch(
    new RegExp(
      `^${answer.whole} papers fit(?:, \\d+ more in part)?, best first\n\n1\\. .+\n {3}\\S+.*\n {3}\\S`,
      'u',
    ),
  )
  expect(text.match(/^\d+\. /gmu)).toHaveLength(8)
  expect(text.match(/^• /gmu)).toHaveLength(count - 8)
})
