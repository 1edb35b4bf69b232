import { describe, expect, test } from 'vitest'
import { analyzePaper } from '../../../src/answer/analyzed-paper.ts'
import { asSurvey, readQuestion } from '../../../src/answer/question.ts'
import { matchOf } from '../../../src/answer/ranking/match.ts'
import { rhetoricalFeatures } from '../../../src/answer/ranking/rhetorical-features.ts'
import {
  phrasesIn,
  rhetoricalRoles,
  rhetoricalRolesOf,
} from '../../../src/answer/ranking/rhetorical-roles.ts'
import { tokenize } from '../../../src/search/analysis/analyze.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper } from '../../fixtures/paper.ts'

const told = {
  background: 'Bread has become an increasingly important part of modern life in recent years.',
  problem: 'However, many existing ovens are often too slow and it is difficult to bake in them.',
  aim: 'In this paper, we present the design of an oven for small kitchens.',
  method:
    'Specifically, we first propose a model of heat and then learn a set of temperatures for each loaf.',
  result: 'Experimental results show that our method outperforms the state of the art on real ovens.',
} as const
const bread = paper('bread', 'Quick ovens', { abstract: Object.values(told).join(' ') })
const analysed = analyzePaper(bread)

test('tells the roles of an abstract by its wording', () => {
  const likeliest = rhetoricalRolesOf(analysed).map(
    shares => rhetoricalRoles[shares.indexOf(Math.max(...shares))],
  )
  expect(likeliest).toEqual(Object.keys(told))
})

test('an abstract without sentences has no roles', () => {
  expect(rhetoricalRolesOf(analyzePaper(paper('none', 'None', { abstract: '' })))).toEqual([])
})

test('phrases are words and adjacent pairs, the first ones marked, numbers alike', () => {
  expect([...phrasesIn(tokenize('We bake 12 loaves'))]).toEqual([
    'we',
    'bake',
    '#',
    'loaves',
    'we bake',
    'bake #',
    '# loaves',
    '^we',
    '^we bake',
  ])
  expect(phrasesIn([]).size).toBe(0)
})

describe('features by what is asked', () => {
  test.each([
    ['why are ovens slow?', 'reason'],
    ['how does it bake?', 'how'],
    ['is it better?', 'verdict'],
    ['quick ovens', 'define'],
    ['which loaves?', 'list'],
  ])('%s: %s', async (text, group) => {
    const search = await buildSearch([bread])
    const [first] = rhetoricalFeatures(matchOf(readQuestion(text, search), analysed))
    expect(Object.keys(first ?? {})).toEqual(rhetoricalRoles.map(role => `zone.${group}.${role}`))
  })

  test('none for several papers or for claims', async () => {
    const search = await buildSearch([bread])
    const survey = asSurvey(readQuestion('who bakes bread, and how?', search))
    const claim = readQuestion('Ovens reduce the quality of bread.', search)
    expect(claim.kinds.claim).toBe(true)
    for (const question of [survey, claim])
      expect(rhetoricalFeatures(matchOf(question, analysed))).toEqual([])
  })
})
