import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Paper } from '../../../src/corpus/paper.ts'
import type {
  CandidateRetriever,
  ScoredPaper,
  WeightedTerm,
} from '../../../src/search/index/candidate-retriever.ts'
import { CompactRetriever } from '../../../src/search/index/compact-retriever.ts'
import { buildIndex, type Indexed } from '../../../src/search/index/index-builder.ts'
import { MiniSearchIndex } from '../../../src/search/index/minisearch-index.ts'
import { MiniSearchRetriever } from '../../../src/search/index/minisearch-retriever.ts'
import { documentFrequency, inverseFrequency } from '../../../src/search/index/postings.ts'
import { paper, shippedPapers } from '../fixture.ts'

type Make = (papers: readonly Paper[], indexed: Indexed) => Promise<CandidateRetriever>

const makers: Readonly<Record<string, Make>> = {
  'the compact index': async (_, { index }) => new CompactRetriever(index),
  MiniSearch: async (papers, indexed) =>
    new MiniSearchRetriever(await MiniSearchIndex.over(papers, indexed), indexed.vocabulary, papers.length),
}

const word = fc.constantFrom(
  'alpha',
  'beta',
  'gamma',
  'delta',
  'key-value',
  'the',
  'x-ray',
  '日',
  '__proto__',
)
const text = fc.array(word, { maxLength: 12 }).map(words => words.join(' '))
const corpus = fc
  .array(fc.tuple(text, text, fc.array(word, { maxLength: 2 })), { maxLength: 12 })
  .map(all => all.map(([title, abstract, authors], i) => paper(String(i), title, abstract, { authors })))
/** Terms of the corpus, named by any numbers. */
const weighted = fc.array(fc.tuple(fc.nat(20), fc.double({ min: 0.1, max: 2, noNaN: true })), {
  maxLength: 6,
})
const wanted = { terms: weighted, groups: fc.array(weighted, { maxLength: 3 }), banned: fc.array(fc.nat(12)) }

function termsIn({ index }: Indexed, picks: readonly (readonly [number, number])[]): WeightedTerm[] {
  return index.terms === 0 ? [] : picks.map(([pick, weight]) => ({ term: pick % index.terms, weight }))
}

/** BM25 as its authors write it, one paper and term at a time. */
function scoreOf({ index }: Indexed, doc: number, { term, weight }: WeightedTerm): number {
  const at = index.docs.subarray(index.starts[term], index.starts[term + 1]).indexOf(doc)
  if (at < 0) return 0
  const count = index.counts[(index.starts[term] ?? 0) + at] ?? 0
  const norm = 1.5 * (0.3 + (0.7 * (index.lengths[doc] ?? 0)) / index.meanLength)
  return (
    (weight * inverseFrequency(index.papers, documentFrequency(index, term)) * 2.5 * count) / (count + norm)
  )
}

const rounded = (found: readonly ScoredPaper[]) =>
  new Map(found.map(({ doc, score }) => [doc, score.toFixed(9)]))

describe.each(Object.entries(makers))('candidates from %s', (_, make) => {
  test('score as the formula says, best first, of a group the highest only', async () => {
    await fc.assert(
      fc.asyncProperty(corpus, fc.record(wanted), async (papers, query) => {
        const indexed = await buildIndex(papers)
        const retriever = await make(papers, indexed)
        const terms = termsIn(indexed, query.terms)
        const groups = query.groups.map(group => termsIn(indexed, group))
        const allowed = (doc: number) => !query.banned.includes(doc)
        const expected = papers.flatMap((_, doc) => {
          const scores = terms.map(term => scoreOf(indexed, doc, term))
          const highest = groups.map(group => Math.max(0, ...group.map(term => scoreOf(indexed, doc, term))))
          const score = [...scores, ...highest].reduce((sum, one) => sum + one, 0)
          return score > 0 && allowed(doc) ? [{ doc, score }] : []
        })
        const found = retriever.retrieve(terms, 100, { groups, allowed })
        expect(rounded(found)).toEqual(rounded(expected))
        for (const [i, { score, doc }] of found.entries()) {
          const next = found[i + 1]
          if (next !== undefined)
            expect(score > next.score || (score === next.score && doc < next.doc)).toBe(true)
        }
      }),
    )
  })

  test('are the first ones where fewer are asked for, each time the same', async () => {
    await fc.assert(
      fc.asyncProperty(corpus, weighted, fc.nat(5), async (papers, picks, limit) => {
        const indexed = await buildIndex(papers)
        const retriever = await make(papers, indexed)
        const terms = termsIn(indexed, picks)
        const all = retriever.retrieve(terms, 100)
        expect(retriever.retrieve(terms, limit)).toEqual(all.slice(0, limit))
        expect(retriever.retrieve(terms, 100)).toEqual(all)
      }),
    )
  })

  test('come in the order of the corpus where they score the same', async () => {
    const papers = ['a', 'b', 'c', 'd'].map(id => paper(id, 'Alpha beta', 'Gamma'))
    const indexed = await buildIndex(papers)
    const retriever = await make(papers, indexed)
    const found = retriever.retrieve([{ term: 0, weight: 1 }], 3)
    expect(found.map(({ doc }) => doc)).toEqual([0, 1, 2])
  })

  test('are none without terms, and none of no papers', async () => {
    const papers = await shippedPapers()
    const retriever = await make(papers, await buildIndex(papers))
    expect(retriever.retrieve([], 5)).toEqual([])
    const none = await make([], await buildIndex([]))
    expect(none.retrieve([{ term: 0, weight: 1 }], 5)).toEqual([])
  })
})

test('both kinds find the same papers of the shipped ones, for each of their titles', async () => {
  const papers = await shippedPapers()
  const indexed = await buildIndex(papers)
  const retrievers = await Promise.all(Object.values(makers).map(make => make(papers, indexed)))
  const { from, sequence } = indexed.index
  for (const doc of papers.keys()) {
    const title = [...sequence.subarray(from[doc], (from[doc] ?? 0) + 4)].filter(
      term => term < indexed.index.terms,
    )
    const [one, other] = retrievers.map(retriever =>
      retriever.retrieve(
        title.map(term => ({ term, weight: 1 })),
        20,
      ),
    )
    expect(one?.map(({ doc }) => doc)).toEqual(other?.map(({ doc }) => doc))
  }
})
