import { describe, expect, test } from 'vitest'
import { analyzePaper } from '../../../src/answer/analyzed-paper.ts'
import { readQuestion } from '../../../src/answer/question.ts'
import { rankSentences } from '../../../src/answer/ranking/rank.ts'
import { asksSampleSize, saysSampleSize } from '../../../src/answer/ranking/sample-size.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper } from '../../fixtures/paper.ts'

describe('the size of a study is asked for', () => {
  test.each([
    'how many patients?',
    'how many people took part',
    'How many participants were enrolled in the study?',
    'how many kids did they test',
    'how many older adults were in that trial?',
    'what was the sample size?',
    'how large was the cohort',
  ])('by "%s"', question => expect(asksSampleSize(question)).toBe(true))

  test.each([
    'how many patients recovered?',
    'how many people get the flu each year',
    'how many new cases',
    'how many layers does it have?',
    'which patients took part?',
  ])('not by "%s"', question => expect(asksSampleSize(question)).toBe(false))
})

describe('a sentence says how many were studied', () => {
  test.each([
    'We enrolled 228 patients in nine hospitals.',
    'The cohort comprised 12,400 middle-aged men.',
    'Twenty-four healthy volunteers participated.',
    'Children were tested at two ages (n = 31).',
  ])('"%s"', sentence => expect(saysSampleSize(sentence)).toBe(true))

  test.each([
    'Of these, 112 patients died.',
    'In the trial 31% of patients recovered.',
    'Patients were followed for two years.',
  ])('not "%s"', sentence => expect(saysSampleSize(sentence)).toBe(false))
})

test('who asks how many patients is told of those enrolled, not of those who died', async () => {
  const enrolled = 'We enrolled 228 patients with fever at nine clinics.'
  const study = paper('fever', 'Fever in the highlands', {
    abstract: `Fever kills many people in the highlands. ${enrolled} In all, 112 patients died within a month. Early care halved the risk of death.`,
  })
  const search = await buildSearch([study])
  const candidates = [{ paper: analyzePaper(study), rank: 0, standing: 1, isSubject: true }]
  const [first] = rankSentences(readQuestion('how many patients?', search), candidates)
  expect(first?.sentence.text).toBe(enrolled)
})
