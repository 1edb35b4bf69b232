import type { Search } from '../../../src/search/port.ts'
import { Baseline } from '../baseline.ts'
import { readJudgements, readLines, searchOf } from '../data.ts'
import { mean, ndcgAt, successAt } from '../metrics.ts'
import type { QualitySet, Row } from '../set.ts'

const corpus = 'seed/corpus.jsonl'

interface Query {
  readonly id: string
  readonly kind: string
  readonly text: string
  readonly gold: readonly string[]
}

interface Graded {
  readonly text: string
  readonly paper: string
  readonly rel: Readonly<Record<string, number>>
}

export const rank = (search: Search, text: string): string[] =>
  search.search(text, { limit: 100 }).hits.map(hit => hit.paper.id)

const aims: readonly (readonly [kind: string, k: number, reach: number])[] = [
  ['keyword', 1, 0.99],
  ['name', 1, 0.99],
  ['typo', 1, 0.98],
  ['paraphrase', 1, 0.55],
  ['paraphrase', 5, 0.82],
  ['question', 1, 0.93],
]

export const seedSearch: QualitySet = {
  name: 'seed-search',
  async rows() {
    const search = await searchOf(corpus)
    const baseline = new Baseline(search.papers)
    const queries = readLines<Query>('seed/queries.jsonl')
    const score = (kind: string, k: number, find: (text: string) => string[]): number =>
      mean(
        queries
          .filter(query => query.kind === kind)
          .map(({ text, gold }) => successAt(k, find(text), new Set(gold))),
      )
    return aims.map(([kind, k, reach]) => ({
      set: 'seed queries',
      figure: `${kind}: right paper ${k === 1 ? 'first' : `in the first ${k}`}`,
      lectern: score(kind, k, text => rank(search, text)),
      baseline: score(kind, k, text => baseline.rank(text)),
      reach,
    }))
  },
}

export const seedTopics: QualitySet = {
  name: 'seed-topics',
  async rows() {
    const search = await searchOf(corpus)
    const baseline = new Baseline(search.papers)
    const topics = readLines<Graded>('seed/topics.jsonl')
    const score = (find: (text: string) => string[]): number =>
      mean(topics.map(({ text, rel }) => ndcgAt(10, find(text), new Map(Object.entries(rel)))))
    return [
      {
        set: 'seed topics',
        figure: 'nDCG@10',
        lectern: score(text => rank(search, text)),
        baseline: score(text => baseline.rank(text)),
        reach: 0.77,
      },
    ]
  },
}

export const seedRelated: QualitySet = {
  name: 'seed-related',
  async rows() {
    const search = await searchOf(corpus)
    const baseline = new Baseline(search.papers)
    const judged = readLines<Graded>('seed/related.jsonl')
    const score = (find: (id: string) => string[]): number =>
      mean(judged.map(({ paper, rel }) => ndcgAt(5, find(paper), new Map(Object.entries(rel)))))
    return [
      {
        set: 'seed related',
        figure: 'nDCG@5',
        lectern: score(id => search.related(id, 20).map(hit => hit.paper.id)),
        baseline: score(id => {
          const paper = search.get(id)
          return paper === undefined ? [] : baseline.related(paper)
        }),
        reach: 0.62,
      },
    ]
  },
}

/** nDCG@10 over queries with judgements in a table. */
export function judgedSet(name: string, title: string, reach: number): QualitySet {
  return {
    name,
    async rows(): Promise<Row[]> {
      const search = await searchOf(`public/${name}/corpus.jsonl`)
      const baseline = new Baseline(search.papers)
      const judged = readJudgements(`public/${name}/qrels.tsv`)
      const queries = readLines<Query>(`public/${name}/queries.jsonl`).filter(({ id }) => judged.has(id))
      const score = (find: (text: string) => string[]): number =>
        mean(queries.map(({ id, text }) => ndcgAt(10, find(text), judged.get(id) ?? new Map())))
      return [
        {
          set: title,
          figure: 'nDCG@10',
          lectern: score(text => rank(search, text)),
          baseline: score(text => baseline.rank(text)),
          reach,
        },
      ]
    },
  }
}

export const pubmedqa: QualitySet = {
  name: 'pubmedqa',
  async rows() {
    const search = await searchOf('public/pubmedqa/corpus.jsonl')
    const baseline = new Baseline(search.papers)
    const queries = readLines<Query>('public/pubmedqa/queries.jsonl')
    const score = (find: (text: string) => string[]): number =>
      mean(queries.map(({ text, gold }) => successAt(1, find(text), new Set(gold))))
    return [
      {
        set: 'PubMedQA',
        figure: 'right abstract first',
        lectern: score(text => rank(search, text)),
        baseline: score(text => baseline.rank(text)),
        reach: 0.97,
      },
    ]
  },
}
