import { describe, expect, test } from 'vitest'
import { analyzePaper } from '../../../src/answer/analyzed-paper.ts'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { readQuestion } from '../../../src/answer/question.ts'
import { isForSeveral, severalFeatures } from '../../../src/answer/routing/several-features.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { WordMatcher } from '../../../src/search/embedding/word-matcher.ts'
import { paper } from '../../fixtures/paper.ts'

const embedder = await shippedEmbedder()
const papers = [
  paper('mice', 'Caffeine and the sleep of mice', {
    abstract:
      'Mice were given caffeine before the dark phase. Caffeine shortened their sleep by 40 minutes a day. The effect faded after two weeks.',
  }),
  paper('pilots', 'Caffeine and the sleep of pilots', {
    abstract:
      'Pilots often drink coffee during night flights. Caffeine in the evening delayed sleep by an hour. Their alertness in the morning did not change.',
  }),
  paper('students', 'Caffeine and the sleep of students', {
    abstract:
      'We asked 300 students about energy drinks and sleep. Students who took caffeine after six slept worse. Grades were the same in both groups.',
  }),
  paper('nurses', 'Caffeine and the sleep of nurses', {
    abstract:
      'Shift work is hard. In 80 nurses caffeine halved deep sleep after a night shift. A short nap before the shift did as well as coffee.',
  }),
  paper('moonlamp', 'MoonLamp: a lamp for shift workers', {
    abstract:
      'Shift workers sleep badly by day. We present MoonLamp, a lamp that dims with the wearer’s pulse. Workers with MoonLamp fell asleep 12 minutes sooner.',
  }),
  paper('roads', 'Cracks in asphalt roads', {
    abstract:
      'Asphalt cracks when water freezes in it. We measured 40 roads over two winters. Roads with wider gutters had fewer cracks.',
  }),
  ...[
    'glaciers',
    'violins',
    'beetles',
    'harbours',
    'vaccines',
    'tomatoes',
    'compilers',
    'bridges',
    'volcanoes',
  ].map(thing =>
    paper(thing, `A history of ${thing}`, {
      abstract: `We tell how ${thing} came to be what they are. Archives of ten countries were read. Much about ${thing} is unknown.`,
    }),
  ),
]
const search = await buildSearch(papers, { embedder })
const answerer = createAnswerer(search, { embedder })

describe('a question whose wording tells nothing', () => {
  test('is answered from each of the papers that are equally on it', () => {
    const answer = answerer.ask('is caffeine bad for sleep')
    expect(answer).toMatchObject({ kind: 'survey', answered: true })
    const quoted = answer.quotes.slice(0, answer.shown).map(one => one.paper.id)
    expect(new Set(quoted).size).toBe(quoted.length)
    expect(quoted.length).toBeGreaterThan(1)
    expect(quoted).not.toContain('roads')
  })

  test('opens with the sentence that would answer it alone, and quotes no paper twice', async () => {
    const text = 'is caffeine bad for sleep'
    const answer = answerer.ask(text)
    const [first] = answer.quotes
    const alone = createAnswerer(
      await buildSearch(
        papers.filter(one => one.id === first?.paper.id),
        { embedder },
      ),
      {
        embedder,
      },
    ).ask(text)
    expect(first?.text).toBe(alone.quotes[0]?.text)
    expect(answer.papers[0]).toBe(first?.paper)
    expect(answer.papers.map(one => one.id)).toEqual([...new Set(answer.papers.map(one => one.id))])
  })

  test.each(['does MoonLamp help', 'how many roads did they look at', 'why does asphalt crack'])(
    'is answered from the one paper that is on it: %s',
    text => {
      expect(answerer.ask(text).kind).toBe('single')
    },
  )

  test.each(['what is caffeine', 'what does caffeine mean'])(
    'is of one paper where a meaning is asked: %s',
    text => {
      expect(answerer.ask(text).kind).toBe('single')
    },
  )

  test('is no claim, for which the ranking takes sentences of several papers', () => {
    expect(answerer.ask('Caffeine in the evening is bad for the sleep of people').kind).toBe('single')
  })

  test('goes to several papers after an answer that named none', () => {
    const subject = { question: 'who won the match', papers: [] }
    expect(answerer.ask('is caffeine bad for sleep', { subject }).kind).toBe('survey')
  })

  test('stays with the paper of the last answer', () => {
    const subject = { question: 'tldr of the paper on mice', papers: ['mice'] }
    expect(answerer.ask('is caffeine bad for sleep', { subject }).kind).toBe('single')
  })
})

describe('whether several papers answer', () => {
  const meaning = new WordMatcher(embedder)
  const question = readQuestion('is caffeine bad for sleep', search, meaning)
  const found = papers.map((one, i) => ({ paper: analyzePaper(one), standing: 1 - i / 20 }))

  test('one or two hits are never several', () => {
    expect(isForSeveral(question, found.slice(0, 2), true)).toBe(false)
    expect(isForSeveral(question, [], true)).toBe(false)
  })

  test('its features are finite, also for one paper, no abstract and no words', () => {
    const bare = { paper: analyzePaper(paper('bare', 'Bare', { abstract: '' })), standing: 1 }
    for (const some of [found.slice(0, 1), [bare], []])
      for (const text of ['is caffeine bad for sleep', '?', ''])
        for (const value of Object.values(severalFeatures(readQuestion(text, search, meaning), some, false)))
          expect(Number.isFinite(Number(value))).toBe(true)
  })
})
