import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../../src/search/analysis/analyze.ts'
import { buildIndex } from '../../../src/search/index/index-builder.ts'
import { documentFrequency } from '../../../src/search/index/postings.ts'
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
        const terms = Array.from({ length: vocabulary.terms.size }, (_, id) => vocabulary.terms.at(id))
        for (const [term, name] of terms.entries()) {
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
})
