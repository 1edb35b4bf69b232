import { describe, expect, test } from 'vitest'
import { lackOf } from '../../../src/answer/abstain/features.ts'
import { analyzePaper } from '../../../src/answer/analyzed-paper.ts'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { readQuestion } from '../../../src/answer/question.ts'
import { rankSentences } from '../../../src/answer/ranking/rank.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { WordMatcher } from '../../../src/search/embedding/word-matcher.ts'
import { paper } from '../../fixtures/paper.ts'
import { seedSearch } from '../../fixtures/papers.ts'

const embedder = await shippedEmbedder()
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

const meaning = new WordMatcher(embedder)

describe('everyday talk', () => {
  const talk = (text: string) => {
    const question = readQuestion(text, search, meaning)
    const candidates = [{ paper: bread, rank: 0, standing: 1, isSubject: false }]
    return lackOf(question, rankSentences(question, candidates), { staysWithSubject: false }).features
  }

  test('of food, pets and flights comes nearer to everyday life than a question about a method', () => {
    const everyday = [
      'which wine goes with grilled fish',
      'is there a cheap flight to rome',
      'what do cats eat',
    ]
    const method = Number(talk('how does value decomposition train its mixing network?')['talk.everyday'])
    for (const text of everyday) expect(Number(talk(text)['talk.everyday']), text).toBeGreaterThan(method)
  })

  test.each([
    ['good bot', 'talk.small'],
    ['how do i renew my passport', 'talk.own'],
    ['who discovered penicillin', 'talk.trivia'],
  ])('%s: %s', (text, feature) => {
    expect(talk(text)[feature]).toBe(true)
    expect(talk('how long does the bread keep?')[feature]).toBe(false)
  })

  test.each([
    'how do i fix a flat tyre',
    'what should i cook for my mother tonight',
    'do you like cats?',
    'who discovered penicillin',
    'how do I plot a graph in excel',
  ])('%s is refused', text => {
    const withMeaning = createAnswerer(search, { embedder })
    expect(withMeaning.ask(text).answered).toBe(false)
  })
})

test('what a paper defines is told apart from what it mentions', () => {
  const yeast = analyzePaper(
    paper('yeast', 'Slow yeast', {
      abstract: 'Salt slows dough. We propose Slowrise, a yeast that ignores salt.',
    }),
  )
  const defined = (text: string) => {
    const question = readQuestion(text, search)
    const candidates = [{ paper: yeast, rank: 0, standing: 1, isSubject: false }]
    return lackOf(question, rankSentences(question, candidates), { staysWithSubject: false }).features
  }
  expect(defined('what is Slowrise?')).toMatchObject({ 'defined.quoted': true, 'defined.never': false })
  expect(defined('what is dough?')).toMatchObject({ 'defined.never': true, 'defined.untitled': true })
})

describe('what an abstract does not give', () => {
  test.each([
    ['who wrote the bread paper?', 'its authors'],
    ['which GPUs was the bread trained on?', 'hardware'],
    ['what learning rate did the bread use?', 'learning rate'],
    ['under which licence is the bread?', 'a licence'],
    ['in which journal was the bread published?', 'where and when it was published'],
    ['how old were the tasters of the bread?', 'how old they were'],
    ['were the tasters of the bread men or women?', 'men or women'],
    ['who paid for the bread study?', 'money'],
    ['how many epochs was the bread trained for?', 'epochs'],
    ['which university is the bread from?', 'which institution or country it was'],
    ['did the tasters of the bread get side effects?', 'side effects'],
    ['can I download the bread data set?', 'code or data to get'],
    ['what dose of salt did they get in the bread study?', 'a dose'],
    ['authors?', 'its authors'],
    ['is the bread cheaper than cake?', 'money'],
    ['what cut-off did they use for the bread?', 'such a threshold'],
    ['how many took part in the bread study?', 'the number of participants'],
  ])('%s: %s', (question, label) => {
    expect(lacks(question).attributes).toContain(label)
  })

  test('is named by its noun where no attribute is', () => {
    expect(lacks('how many loaves of the bread did they bake?').attributes).toEqual(['the number of loaves'])
  })

  test('is not missed where it is given', () => {
    expect(lacks('how many days does the bread keep?').attributes).toEqual([])
    expect(lacks('at which temperature does the bread keep?').attributes).toEqual([])
  })

  test.each([
    ['how many people took part?', 'Tasters (N = 25) liked it.'],
    ['how many took part?', 'There were 136 cases and 272 controls.'],
    ['what cutoff counts as low?', 'A low value (<458 pg/ml) meant harm.'],
    ['is it safe to combine?', 'The two drugs do not interact.'],
    ['is it cheaper than cake?', 'It is an inexpensive bread.'],
  ])('is not missed where it is given in other words: %s', (question, abstract) => {
    const own = analyzePaper(paper('own', 'A study of bread', { abstract }))
    const asked = readQuestion(question, search)
    const ranked = rankSentences(asked, [{ paper: own, rank: 0, standing: 1, isSubject: true }])
    expect(lackOf(asked, ranked, { staysWithSubject: true }).attributes).toEqual([])
  })

  test('counts more of what goes on about a paper', () => {
    const question = readQuestion('does it beat sourdough?', search, meaning)
    const ranked = rankSentences(question, [{ paper: bread, rank: 0, standing: 1, isSubject: true }])
    const features = (staysWithSubject: boolean) => lackOf(question, ranked, { staysWithSubject }).features
    expect(features(true)).toMatchObject({ 'follow.lost': features(true)['said.lost'] })
    expect(features(true)['compare.lost']).toBeGreaterThan(0.3)
    expect(features(false)).not.toHaveProperty('follow.lost')
  })

  test('is not missed where it is only spoken of', () => {
    const question = 'what makes the bread keep for longer although all its makers bear a lower cost?'
    expect(lacks(question).attributes).toEqual([])
  })

  test.each([
    'is the bread easy to code up?',
    'does the bread cost people more effort?',
    'how hard is it to code the bread?',
  ])('is not missed where its word is used in another sense: %s', question => {
    expect(lacks(question).attributes).toEqual([])
  })

  test('a word that the paper holds counts as told', () => {
    expect(lacks('at which temperature does the bread keep?').features).toMatchObject({
      'lacks.word': false,
      'lacks.asked': true,
    })
  })

  test.each([
    ['how many days does the bread keep?', { 'head.absent': false, 'head.uncounted': false }],
    ['how many tasters of the bread were there?', { 'head.absent': false, 'head.uncounted': true }],
    ['which oven did they use for the bread?', { 'head.absent': true }],
    ['what is the crumb structure of the bread?', { 'head.absent': true, 'head.the': true }],
  ])('%s: the noun that is asked for', (question, told) => {
    expect(lacks(question).features).toMatchObject(told)
  })

  test('words of which the paper holds nothing are told as they were typed', () => {
    expect(lacks('does the bread keep on Jupiter?').words).toContain('Jupiter')
  })

  test('words that tell what is missing go before plain ones', () => {
    expect(lacks('was the bread ever taken to Neptune?').words).toEqual(['Neptune'])
  })

  test('words of talk tell nothing of what is missing', () => {
    expect(lacks('who took the bread and got to Neptune?').words).toEqual(['Neptune'])
    expect(lacks('what happens to the bread instead?').words).toEqual([])
  })

  test('what no paper of the collection mentions is told, but no words of talk', () => {
    expect(lacks('what does GiraphAsync say of value alignment?').nowhere).toEqual(['GiraphAsync'])
    expect(lacks('is value alignment easier on Jupiter?').nowhere).toEqual(['Jupiter'])
    expect(lacks('why is value alignment cheaper?').nowhere).toEqual([])
  })

  test('no paper at all is no reason to fail', () => {
    const question = readQuestion('bread?', search)
    expect(lackOf(question, [], { staysWithSubject: false })).toMatchObject({
      attributes: [],
      words: [],
      nowhere: ['bread'],
    })
  })
})

test.each([
  'Who is the last author of VoxPoser?',
  'Which GPU was VoxPoser trained on?',
  'best pizza in Naples?',
])('%s is refused', question => {
  expect(answerer.ask(question)).toMatchObject({ answered: false, shown: 0 })
})

test('the number that is missing is of people where people are asked for', () => {
  expect(lacks('how many people prefer eating crust?').attributes).toEqual(['the number of people'])
})

test.each([
  ['where was it done?', []],
  ['what does it cover on flour?', ['flour']],
  ['does it hold on CIFAR-10?', ['CIFAR-10']],
])('%s: what is missing is named as it was typed, and no light verb is', (text, words) => {
  expect(lacks(text).words).toEqual(words)
})
