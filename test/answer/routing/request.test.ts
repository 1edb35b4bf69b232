import { describe, expect, test } from 'vitest'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { topicIn } from '../../../src/answer/routing/list.ts'
import { requestOf } from '../../../src/answer/routing/request.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper } from '../../fixtures/paper.ts'

describe('a list is asked for', () => {
  test.each([
    ['list all papers on soil moisture', 'soil moisture'],
    ['anything about tidal turbines?', 'tidal turbines'],
    ['which papers do we have on honey bees?', 'honey bees'],
    ['papers on bread please', 'bread'],
    ['do we have anything on glaciers', 'glaciers'],
    ['got something on harbour seals', 'harbour seals'],
    ['show me everything on lichens', 'lichens'],
  ])('%s', (text, topic) => {
    expect(requestOf(text, false)).toBe('list')
    expect(topicIn(text)).toBe(topic)
  })
})

test.each([
  'which papers measure soil moisture, and how?',
  'who has tested tidal turbines at sea?',
  'has anyone compared honey bees with bumble bees?',
  'what do we know about glaciers',
])('several papers are asked about: %s', text => {
  expect(requestOf(text, false)).toBe('survey')
})

test.each([
  'what is a lichen?',
  'why does the bread keep?',
  'summarize the lichen paper',
  'who wrote the seal paper?',
])('one paper is asked about: %s', text => {
  expect(requestOf(text, false)).toBe('single')
})

test('a reply goes on with its paper, unless it asks for a list', () => {
  expect(requestOf('what do we know about glaciers', true)).toBe('single')
  expect(requestOf('list papers on glaciers', true)).toBe('list')
})

describe('answers of several papers', async () => {
  const abstracts = {
    oak: 'We measure soil moisture under oaks with buried probes. The probes last nine years.',
    sand: 'Soil moisture of sand is hard to read. We measure soil moisture by the colour of the sand.',
    radar: 'We measure soil moisture from orbit by radar. Clouds do not matter.',
    bread: 'We bake bread with less salt. It keeps for nine days.',
    seals: 'Harbour seals sleep in the water. We count them at night.',
  }
  const papers = Object.entries(abstracts).map(([id, abstract]) => paper(id, `On ${id}`, { abstract }))
  const answerer = createAnswerer(await buildSearch(papers))

  test('a list names the papers that fit, best first, and no others', () => {
    const answer = answerer.ask('list all papers on soil moisture')
    expect(answer).toMatchObject({ kind: 'list', answered: true })
    expect(new Set(answer.papers.map(({ id }) => id))).toEqual(new Set(['oak', 'sand', 'radar']))
    expect(answer.quotes.length).toBe(answer.shown)
  })

  test('a list of what is not here is refused', () => {
    expect(answerer.ask('list all papers on quantum chromodynamics').answered).toBe(false)
  })

  test('a survey quotes each paper once', () => {
    const answer = answerer.ask('which papers measure soil moisture, and how?')
    expect(answer).toMatchObject({ kind: 'survey', answered: true })
    const quoted = answer.quotes.slice(0, answer.shown).map(quote => quote.paper.id)
    expect(new Set(quoted).size).toBe(quoted.length)
    expect(quoted.toSorted()).toEqual(['oak', 'radar', 'sand'])
    for (const { text } of answer.quotes.slice(0, answer.shown))
      expect(text).toContain('measure soil moisture')
  })
})
