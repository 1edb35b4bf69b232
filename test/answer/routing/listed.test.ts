import { describe, expect, test } from 'vitest'
import { createAnswerer } from '../../../src/answer/answer.ts'
import { type Answer, subjectOf } from '../../../src/answer/port.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { answerText } from '../../../src/view/text.ts'
import { paper } from '../../fixtures/paper.ts'

const embedder = await shippedEmbedder()

/** Papers of four fields, three or four of each. */
const papers = [
  paper('bees', 'Waggle dances guide honeybees to distant flowers', {
    abstract:
      'Honeybees tell each other where flowers are by waggle dances. We filmed 40 hives over two summers. Foragers that followed a dance found flowers 30% faster. Our recordings are publicly available.',
    published: '2019-05-01',
    authors: ['Mara Lindqvist', 'Ana Mites'],
  }),
  paper('pesticide', 'Neonicotinoid pesticides shorten the foraging flights of honeybees', {
    abstract:
      'Pesticides are suspected to harm honeybees. We fed imidacloprid to honeybees of 12 hives in Spain. Foraging flights of treated bees were 23% shorter.',
    published: '2021-03-01',
    authors: ['Jo Okafor', 'Lena Brandt'],
  }),
  paper('mites', 'Varroa mites spread deformed wing virus among honeybees', {
    abstract:
      'Varroa mites feed on honeybees. We measured virus loads of honeybees in winter. Hives with many mites lost twice as many bees to deformed wing virus.',
    published: '2020-01-01',
  }),
  paper('review', 'Code review at scale: what makes reviewers fast', {
    abstract:
      'Code review finds defects before release. We study code review in a large company with 900 developers. Small changes are reviewed within a day.',
  }),
  paper('review-bots', 'Bots in code review', {
    abstract:
      'Bots comment on code review requests. We interviewed 21 maintainers of open projects. Maintainers found that bots in code review add noise.',
  }),
  paper('statins', 'Statins and muscle pain in older adults', {
    abstract:
      'Muscle pain is a feared side effect of statins. In a randomized trial, 200 older adults took statins or a placebo. Muscle pain was as frequent with the placebo.',
  }),
]
const search = await buildSearch(papers, { embedder })
const answerer = createAnswerer(search, { embedder })

/** Each as a reply to the answer before. */
function talk(...questions: string[]): Answer {
  let answer: Answer | undefined
  let last = ''
  for (const question of questions) {
    answer = answerer.ask(question, answer === undefined ? {} : { subject: subjectOf(last, answer) })
    last = question
  }
  return answer as Answer
}

const ids = (answer: Answer): string[] => answer.papers.map(({ id }) => id)
const bees = 'list papers on honeybees'
const listed = ids(talk(bees))

test('"list them" goes on from the earlier question, and so do its pages', () => {
  const answer = talk('what do we know about honeybees?', 'list them')
  expect(answer).toMatchObject({ kind: 'list', answered: true, fromEarlier: true })
  expect(ids(answer).length).toBeGreaterThan(1)
})

describe('after a list', () => {
  test('all papers of the field are listed', () => {
    expect(listed.toSorted()).toEqual(['bees', 'mites', 'pesticide'])
  })

  test.each([
    ['only those about pesticides', ['pesticide']],
    ['which of them measured virus loads?', ['mites']],
    ['the ones with public data?', ['bees']],
    ['just those from 2021', ['pesticide']],
    ['only those after 2019', ['mites', 'pesticide']],
    ['only those before 2021', ['bees', 'mites']],
    ['only the ones by Lindqvist', ['bees']],
    // An author of the first is of that name too.
    ['only those about mites', ['mites']],
    ['not the ones about mites', ['bees', 'pesticide']],
  ])('%s: narrows it', (text, expected) => {
    const answer = talk(bees, text)
    expect(answer).toMatchObject({ kind: 'list', answered: true, of: 3 })
    expect(ids(answer).toSorted()).toEqual(expected)
  })

  test('the newest of papers without dates cannot be told', () => {
    const answer = talk('list papers on code review', 'the newest one?')
    expect(answer).toMatchObject({ kind: 'list', answered: false, papers: { length: 2 } })
    expect(answerText(answer)).toContain('No paper of it says when it was published.')
  })

  test('a list narrowed to nothing says so, and can be narrowed again', () => {
    const answer = talk(bees, 'only those about submarines')
    expect(answer).toMatchObject({ kind: 'list', answered: false, of: 3 })
    expect(answer.lacks.words).toEqual(['submarines'])
    expect(ids(talk(bees, 'only those about submarines', 'only those about mites'))).toEqual(['mites'])
  })

  test.each([
    ['the first?', 0],
    ['summarize the second one', 1],
    ['more on number 3', 2],
    ['the last one', 2],
  ])('%s: the paper at that place', (text, place) => {
    const answer = talk(bees, text)
    expect(answer).toMatchObject({ kind: 'single', answered: true })
    expect(answer.quotes[0]?.paper.id).toBe(listed[place])
  })

  test.each([
    ['tldr of the pesticides one', 'pesticide'],
    ['the one about the virus?', 'mites'],
    ['the newest one', 'pesticide'],
  ])('%s: the paper of that name', (text, expected) => {
    expect(talk(bees, text).quotes[0]?.paper.id).toBe(expected)
  })

  test('two of them are compared with a sentence each', () => {
    const answer = talk(bees, 'compare the first and the third')
    expect(answer.quotes.slice(0, answer.shown).map(({ paper: one }) => one.id)).toEqual([
      listed[0],
      listed[2],
    ])
  })
})

describe('a list of one', () => {
  const one = 'only those about mites'
  test.each(['the second one?', 'how many hives were in the second one?', 'the next one?'])(
    '%s: there is no other',
    text => {
      const answer = talk(bees, one, text)
      expect(answer).toMatchObject({ kind: 'list', answered: false, among: [{ id: 'mites' }] })
      expect(answerText(answer)).toMatch(/^There is only one paper\./u)
    },
  )

  test('however often it is asked', () => {
    const answer = talk(bees, one, 'the second one?', 'how many hives were in the second one?')
    expect(answer).toMatchObject({ kind: 'list', answered: false })
  })

  test('a second thing of one paper may be asked about', () => {
    const answer = talk('do statins cause muscle pain?', 'what did the second group take?')
    expect(answer.kind).toBe('single')
  })
})

describe('two levels deep', () => {
  test('goes on about the paper that was chosen', () => {
    const answer = talk(bees, 'the pesticides one?', 'how many hives did they use?')
    expect(answer.quotes[0]).toMatchObject({ paper: { id: 'pesticide' } })
    expect(answer.quotes[0]?.text).toContain('12 hives')
  })

  test('chooses another of the list after one was spoken of', () => {
    const second = talk(bees, 'the first one', 'how was it done?', 'and the second?')
    expect(second.quotes[0]?.paper.id).toBe(listed[1])
  })

  test('asks the same of another', () => {
    const answer = talk(bees, 'how many hives were in the pesticides one?', 'and the one about dances?')
    expect(answer.quotes[0]?.text).toContain('40 hives')
  })

  test('chooses by the places of the narrowed list', () => {
    const kept = ids(talk(bees, 'not the ones about mites'))
    const answer = talk(bees, 'not the ones about mites', 'the second one')
    expect(answer.quotes[0]?.paper.id).toBe(kept[1])
  })

  test('lists the others, and the narrowed list again', () => {
    expect(ids(talk(bees, 'the first one', 'and the others?'))).toEqual(listed.slice(1))
    expect(ids(talk(bees, 'not the ones about mites', 'list them')).toSorted()).toEqual(['bees', 'pesticide'])
  })

  test('sorts by date', () => {
    expect(ids(talk(bees, 'newest first'))).toEqual(['pesticide', 'mites', 'bees'])
    expect(ids(talk(bees, 'the oldest one', 'any newer ones?'))).toEqual(['pesticide', 'mites'])
    expect(talk(bees, 'the newest one', 'any newer ones?').answered).toBe(false)
  })
})

describe('what names no paper of the list', () => {
  test('is a new question', () => {
    const answer = talk(bees, 'what did the statins study find?')
    expect(answer.quotes[0]?.paper.id).toBe('statins')
    expect(talk(bees, 'list papers on code review').papers.map(({ id }) => id)).toContain('review')
  })

  test('a place beyond its end is said to be', () => {
    const answer = talk(bees, 'the ninth one')
    expect(answer).toMatchObject({ kind: 'list', answered: false })
    expect(answerText(answer)).toMatch(/^There are only 3 papers\./u)
    expect(talk(bees, 'the ninth one', 'the first one').quotes[0]?.paper.id).toBe(listed[0])
  })

  test('how many took part is asked of the paper spoken of', () => {
    const answer = talk('do statins cause muscle pain?', 'how many adults took part?')
    expect(answer.quotes[0]?.paper.id).toBe('statins')
  })
})

test('a list is narrowed by another wording of what its papers say', async () => {
  const games = [
    paper('rl', 'Chess openings by reinforcement learning', {
      abstract: 'Chess openings are learned by reinforcement learning. Rewards come at the end of a game.',
    }),
    paper('books', 'Chess openings from books', {
      abstract: 'Chess openings are taken from books. The books are old, and the openings are known.',
    }),
    paper('puzzles', 'Chess puzzles for children', {
      abstract: 'Children solve chess puzzles. They get quicker with each week.',
    }),
  ]
  const answerer = createAnswerer(await buildSearch(games, { embedder }), { embedder })
  const first = answerer.ask('list papers on chess')
  const after = (text: string) => answerer.ask(text, { subject: subjectOf('list papers on chess', first) })
  expect(ids(after('which ones are about RL?'))).toEqual(['rl'])
  expect(ids(after('only the fast ones'))).toEqual(['puzzles'])
})

describe('a list is narrowed', async () => {
  const tea = [
    paper('cohort', 'Green tea and stroke: a cohort in Fukuoka', {
      abstract:
        'Green tea may protect from stroke. We followed 900 women and 700 men for nine years. Participants who drank green tea had fewer strokes. No blood cells were taken.',
    }),
    paper('vessels', 'Green tea extract relaxes vessels', {
      abstract:
        'Green tea extract relaxes vessels. Endothelial cells and patient samples were treated with green tea. The cells made more nitric oxide.',
    }),
    paper('mice', 'Green tea slows atherosclerosis', {
      abstract:
        'Green tea was given to mice with high cholesterol. Murine vessels had fewer plaques. Blood cells were not counted.',
    }),
    paper('taste', 'What makes green tea taste bitter', {
      abstract:
        'Green tea is bitter by its catechins. We brewed green tea at four temperatures without any sugar. Colder green tea was less bitter.',
    }),
    paper('price', 'Green tea prices', {
      abstract:
        'Prices of green tea follow the weather. A model of temperatures and weather explains the prices of green tea. A film on it is available at https://example.org.',
    }),
  ]
  const { ask } = createAnswerer(await buildSearch(tea, { embedder }), { embedder })
  const list = 'list papers on green tea'
  const first = ask(list)
  const narrow = (text: string) => ask(text, { subject: subjectOf(list, first) })

  test.each([
    ['only those with people, not cells', ['cohort']],
    ['only those with people', ['cohort']],
    ['only human studies', ['cohort']],
    ['only those in animals', ['mice']],
    ['only those about mice or stroke', ['cohort', 'mice']],
    ['only those about stroke and prices', ['cohort', 'price']],
    ['only those about weather and prices', ['price']],
    ['only those with cells but not mice', ['vessels']],
    ['not the ones about stroke or prices', ['mice', 'taste', 'vessels']],
    ['which of them use no sugar?', ['taste']],
    ['only those without sugar', ['taste']],
    ['only those with films', ['price']],
  ])('%s', (text, expected) => {
    const answer = narrow(text)
    expect(answer).toMatchObject({ kind: 'list', answered: true, of: 5 })
    expect(ids(answer).toSorted()).toEqual(expected)
  })

  test('by what the papers say, where none fits and one denies it', () => {
    const answer = narrow('do any of them need sugar?')
    expect(answer).toMatchObject({ kind: 'single', answered: true, among: { length: 5 } })
    expect(answer.quotes.map(({ text }) => text)).toEqual([
      'We brewed green tea at four temperatures without any sugar.',
    ])
  })

  test('what is spoken of in passing is no subject', async () => {
    const papers = [
      ...tea,
      paper('labels', 'Green tea labels', {
        abstract:
          'Drinks are labelled for adults and for children. We compare labels of green tea. Labels are hard to read.',
      }),
      paper('ritual', 'Green tea for children', {
        abstract: 'Children serve green tea at school. We watched nine children prepare green tea.',
      }),
    ]
    const two = createAnswerer(await buildSearch(papers, { embedder }), { embedder })
    const answer = two.ask('only those about children', { subject: subjectOf(list, two.ask(list)) })
    expect(ids(answer)).toEqual(['ritual'])
  })
})
