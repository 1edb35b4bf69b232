import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerCard } from '../../src/view/answer-card.ts'
import { fitMessage } from '../../src/view/limits.ts'
import { hitList, nothingFound, relatedList } from '../../src/view/lists.ts'
import { abstractPage, paperCard } from '../../src/view/paper-card.ts'
import { paper as paperOf } from '../fixtures/paper.ts'
import { answer, paper, quoteOf, related, search, summaryOf } from './arbitrary.ts'
import { expectToFit } from './fits.ts'

const owner = '123456789012345678'

describe('every view fits Discord for any paper', () => {
  it('paperCard', () => {
    fc.assert(
      fc.property(
        paper,
        related,
        fc.array(paper, { maxLength: 30 }),
        fc.string(),
        (main, near, others, typed) => {
          expectToFit(
            paperCard({
              paper: main,
              summary: summaryOf(main),
              passage: { text: main.abstract, spans: [{ start: 0, end: Math.min(3, main.abstract.length) }] },
              related: near,
              hits: [main, ...others],
              corrections: [{ from: 'x', to: typed }],
              substitutions: [{ from: typed, to: [typed, typed] }],
              owner,
            }),
          )
        },
      ),
    )
  })

  it('abstractPage, page by page', () => {
    fc.assert(
      fc.property(paper, fc.integer({ min: -1, max: 10 }), (main, page) => {
        expectToFit(abstractPage(main, page))
      }),
    )
  })

  it('answerCard', () => {
    fc.assert(
      fc.property(answer, fc.string({ minLength: 1, maxLength: 4000 }), (found, question) => {
        expectToFit(
          answerCard({
            question,
            answer: found,
            owner,
            spansIn: text => [{ start: 0, end: Math.min(5, text.length) }],
          }),
        )
      }),
    )
  })

  it('answerCard, with a long sentence of each of five papers', () => {
    const papers = Array.from({ length: 5 }, (_, i) =>
      paperOf(`p${i}`, `Title ${i} ${'of soil '.repeat(20)}`, {
        abstract: `${'moisture '.repeat(110)}.`,
        url: `https://example.org/${'a'.repeat(80)}/${i}`,
      }),
    )
    const found = {
      kind: 'survey' as const,
      answered: true,
      confidence: 1,
      quotes: papers.map(quoteOf),
      shown: 5,
      papers,
      query: search.parse('soil'),
      lacks: { attributes: [], words: [], nowhere: [] },
    }
    const card = answerCard({ question: 'who measures soil?', answer: found, owner, spansIn: () => [] })
    expectToFit(card)
    const description = card.embeds?.[0]?.description ?? ''
    expect(description.match(/^\*\*\[\d\]\*\* .{0,600}\n> moisture/gmu)).toHaveLength(5)
  })

  it('answerCard, for a survey as for all quotes: as people read it, with the words of the question marked', () => {
    const abstract = 'Soils of $10^{3}$ fields hold \\emph{water} &amp; salt.'
    const found = {
      kind: 'survey' as const,
      answered: true,
      confidence: 1,
      quotes: [quoteOf(paperOf('p', 'Fields', { abstract }))],
      shown: 1,
      papers: [],
      query: search.parse('water'),
      lacks: { attributes: [], words: [], nowhere: [] },
    }
    const spansIn = (text: string) => {
      const start = text.indexOf('water')
      return [{ start, end: start + 5 }]
    }
    const card = answerCard({ question: 'what holds water?', answer: found, owner, spansIn })
    expect(card.embeds?.[0]?.description).toMatch(/hold \*\*water\*\* & salt\.$/u)
  })

  it.each([
    [{}, '**The abstracts don’t say.** The closest sentence:\n> Soils dry.'],
    [
      { words: ['frost'] },
      '**The abstracts don’t say.** The closest abstract says nothing about “frost”. It says:\n> Soils dry.',
    ],
    [
      { words: ['frost'], nowhere: ['frost'] },
      '**The abstracts don’t say.** No paper here mentions “frost”. The closest sentence:\n> Soils dry.',
    ],
    [
      { attributes: ['hardware'], nowhere: ['frost'] },
      '**The abstracts don’t say.** The closest abstract says nothing about hardware. It says:\n> Soils dry.',
    ],
  ])('answerCard, for a refusal that lacks %j, leads to the closest sentence', (lacks, says) => {
    const found = {
      kind: 'single' as const,
      answered: false,
      confidence: 0,
      quotes: [quoteOf(paperOf('p', 'Fields', { abstract: 'Soils dry.' }))],
      closest: quoteOf(paperOf('p', 'Fields', { abstract: 'Soils dry.' })),
      shown: 0,
      papers: [],
      query: search.parse('frost'),
      lacks: { attributes: [], words: [], nowhere: [], ...lacks },
    }
    const card = answerCard({ question: 'what of frost?', answer: found, owner, spansIn: () => [] })
    expect(card.embeds?.[0]?.description).toBe(says)
  })

  it('answerCard, for a refusal without a sentence, names what no paper mentions', () => {
    const found = {
      kind: 'single' as const,
      answered: false,
      confidence: 0,
      quotes: [],
      shown: 0,
      papers: [],
      query: search.parse('GiraphAsync'),
      lacks: { attributes: [], words: [], nowhere: ['Giraph_Async'] },
    }
    const card = answerCard({ question: 'tl;dr GiraphAsync', answer: found, owner, spansIn: () => [] })
    expect(card.embeds?.[0]?.description).toBe(
      '**The abstracts don’t say.** No paper here mentions “Giraph\\_Async”.',
    )
  })

  it.each([
    [{ of: 9 }, ['frost'], 'None of the 9 papers mentions “frost”.'],
    [{ order: 'newest' as const }, [], 'No newer paper is here.'],
    [{ order: 'oldest' as const }, [], 'No older paper is here.'],
  ])('answerCard, for a list of which %j is left, keeps it', (more, words, says) => {
    const papers = [paperOf('p', 'Fields'), paperOf('q', 'Meadows')]
    const found = {
      kind: 'list' as const,
      answered: false,
      confidence: 0,
      quotes: [],
      shown: 0,
      papers,
      among: papers,
      query: search.parse('frost'),
      lacks: { attributes: [], words, nowhere: [] },
      fromEarlier: true as const,
      ...more,
    }
    const card = answerCard({ question: 'only those', answer: found, owner, spansIn: () => [] })
    expect(card.embeds?.[0]?.description).toBe(`**${says}**`)
    expect(card.components?.[0]?.components[0]).toMatchObject({ options: [{ value: 'p' }, { value: 'q' }] })
  })

  it('answerCard, for a refusal with nothing close, offers the search alone', () => {
    const found = {
      kind: 'single' as const,
      answered: false,
      confidence: 0,
      quotes: [quoteOf(paperOf('p', 'Fields', { abstract: 'Soils dry.' }))],
      shown: 0,
      papers: [paperOf('p', 'Fields')],
      query: search.parse('frost'),
      lacks: { attributes: ['hardware'], words: ['frost'], nowhere: [] },
    }
    const card = answerCard({ question: 'what of frost?', answer: found, owner, spansIn: () => [] })
    expect(card.embeds?.[0]).toMatchObject({
      description: '**The abstracts don’t say.** No paper here comes close.',
      fields: [],
      footer: { text: 'Ask in other words, or search with /paper.' },
    })
    expect(card.components).toEqual([])
  })

  it('answerCard, for a list refused, names its topic', () => {
    const found = {
      kind: 'list' as const,
      answered: false,
      confidence: 0,
      quotes: [quoteOf(paperOf('p', 'Fields', { abstract: 'Soils dry.' }))],
      closest: quoteOf(paperOf('p', 'Fields', { abstract: 'Soils dry.' })),
      shown: 0,
      papers: [],
      query: search.parse('frost'),
      lacks: { attributes: [], words: ['hard frost'], nowhere: [] },
    }
    const card = answerCard({ question: 'papers on hard frost', answer: found, owner, spansIn: () => [] })
    expect(card.embeds?.[0]?.description).toBe(
      '**The abstracts don’t say.** No paper here is about “hard frost”. The closest sentence:\n> Soils dry.',
    )
  })

  it('answerCard, for every page of a list', () => {
    const papers = Array.from({ length: 25 }, (_, i) =>
      paperOf(`p${i}`, `Title ${i} ${'of soil '.repeat(20)}`, {
        abstract: `${'moisture '.repeat(110)}.`,
        url: `https://example.org/${'a'.repeat(80)}/${i}`,
      }),
    )
    const found = {
      kind: 'list' as const,
      answered: true,
      confidence: 1,
      quotes: papers.slice(0, 8).map(quoteOf),
      shown: 8,
      papers,
      query: search.parse('soil'),
      lacks: { attributes: [], words: [], nowhere: [] },
    }
    const pages = [-1, 0, 1, 2, 3, 99].map(page => {
      const card = answerCard({
        question: 'papers on soil',
        answer: found,
        owner,
        page,
        summaryOf: one => one.abstract,
        spansIn: () => [],
      })
      expectToFit(card)
      return (card.embeds?.[0]?.description?.match(/^\*\*\d+\.\*\* .+\nmoisture/gmu) ?? []).map(line =>
        Number(/\d+/u.exec(line)?.[0]),
      )
    })
    expect(pages.map(([first]) => first)).toEqual([1, 1, 9, 17, 25, 25])
    expect(pages.slice(1, 5).flat()).toEqual(Array.from({ length: 25 }, (_, i) => i + 1))
  })

  it('lists', () => {
    fc.assert(
      fc.property(paper, related, fc.string(), (main, near, typed) => {
        expectToFit(relatedList(main, near))
        expectToFit(
          hitList(
            typed || 'x',
            near.map(one => one.paper),
          ),
        )
        const result = {
          hits: [],
          query: search.parse(typed),
          byMeaning: false,
          relaxed: false,
          isNamed: false,
          nearest: near.flatMap(one => one.shared),
        }
        expectToFit(nothingFound(typed, result, { by: 'words', papers: near.map(one => one.paper) }))
      }),
    )
  })
})

describe('a long abstract', () => {
  it('is shown whole, page after page', () => {
    const words = Array.from({ length: 4000 }, (_, i) => `word${i}`).join(' ')
    const main = { id: 'p', title: 'T', abstract: words, authors: [], categories: [] }
    const pages = Array.from({ length: 20 }, (_, i) => abstractPage(main, i).embeds?.[0]?.description ?? '')
    const distinct = [...new Set(pages)]
    expect(distinct.join(' ')).toBe(words)
    expect(distinct.length).toBeGreaterThan(5)
  })
})

it.each([
  ['of a machine in the lab', 'http://nas/papers/bees.pdf'],
  ['that is too long', `https://example.org/${'x'.repeat(2_100)}`],
])('no embed has an address %s, which Discord refuses', (_, url) => {
  const bees = paperOf('bees', 'Bees', { url })
  const card = fitMessage(paperCard({ paper: bees, summary: summaryOf(bees), related: [], owner }))
  expect(card.embeds?.[0]).toMatchObject({ title: 'Bees' })
  expect(card.embeds?.[0]).not.toHaveProperty('url')
})
