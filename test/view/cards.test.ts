import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerCard } from '../../src/view/answer-card.ts'
import { hitList, nothingFound, relatedList } from '../../src/view/lists.ts'
import { abstractPage, paperCard } from '../../src/view/paper-card.ts'
import { answer, paper, related, search, summaryOf } from './arbitrary.ts'
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
              others,
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
          nearest: near.flatMap(one => one.shared),
        }
        expectToFit(
          nothingFound(
            typed,
            result,
            near.map(one => one.paper),
          ),
        )
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
