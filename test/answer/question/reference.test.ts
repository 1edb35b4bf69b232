import { describe, expect, test } from 'vitest'
import { asksNothing, onlyPoints, referenceIn } from '../../../src/answer/question/reference.ts'

const places = (text: string) => {
  const found = referenceIn(text)
  return found?.kind === 'places' ? found.places : found?.kind
}

describe('how a question points at papers that were listed', () => {
  test.each([
    ['summarize the second one', [1]],
    ['the first?', [0]],
    ['and the third', [2]],
    ['more on number 3', [2]],
    ['tldr of paper 2', [1]],
    ['what about #4?', [3]],
    ['[2] sounds good, what did they measure?', [1]],
    ['2', [1]],
    ['was the last one tested on people?', [-1]],
    ['the 3rd one please', [2]],
    ['compare the first and the third', [0, 2]],
    ['how do number 1 and number 4 differ?', [0, 3]],
    ['summarize the first two', [0, 1]],
    ['the last three', [-3, -2, -1]],
    ['what did the first find?', [0]],
    ['what does the second say about mice', [1]],
    ['does the third report results?', [2]],
    ['and what does the last do', [-1]],
    ['what was the first use of lasers', undefined],
    ['who was the first to test it', undefined],
    ['compare the first and second', [0, 1]],
    ['what is the difference between the first and third?', [0, 2]],
    ['compare papers 1 and 3', [0, 2]],
    ['1 and 3', [0, 2]],
    ['what about number 3', [2]],
    ['item 2 please', [1]],
    ['did they run a second study?', undefined],
    ['how do I write my first paper?', undefined],
    ['when was the first workshop on it held?', undefined],
    ['the first and second laws of thermodynamics', undefined],
    ['smoking is the number 1 cause of cancer?', undefined],
    ['what has atomic number 12?', undefined],
    ['paper 0', undefined],
    ['what do the authors want to do next?', undefined],
    ['what happens next', undefined],
    ['and the next?', 'step'],
    ['the previous one', 'step'],
  ])('%s: by place', (text, expected) => {
    expect(places(text)).toEqual(expected)
  })

  test.each([
    ['tldr of the soil carbon one', 'soil carbon'],
    ['how large was the effect in the one about statins?', 'statins'],
    ['explain the one with zebrafish', 'zebrafish'],
    ['does the pair programming study have a control group?', 'pair programming'],
  ])('%s: by name', (text, name) => {
    expect(referenceIn(text)).toMatchObject({ kind: 'name', name })
  })

  test.each([
    'not helpful',
    'not really',
    'not what I asked',
    'without labels, how do you train a classifier?',
    'just curious, how many people took part?',
    'those are wrong',
    'these are great!',
  ])('%s: points at nothing of a list', text => {
    expect(referenceIn(text)).toBeUndefined()
  })

  test.each([
    ['only those after 2020', 2021, Number.POSITIVE_INFINITY],
    ['the ones since 2021', 2021, Number.POSITIVE_INFINITY],
    ['only those published before 2021', Number.NEGATIVE_INFINITY, 2020],
    ['just those from 2020 to 2022', 2020, 2022],
    ['only the ones from 2019 or 2020', 2019, 2020],
    ['those from 2021', 2021, 2021],
    ['any of them from 2021?', 2021, 2021],
  ])('%s: by year', (text, from, to) => {
    expect(referenceIn(text)).toMatchObject({ kind: 'only', years: { from, to } })
  })

  test.each([
    ['only those about news', 'news', false],
    ['just the ones with code please', 'code', false],
    ['the ones with code?', 'code', false],
    ['which of them use transformers', 'transformers', false],
    ['ok, and which of these are about children?', 'children', false],
    ['do any of those mention side effects?', 'side effects', false],
    ['any with mice?', 'mice', false],
    ['which ones use eye tracking', 'eye tracking', false],
    ['filter by dosage', 'dosage', false],
    ['narrow it down to randomized trials', 'randomized trials', false],
    ['not the ones about twitter', 'twitter', true],
    ['only those without surgery', 'surgery', true],
    ['only papers on yeast', 'yeast', false],
    ['any streaming ones?', 'streaming', false],
    ['just the randomized ones', 'randomized', false],
  ])('%s: narrows', (text, topic, without) => {
    expect(referenceIn(text)).toMatchObject({ kind: 'only', topic, without })
  })

  test.each([
    ['only those without surgery', true],
    ['which ones work without labels?', true],
    ['which of them do not need labels', true],
    ['which of these avoid labels?', true],
    ['only those that need no labels', true],
    ['not the ones about labels', false],
    ['leave out those on labels', false],
    ['only those with labels', false],
  ])('%s: what is absent is asked for: %s', (text, isAbsent) => {
    expect(referenceIn(text)).toMatchObject({ kind: 'only', isAbsent })
  })

  test.each([
    ['only those about rice', true],
    ['the ones on software', true],
    ['not the ones about Rice', true],
    ['only the ones by Rice', false],
    ['the ones with software', false],
    ['only Rice', false],
  ])('%s: by what they are about: %s', (text, isSubject) => {
    expect(referenceIn(text)).toMatchObject({ kind: 'only', isSubject })
  })

  test.each([
    ['and the others?', 'others'],
    ['what about the rest?', 'others'],
    ['any newer ones?', 'byDate'],
    ['newest first', 'byDate'],
    ['sort them by date', 'byDate'],
    ['more like this', 'similar'],
    ['similar papers?', 'similar'],
    ['the newest one', 'dated'],
    ['the next one', 'step'],
    ['who else does that?', 'similar'],
    ['any newer ones', 'byDate'],
  ])('%s: %s', (text, kind) => {
    expect(referenceIn(text)?.kind).toBe(kind)
  })

  test.each([
    'what is data shapley?',
    'how large was the effect?',
    'what should I read first?',
    'which paper was the first to use attention?',
    'who was the first author?',
    'list papers on soil',
    'is it better than the others at planning?',
    'does the second experiment hold up?',
    'why do statins help?',
    'how many patients took part?',
    'which of the two drugs is better?',
    'papers about the first world war',
    'what is the best paper on bees?',
  ])('%s: points at none', text => {
    expect(referenceIn(text)).toBeUndefined()
  })

  test('puts "it" where the paper was named', () => {
    expect(referenceIn('how large was the effect in the second one?')).toMatchObject({
      rest: 'how large was the effect in it?',
    })
  })

  test.each(['it', 'tell me more about it', 'summarize it please', 'tldr of it', 'what is it about?'])(
    '%s: asks nothing but what it is',
    text => {
      expect(asksNothing(text)).toBe(true)
    },
  )

  test('a reference alone asks what was asked before', () => {
    expect(onlyPoints('and it?')).toBe(true)
    expect(onlyPoints('summarize it')).toBe(false)
  })
})
