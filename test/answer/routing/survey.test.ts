import { expect, test } from 'vitest'
import { analyzePaper } from '../../../src/answer/analyzed-paper.ts'
import { asSurvey, readQuestion } from '../../../src/answer/question.ts'
import { surveyOf } from '../../../src/answer/routing/survey.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper } from '../../fixtures/paper.ts'

const background =
  'Sourdough bread is baked with wild yeast in many countries, and bakers have long used sourdough bread as a staple.'
const own = {
  rye: 'We present Ryefold, a sourdough bread that is baked by steaming rye dough for two hours.',
  oat: 'We present Oatfold, a sourdough bread that is baked by folding oat flour into the dough.',
}
const more =
  'Experiments show that the loaf keeps nine days longer. Tasters like it. The oven stays cold at night.'
const papers = [
  paper('rye', 'Ryefold', { abstract: `${background} ${own.rye} ${more}` }),
  paper('oat', 'Oatfold', { abstract: `${background} ${own.oat} ${more}` }),
  paper('tides', 'Tides of narrow bays', { abstract: 'The moon pulls at the sea. We measure the tides.' }),
]
const search = await buildSearch(papers)
const survey = (text: string, standings: readonly number[]) =>
  surveyOf(
    asSurvey(readQuestion(text, search)),
    papers.map((one, i) => ({ paper: analyzePaper(one), standing: standings[i] ?? 0 })),
  )

test('each paper says what it does itself, not what is known to all of them', () => {
  const { sentences } = survey('which papers bake sourdough bread, and how?', [1, 1, 0])
  expect(sentences.slice(0, 2).map(({ sentence }) => sentence.text)).toEqual([own.rye, own.oat])
})

test('papers that fit far less than the best are not quoted, but never one paper alone', () => {
  const quoted = (standings: readonly number[]) =>
    survey('which papers bake sourdough bread?', standings).sentences.map(one => one.paper.paper.id)
  expect(quoted([1, 1, 0.1])).toEqual(['rye', 'oat'])
  expect(quoted([1, 0, 0])).toEqual(['rye', 'oat'])
})
