import { describe, expect, test } from 'vitest'
import { analyzePaper } from '../../../src/answer/analyzed-paper.ts'
import { asSurvey, readQuestion } from '../../../src/answer/question.ts'
import { surveyOf } from '../../../src/answer/routing/survey.ts'
import { surveyConfidence, surveyConfidenceFeatures } from '../../../src/answer/routing/survey-confidence.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { WordMatcher } from '../../../src/search/embedding/word-matcher.ts'
import { paper } from '../../fixtures/paper.ts'

const embedder = await shippedEmbedder()
const meaning = new WordMatcher(embedder)
const papers = [
  paper('rye', 'Sourdough bread from rye', {
    abstract: 'We bake sourdough bread from rye flour. The dough rests for a night before it is baked.',
  }),
  paper('oat', 'Oat bread with wild yeast', {
    abstract: 'Oat bread is baked with wild yeast. It keeps nine days longer than bread from wheat.',
  }),
  paper('tides', 'Tides of narrow bays', { abstract: 'The moon pulls at the sea. We measure the tides.' }),
]
const search = await buildSearch(papers, { embedder })
const read = (text: string) => asSurvey(readQuestion(text, search, meaning))
const survey = (text: string, some = papers) =>
  surveyOf(
    read(text),
    some.map(one => ({ paper: analyzePaper(one), standing: 1 })),
  )

describe('whether several papers answer a question', () => {
  const sure = (text: string, several = 3) => surveyConfidence(read(text), survey(text), several)

  test('is surer of what they say than of what they do not', () => {
    expect(sure('how do people bake sourdough bread?')).toBeGreaterThan(0.5)
    expect(sure('how do people forecast earthquakes?')).toBeLessThan(0.5)
  })

  test('goes by the papers where there are too few to tell whether it is for several', () => {
    const text = 'how do people bake sourdough bread?'
    expect(sure(text, -20)).toBe(sure(text, -2))
  })

  test('without an embedder goes by the words', () => {
    const confidence = (text: string) => {
      const question = asSurvey(readQuestion(text, search))
      return surveyConfidence(question, surveyOf(question, survey(text).matches), 0)
    }
    expect(confidence('which papers bake bread?')).toBe(1)
    expect(confidence('which papers forecast earthquakes?')).toBe(0)
  })

  test('is 0 without papers, and its features are finite for one paper and no words', () => {
    const text = 'how do people bake bread?'
    expect(surveyConfidence(read(text), survey(text, []), 0)).toBe(0)
    for (const one of [text, '?', ''])
      for (const some of [papers, papers.slice(2), []])
        for (const value of Object.values(surveyConfidenceFeatures(read(one), survey(one, some), 0)))
          expect(Number.isFinite(Number(value))).toBe(true)
  })
})
