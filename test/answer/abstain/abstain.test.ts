import { describe, expect, test } from 'vitest'
import { lackOf } from '../../../src/answer/abstain/features.ts'
import { analyzePaper } from '../../../src/answer/analyzed-paper.ts'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { readQuestion } from '../../../src/answer/question.ts'
import { rankSentences } from '../../../src/answer/ranking/rank.ts'
import { paper } from '../../fixtures/paper.ts'
import { seedSearch } from '../../fixtures/papers.ts'

const search = await seedSearch()
const answerer = createAnswerer(search)
const bread = analyzePaper(
  paper('bread', 'Bread that keeps', {
    abstract: 'We bake bread with less salt. It keeps for nine days at room temperature. Tasters prefer it.',
  }),
)
const lacks = (text: string) => {
  const question = readQuestion(text, search)
  const candidates = [{ paper: bread, rank: 0, standing: 1, isSubject: false }]
  return lackOf(question, rankSentences(question, candidates), { staysWithSubject: false })
}

describe('what an abstract does not give', () => {
  test.each([
    ['who wrote the bread paper?', 'its authors'],
    ['which GPUs was the bread trained on?', 'hardware'],
    ['what learning rate did the bread use?', 'such a setting'],
    ['under which licence is the bread?', 'a licence'],
    ['in which journal was the bread published?', 'where and when it was published'],
    ['how old were the tasters of the bread?', 'the people or animals studied'],
  ])('%s: %s', (question, label) => {
    expect(lacks(question).attributes.map(one => one.label)).toContain(label)
  })

  test('is not missed where it is given', () => {
    expect(lacks('how many days does the bread keep?').attributes).toEqual([])
    expect(lacks('at which temperature does the bread keep?').attributes).toEqual([])
  })

  test('words of which the paper holds nothing are told as they were typed', () => {
    expect(lacks('does the bread keep on Jupiter?').missing).toContain('Jupiter')
  })

  test('no paper at all is no reason to fail', () => {
    const question = readQuestion('bread?', search)
    expect(lackOf(question, [], { staysWithSubject: false })).toMatchObject({ attributes: [], missing: [] })
  })
})

test.each([
  'Who is the last author of VoxPoser?',
  'Which GPU was VoxPoser trained on?',
  'best pizza in Naples?',
])('%s is refused', question => {
  expect(answerer.ask(question)).toMatchObject({ answered: false, shown: 0 })
})
