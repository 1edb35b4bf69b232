import { expect, test } from 'vitest'
import type { Kind } from '../../../src/answer/question/kinds.ts'
import { kindsOfSurvey } from '../../../src/answer/question/survey-kinds.ts'

/** Made-up questions about things that do not exist: the wording alone tells what each paper is asked for. */
test.each<[text: string, kinds: readonly Kind[]]>([
  ['which papers bake quillbread, and how?', ['how']],
  ['who bakes quillbread and how do they keep it soft', ['how']],
  ['what ways are there to keep quillbread soft', ['how']],
  ['who looked at quillbread and what for?', ['use']],
  ['which papers bake quillbread, and for what exactly', ['use']],
  ['quillbread and health: what came out', ['finds']],
  ['who baked quillbread without salt and what did they see', ['finds']],
  ['quillbread without salt, what do we have and does it help', ['finds']],
  ['what do we know about quillbread', ['finds']],
  ['who recommends quillbread when it is rarely rated', ['other']],
  ['which papers use quillbread', ['other']],
  ['what problems do papers see with quillbread', ['trouble']],
  ['why does quillbread sink? what do the papers blame', ['why']],
  ['how many bakers took part in the studies of quillbread', ['number']],
  ['which ovens do our papers heat', ['which']],
])('%s: each paper is asked for %j', (text, kinds) => {
  const asked = kindsOfSurvey(text)
  expect(Object.keys(asked).filter(kind => asked[kind as Kind])).toEqual(kinds)
})
