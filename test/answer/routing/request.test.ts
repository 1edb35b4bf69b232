import { describe, expect, test } from 'vitest'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { topicIn } from '../../../src/answer/routing/list.ts'
import { requestOf } from '../../../src/answer/routing/request.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { paper } from '../../fixtures/paper.ts'

describe('a list is asked for', () => {
  test.each([
    ['list all papers on soil moisture', 'soil moisture'],
    ['anything about tidal turbines?', 'tidal turbines'],
    ['which papers do we have on honey bees?', 'honey bees'],
    ['papers on bread please', 'bread'],
    ['which other papers are about sea ice?', 'sea ice'],
    ['any other papers on sea ice', 'sea ice'],
    ['other papers about sea ice', 'sea ice'],
    ['do we have anything on glaciers', 'glaciers'],
    ['got something on harbour seals', 'harbour seals'],
    ['show me everything on lichens', 'lichens'],
    ['do you have papers about lichens', 'lichens'],
    ['find papers on sea ice', 'sea ice'],
    ['I am looking for papers on sea ice', 'sea ice'],
    ['what should I read about glaciers?', 'glaciers'],
    ['reading list on glaciers', 'glaciers'],
    ['any work on the summarization of glaciers?', 'summarization of glaciers'],
    ['any research on glaciers', 'glaciers'],
    ['anything new on glaciers?', 'glaciers'],
    ['the newest papers on glaciers', 'glaciers'],
    ['papers based on diaries', 'diaries'],
    ['studies using buried probes', 'buried probes'],
    ['work that relies on volunteers', 'volunteers'],
    ['do we have papers using sonar?', 'sonar'],
    ['papers where they weighed seals', 'weighed seals'],
    ['papers on lichens instead of mosses', 'lichens'],
    ['anything on seals, not walruses', 'seals'],
    ['papers on seals without tags', 'seals without tags'],
    ['any meta-analyses?', 'meta-analyses'],
    ['any diary studies?', 'diary studies'],
    ['any interview studies here?', 'interview'],
    ['are there any randomised trials?', 'randomised trials'],
    ['do we have case reports?', 'case reports'],
    ['any case studies', 'case studies'],
    ['systematic reviews', 'systematic reviews'],
    ['which papers are meta-analyses?', 'meta-analyses'],
    ['any reviews on bread?', 'reviews bread'],
    ['latest papers', ''],
    ['which is the oldest paper?', ''],
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

test.each(['what is a lichen?', 'why does the bread keep?', 'show me how it works'])(
  'the wording does not say: %s',
  text => {
    expect(requestOf(text, false)).toBe('open')
  },
)

test.each(['summarize the lichen paper', 'who wrote the seal paper?'])(
  'one paper is asked about: %s',
  text => {
    expect(requestOf(text, false)).toBe('single')
  },
)

test('a reply goes on with its paper, unless it asks for a list', () => {
  expect(requestOf('what do we know about glaciers', true)).toBe('single')
  expect(requestOf('list papers on glaciers', true)).toBe('list')
})

test.each([
  ['which papers use sonar instead of cameras?', 'survey'],
  ['any other papers that weigh seals?', 'survey'],
  ['papers based on diaries', 'list'],
  ['which papers does it cite?', 'single'],
  ['any papers that use this?', 'single'],
  ['any trials?', 'single'],
  ['any reviews?', 'single'],
])('in a reply: %s is a %s', (text, request) => {
  expect(requestOf(text, true)).toBe(request)
})

const embedder = await shippedEmbedder()

describe('answers of several papers', async () => {
  const abstracts = {
    oak: 'We measure soil moisture under oaks with buried probes. The probes last nine years.',
    sand: 'Soil moisture of sand is hard to read. We measure soil moisture by the colour of the sand.',
    radar: 'We measure soil moisture from orbit by radar. Clouds do not matter.',
    bread: 'We bake bread with less salt. It keeps for nine days.',
    seals: 'Harbour seals sleep in the water. We count them at night.',
  }
  const papers = Object.entries(abstracts).map(([id, abstract]) => paper(id, `On ${id}`, { abstract }))
  const answerer = createAnswerer(await buildSearch(papers, { embedder }), { embedder })

  test('a list names the papers that fit, best first, and no others', () => {
    const answer = answerer.ask('list all papers on soil moisture')
    expect(answer).toMatchObject({ kind: 'list', answered: true })
    expect(new Set(answer.papers.map(({ id }) => id))).toEqual(new Set(['oak', 'sand', 'radar']))
    expect(answer.quotes.length).toBe(answer.shown)
  })

  test('a list by date names the newest or oldest first, and those without a date last', async () => {
    const dates = {
      oak: '2021-04-02',
      sand: '2023-01-01T00:00:00Z',
      radar: '2019-07-09',
      bread: '2024-05-05',
    }
    const dated = Object.entries(abstracts).map(([id, abstract]) =>
      paper(id, `On ${id}`, { abstract, published: dates[id as keyof typeof dates] }),
    )
    const { ask } = createAnswerer(await buildSearch(dated))
    const idsOf = (text: string) => ask(text).papers.map(({ id }) => id)
    expect(idsOf('what are the newest papers?')).toEqual(['bread', 'sand', 'oak', 'radar', 'seals'])
    expect(idsOf('the oldest papers on soil moisture')).toEqual(['radar', 'oak', 'sand'])
    expect(idsOf('list papers on soil moisture, newest first')).toEqual(['sand', 'oak', 'radar'])
    expect(ask('latest papers').order).toBe('newest')
    expect(ask('papers on soil moisture').order).toBeUndefined()
  })

  test('a list by date of a large collection stops at what is listed', async () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      paper(`p${i}`, `On oak number ${i}`, {
        published: `2020-01-${String(1 + ((i * 7) % 28)).padStart(2, '0')}`,
      }),
    )
    const { papers: listed } = createAnswerer(await buildSearch(many)).ask('newest papers')
    const all = many
      .map(({ published = '' }) => published)
      .toSorted()
      .reverse()
    expect(listed.map(({ published }) => published)).toEqual(all.slice(0, 25))
  })

  test('people old in another wording are found, and what is years old is not', async () => {
    const old = [
      paper('adults', 'Phones for older adults', {
        abstract: 'Older adults try phones with large keys. They like them.',
      }),
      paper('elderly', 'The elderly on the web', {
        abstract: 'We watch the elderly as they search the web. They search slowly.',
      }),
      paper('vaccine', 'A vaccine in nine towns', {
        abstract: 'People in nine towns were asked about a vaccine. The vaccine is ten years old.',
      }),
      ...papers,
    ]
    const { ask } = createAnswerer(await buildSearch(old, { embedder }), { embedder })
    for (const text of ['any papers on old people?', 'papers about the elderly', 'list papers on seniors']) {
      const { papers: listed, whole } = ask(text)
      expect(new Set(listed.slice(0, whole).map(({ id }) => id))).toEqual(new Set(['adults', 'elderly']))
    }
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
