import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../../src/search/analysis/analyze.ts'
import { Bm25 } from '../../../src/search/index/bm25.ts'
import { buildIndex } from '../../../src/search/index/index-builder.ts'
import { documentFrequency, inverseFrequency } from '../../../src/search/index/postings.ts'
import { paper } from '../fixture.ts'

const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'key-value', 'the', 'of', 'x-ray', '日')
const text = fc.array(word, { maxLength: 12 }).map(words => words.join(' '))
const corpus = fc
  .array(fc.tuple(text, text), { maxLength: 12 })
  .map(texts => texts.map(([title, abstract], i) => paper(String(i), title, abstract)))

describe('the compact index', () => {
  test('holds just the terms of each paper, as often as they occur, the title twice', async () => {
    await fc.assert(
      fc.asyncProperty(corpus, async papers => {
        const { vocabulary, index } = await buildIndex(papers)
        for (const [term, name] of vocabulary.terms.entries()) {
          const found = new Map<number, number>()
          for (let at = index.starts[term]!; at < index.starts[term + 1]!; at++) {
            found.set(index.docs[at]!, index.counts[at]!)
          }
          const wanted = new Map<number, number>()
          papers.forEach(({ title, abstract }, p) => {
            const count = (of: string) => analyze(of).filter(one => one === name).length
            const total = 2 * count(title) + count(abstract)
            if (total > 0) wanted.set(p, total)
          })
          expect(found).toEqual(wanted)
          expect(documentFrequency(index, term)).toBe(wanted.size)
        }
      }),
    )
  })

  test('ranks as the formula says', async () => {
    await fc.assert(
      fc.asyncProperty(corpus, text, async (papers, query) => {
        const { vocabulary, index } = await buildIndex(papers)
        const terms = [...new Set(analyze(query))].flatMap(term => vocabulary.termId(term) ?? [])
        const score = (p: number) =>
          terms.reduce((sum, term) => {
            const at = [...index.docs.subarray(index.starts[term], index.starts[term + 1])].indexOf(p)
            const count = at < 0 ? 0 : index.counts[index.starts[term]! + at]!
            const damping = 1.5 * (0.3 + (0.7 * index.lengths[p]!) / index.meanLength)
            const idf = inverseFrequency(papers.length, documentFrequency(index, term))
            return sum + (idf * 2.5 * count) / (count + damping)
          }, 0)
        const wanted = papers
          .map((_, p) => ({ doc: p, score: score(p) }))
          .filter(one => one.score > 0)
          .sort((x, y) => y.score - x.score || x.doc - y.doc)
        const bm25 = new Bm25(index)
        const ask = (limit: number) =>
          bm25.top(
            terms.map(term => ({ term, weight: 1 })),
            limit,
          )
        expect(ask(100).map(({ score }) => score.toFixed(9))).toEqual(
          wanted.map(({ score }) => score.toFixed(9)),
        )
        expect(ask(3)).toEqual(ask(100).slice(0, 3))
        expect(bm25.top([], 5)).toEqual([])
      }),
    )
  })
})
