import { describe, expect, test } from 'vitest'
import { analyzePaper } from '../../../src/answer/analyzed-paper.ts'
import { kindNames } from '../../../src/answer/question/kinds.ts'
import { asSurvey, readQuestion } from '../../../src/answer/question.ts'
import {
  MatchNetwork,
  type MatchNetworkWeights,
  matchNetwork,
} from '../../../src/answer/ranking/match-network.ts'
import { rankSentences } from '../../../src/answer/ranking/rank.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import type { SyncEmbedder } from '../../../src/search/embedding/port.ts'
import { WordMatcher } from '../../../src/search/embedding/word-matcher.ts'
import { paper } from '../../fixtures/paper.ts'

/** Knows three words by one number each. */
const values: Readonly<Record<string, number>> = { bake: 0.5, ovens: -1, bread: 2 }
const embedder: SyncEmbedder = {
  dimensions: 1,
  embed: texts => Float32Array.from(texts.map(text => values[text] ?? 0)),
  embedQuery: query => Float32Array.of(values[query] ?? 0),
  knows: word => word in values,
  weight: word => values[word] ?? 0,
}
const meaning = new WordMatcher(embedder)

const zeros = (length: number): number[] => new Array<number>(length).fill(0)
const none: MatchNetworkWeights = {
  size: 1,
  words: [1],
  question: { window: zeros(6), bias: [0], attention: [0], kinds: zeros(kindNames.length + 1) },
  sentence: { window: zeros(6), bias: [0], place: zeros(4) },
  bilinear: [1],
}
const network = (change: Partial<MatchNetworkWeights>): MatchNetwork =>
  new MatchNetwork({ ...none, ...change })

const abstract = 'Bread. Ovens bake bread. Ovens.'
const analysed = analyzePaper(paper('bread', 'Loaves', { abstract }))
const search = await buildSearch([analysed.paper])
const asked = (text: string) => readQuestion(text, search, meaning)
const rounded = (scores: readonly number[]): number[] => scores.map(score => Number(score.toFixed(4)))
const centred = (scores: readonly number[]): number[] => {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  return rounded(scores.map(score => score - mean))
}

/** Written down from the definition: x times the standard normal distribution function, approximated. */
const gelu = (x: number) => x * 0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))

/** A question whose only unit is 1, so that the score is the sentence's unit. */
const constant = { ...none.question, kinds: zeros(kindNames.length + 1), bias: [1.1124] }
const one = gelu(1.1124)

describe('a network of one unit', () => {
  test('reads a sentence by mean and maximum of its words, in a window of three', () => {
    const sentence = { ...none.sentence, window: [0, 0, 1, 0, 10, 0] }
    // A window counts the word itself once and the one after it ten times.
    const [ovens, bake, bread] = [gelu(-1 + 10 * 0.5), gelu(0.5 + 10 * 2), gelu(2)]
    const second = (ovens + bake + bread) / 4 + 0.5 * Math.max(ovens, bake, bread)
    const first = gelu(2) / 2 + 0.5 * gelu(2)
    const third = gelu(-1) / 2 + 0.5 * gelu(-1)
    const scores = network({ question: constant, sentence }).scores(asked('bread?'), analysed)
    expect(rounded(scores)).toEqual(centred([first, second, third].map(score => score * one)))
  })

  test('knows where a sentence stands and how long it is', () => {
    const at = (place: number[]) =>
      rounded(
        network({ question: constant, sentence: { ...none.sentence, place } }).scores(
          asked('bread?'),
          analysed,
        ),
      )
    expect(at([1, 0, 0, 0])).toEqual(centred([0, 0.5 * one, one]))
    expect(at([0, 1, 0, 0])).toEqual(centred([one, 0, 0]))
    expect(at([0, 0, 1, 0])).toEqual(centred([0, 0, one]))
    expect(at([0, 0, 0, 30])).toEqual(centred([one, 3 * one, one]))
  })

  test('knows the kind of the question, and whether several papers are asked', () => {
    const kinds = zeros(kindNames.length + 1)
    kinds[kindNames.indexOf('how')] = 1
    kinds[kindNames.length] = 5
    const told = network({
      question: { ...none.question, kinds },
      sentence: { ...none.sentence, place: [1, 0, 0, 0] },
    })
    expect(rounded(told.scores(asked('how is bread baked?'), analysed))).toEqual([-0.5, 0, 0.5])
    expect(rounded(told.scores(asked('bread?'), analysed))).toEqual([0, 0, 0])
    expect(rounded(told.scores(asSurvey(asked('bread?')), analysed))).toEqual([-2.5, 0, 2.5])
  })

  test('sums the words of a question by attention', () => {
    const question = { ...none.question, window: [0, 0, 1, 0, 0, 0], attention: [3] }
    const sentence = { ...none.sentence, place: [0, 1, 0, 0] }
    const units = [gelu(0.5), gelu(2)]
    const odds = units.map(unit => Math.exp(3 * unit))
    const asks =
      units.reduce((sum, unit, i) => sum + unit * (odds[i] ?? 0), 0) / ((odds[0] ?? 0) + (odds[1] ?? 0))
    const scores = network({ question, sentence }).scores(asked('bake bread'), analysed)
    expect(rounded(scores)).toEqual(centred([asks, 0, 0]))
  })
})

test('without an embedder, without words and without an abstract there is nothing to tell', () => {
  const shipped = readQuestion('how is bread baked?', search)
  expect(matchNetwork.scores(shipped, analysed)).toEqual([0, 0, 0])
  expect(matchNetwork.scores(asked('?'), analysed)).toHaveLength(3)
  expect(matchNetwork.scores(asked('bread'), analyzePaper(paper('none', 'None', { abstract: '' })))).toEqual(
    [],
  )
})

test('the one that ships, with the features beside it, tells problems from remedies', async () => {
  const loaf = analyzePaper(
    paper('loaf', 'Even loaves', {
      abstract:
        'Loaves often burn because the heat of an oven is distributed unevenly. We turn the loaf with a small motor under the tray. Loaves burned 12% less often.',
    }),
  )
  const words = new WordMatcher(await shippedEmbedder())
  const best = (text: string) =>
    rankSentences(readQuestion(text, search, words), [
      { paper: loaf, rank: 0, standing: 1, isSubject: false },
    ])[0]?.sentence.index
  expect(best('why do loaves burn')).toBe(0)
  expect(best('how do they keep the loaf from burning')).toBe(1)
  expect(best('how many fewer loaves burn')).toBe(2)
})
