import { describe, expect, test } from 'vitest'
import { analyzePaper } from '../../../src/answer/analyzed-paper.ts'
import { readQuestion } from '../../../src/answer/question.ts'
import { discourseOf } from '../../../src/answer/ranking/discourse.ts'
import { logShares, weigh } from '../../../src/answer/ranking/linear.ts'
import { matchOf } from '../../../src/answer/ranking/match.ts'
import { nearnessOf } from '../../../src/answer/ranking/nearness.ts'
import { numberBefore, numberKinds } from '../../../src/answer/ranking/numbers.ts'
import { rankSentences, shownOf } from '../../../src/answer/ranking/rank.ts'
import { sentenceFeatures } from '../../../src/answer/ranking/sentence-features.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { tokenize } from '../../../src/search/analysis/analyze.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { WordMatcher } from '../../../src/search/embedding/word-matcher.ts'
import { paper } from '../../fixtures/paper.ts'

const sentences = {
  problem: 'Tides in narrow bays are hard to forecast because the seabed shifts every winter.',
  proposal: 'We propose Lunafold, a model that learns the shape of the seabed from buoys.',
  mechanism:
    'Lunafold predicts each tide by combining the pull of the moon with a learned map of the seabed.',
  number: 'We test it on 14 bays in three countries over two winters.',
  result: 'Experiments show that Lunafold reduces the error of forecasts by 31% compared with tables.',
  limits: 'However, it remains unreliable in bays with fewer than four buoys, and further work is needed.',
  code: 'Our code is available at https://example.org/lunafold.',
}
const tides = paper('tides', 'Lunafold: Forecasting tides in narrow bays', {
  abstract: Object.values(sentences).join(' '),
})
const other = paper('other', 'Bread that keeps', {
  abstract: 'We bake bread with less salt. It keeps for nine days. Tasters prefer it.',
})
const search = await buildSearch([tides, other])
const candidates = [tides, other].map((one, rank) => ({
  paper: analyzePaper(one),
  rank,
  standing: 1 - 0.6 * rank,
  isSubject: false,
}))
const ranked = (text: string) => rankSentences(readQuestion(text, search), candidates)

describe('the sentence that answers', () => {
  test.each([
    ['what is Lunafold?', 'proposal'],
    ['how does Lunafold predict tides?', 'mechanism'],
    ['why are tides in narrow bays hard to forecast?', 'problem'],
    ['how many bays was it tested on?', 'number'],
    ['does Lunafold beat the tables?', 'result'],
    ['what are the limits of Lunafold?', 'limits'],
    ['where is the code of Lunafold?', 'code'],
  ] as const)('%s -> %s', (question, expected) => {
    expect(ranked(question)[0]?.sentence.text).toBe(sentences[expected])
  })

  test('comes from the paper that is asked about, the others after it', () => {
    const papers = ranked('how does Lunafold predict tides?').map(one => one.paper.paper.id)
    expect(papers.slice(0, 7)).toEqual(Array(7).fill('tides'))
    expect(new Set(papers.slice(7))).toEqual(new Set(['other']))
  })

  test('goes on from the paper of the last answer where the question points back', () => {
    const question = readQuestion('and how long does it keep?', search)
    const after = candidates.map(one => ({ ...one, isSubject: one.paper.paper === other }))
    expect(rankSentences(question, after)[0]?.sentence.text).toBe('It keeps for nine days.')
  })

  test('chances of all sentences add up to one', () => {
    const sum = ranked('what is Lunafold?').reduce((all, { chance }) => all + chance, 0)
    expect(sum).toBeCloseTo(1)
  })

  test('is found for no paper, and for papers without an abstract, without failing', () => {
    const question = readQuestion('what is Lunafold?', search)
    expect(rankSentences(question, [])).toEqual([])
    const empty = { ...candidates[0]!, paper: analyzePaper(paper('e', 'Empty', { abstract: '' })) }
    expect(rankSentences(question, [empty])).toEqual([])
    expect(shownOf(question, [])).toBe(0)
  })

  test('never shows sentences of two papers, and three of a paper at most', () => {
    const question = readQuestion('summarize the Lunafold paper', search)
    const all = rankSentences(question, candidates)
    const shown = all.slice(0, shownOf(question, all))
    expect(shown.length).toBe(3)
    expect(new Set(shown.map(one => one.paper)).size).toBe(1)
  })

  test('of a structured abstract goes from its results to its conclusions, without notices', () => {
    const trial = paper('trial', 'Rye bread for bakers: a trial', {
      abstract: [
        'BACKGROUND Bread grows stale.',
        'METHODS We gave forty bakers rye bread for two weeks.',
        'RESULTS Rye bread kept for nine days, wheat bread for three.',
        'CONCLUSIONS Rye bread keeps longer than wheat bread.',
        'Declaration of interests: none.',
      ].join(' '),
    })
    const candidate = { paper: analyzePaper(trial), rank: 0, standing: 1, isSubject: false }
    const question = readQuestion('summarize the rye bread trial', search)
    const all = rankSentences(question, [candidate])
    const shown = all.slice(0, shownOf(question, all)).map(({ sentence }) => sentence.text)
    expect(shown.at(-1)).toMatch(/^CONCLUSIONS/u)
    expect(shown.length).toBeGreaterThan(1)
  })

  test.each(['summarize the Lunafold paper', 'tl;dr of Lunafold', 'summarize bread that keeps'])(
    'is told in the order of the abstract: %s',
    text => {
      const question = readQuestion(text, search)
      const all = rankSentences(question, candidates)
      const places = all.slice(0, shownOf(question, all)).map(({ sentence }) => sentence.index)
      expect(places.length).toBeGreaterThan(1)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
    },
  )
})

test('an abstract turns where its authors begin to speak', () => {
  const { turn, main } = discourseOf(analyzePaper(tides))
  expect([turn, main]).toEqual([1, 1])
})

test.each([
  ['14 bays in three countries', { counts: 2, ratios: 0, orders: 0 }],
  ['31% less, a factor of 2', { counts: 1, ratios: 2, orders: 0 }],
  ['in O(n) time since 1998', { counts: 0, ratios: 0, orders: 1 }],
  ['sixteen drivers in forty-two cars', { counts: 3, ratios: 0, orders: 0 }],
])('numbers in %s', (text, expected) => {
  expect(numberKinds(text)).toEqual(expected)
})

test('a number counts the noun behind it, within four words', () => {
  const bays = new Set(tokenize('bays').map(({ term }) => term))
  expect(numberBefore(tokenize('on 14 narrow bays'), bays)).toBe(true)
  expect(numberBefore(tokenize('14 buoys were put into many of the bays'), bays)).toBe(false)
})

test('sums and shares', () => {
  expect(weigh({ a: 2, b: -1 }, { a: true, b: 0.5, c: 9 })).toBe(1.5)
  const shares = logShares([1, 1, 1e4])
  expect(Math.exp(shares[2] ?? 0)).toBeCloseTo(1)
})

test('a name within a longer one is another name', () => {
  const abstract =
    'Quill-2 is a member of the family of gates. It closes at night. Quill-2-S is a variant without a hinge.'
  const ids = [
    { ...candidates[0]!, paper: analyzePaper(paper('q', 'A variant of quill gates', { abstract })) },
  ]
  const first = (text: string) => rankSentences(readQuestion(text, search), ids)[0]?.sentence.index
  expect(first('what is Quill-2?')).toBe(0)
  expect(first('what is Quill-2-S?')).toBe(2)
})

test('a sentence in other words is nearer than its neighbours where words match by meaning', async () => {
  const meaning = new WordMatcher(await shippedEmbedder())
  const abstract =
    'Bread is baked at dawn. Physicians treated infants with antibiotics. Roads are paved in spring.'
  const one = analyzePaper(paper('m', 'Three things', { abstract }))
  const near = nearnessOf(readQuestion('how do doctors cure babies', search, meaning), one)
  expect(near?.cover.indexOf(Math.max(...(near?.cover ?? [])))).toBe(1)
  expect(near?.cosine.indexOf(Math.max(...(near?.cosine ?? [])))).toBe(1)
  expect(nearnessOf(readQuestion('how do doctors cure babies', search), one)).toBeUndefined()
})

test('roles count where they are asked for, and where words match by meaning', async () => {
  const meaning = new WordMatcher(await shippedEmbedder())
  const abstract =
    'In this paper we propose a novel kind of dough. Experiments show that it outperforms the baselines.'
  const one = analyzePaper(paper('r', 'Dough', { abstract }))
  const finding = (text: string, matcher?: WordMatcher) =>
    sentenceFeatures(matchOf(readQuestion(text, search, matcher), one)).map(told => told['role.finding'])
  const [proposed = 0, found = 0] = finding('is the dough better?', meaning).map(Number)
  expect(found).toBeGreaterThan(proposed)
  expect(finding('how is the dough made?', meaning)).toEqual([0, 0])
  expect(finding('is the dough better?')).toEqual([undefined, undefined])
})

test('a line that gives an address alone comes last, but for who asks for it', () => {
  const abstract =
    'Robots follow plans that people write. We let a model write the plans as maps. Project website: https://mapbot.github.io'
  const ids = [{ ...candidates[0]!, paper: analyzePaper(paper('q', 'Mapbot: plans as maps', { abstract })) }]
  const order = (text: string) =>
    rankSentences(readQuestion(text, search), ids).map(one => one.sentence.index)
  expect(order('what is Mapbot?').at(-1)).toBe(2)
  expect(order('what does Mapbot do?').at(-1)).toBe(2)
  expect(order('where is the code of Mapbot?')[0]).toBe(2)
})

test('a name that the title alone tells is told by what the authors set out to do, or did', async () => {
  const named = paper('named', 'Quillbot: Feathers from sound', {
    abstract:
      'Sound holds a wealth of knowledge on birds. Yet most tools ask for pictures, which remains costly. In this work, we aim to draw feathers from recordings alone. We present a large study in three forests. Project website: https://quillbot.example.org',
  })
  const search = await buildSearch([named, other])
  const question = readQuestion('what is Quillbot?', search)
  const ranked = rankSentences(question, [
    { paper: analyzePaper(named), rank: 0, standing: 1, isSubject: false },
  ])
  expect(ranked[0]?.sentence.text).toMatch(/^(?:In this work, we aim|We present)/u)
  expect(ranked.at(-1)?.sentence.text).toMatch(/^Project website/u)
})
