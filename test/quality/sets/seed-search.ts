import type { Search } from '../../../src/search/port.ts'
import { Baseline } from '../baseline.ts'
import { asked, readJudgements, readLines, searchOf, shipped } from '../data.ts'
import { mean, ndcgAt, successAt } from '../metrics.ts'
import { prepared } from '../model.ts'
import type { QualitySet, Row } from '../set.ts'

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

const textsOf = (queries: readonly { readonly text: string }[]): string[] => queries.map(({ text }) => text)

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

/** Two sources of queries over the one corpus: the seed, which the aims are for, and those written for this project. */
interface Source {
  readonly name: string
  readonly title: string
  readonly hasAims: boolean
  file(name: string): string
}

const seed: Source = { name: 'seed', title: 'seed', hasAims: true, file: name => `seed/${name}` }
const others: Source = { name: 'asked', title: 'other', hasAims: false, file: asked }

const queriesOf = ({ name, title, hasAims, file }: Source): QualitySet => ({
  name: `${name}-search`,
  async rows() {
    const search = await searchOf(shipped)
    const baseline = new Baseline(search.papers)
    const queries = readLines<Query>(file('queries.jsonl'))
    await prepared(search, textsOf(queries))
    const score = (kind: string, k: number, find: (text: string) => string[]): number =>
      mean(
        queries
          .filter(query => query.kind === kind)
          .map(({ text, gold }) => successAt(k, find(text), new Set(gold))),
      )
    return aims.map(([kind, k, reach]) => ({
      set: `${title} queries`,
      figure: `${kind}: right paper ${k === 1 ? 'first' : `in the first ${k}`}`,
      lectern: score(kind, k, text => rank(search, text)),
      baseline: score(kind, k, text => baseline.rank(text)),
      ...(hasAims ? { reach } : {}),
    }))
  },
})

const topicsOf = ({ name, title, hasAims, file }: Source): QualitySet => ({
  name: `${name}-topics`,
  async rows() {
    const search = await searchOf(shipped)
    const baseline = new Baseline(search.papers)
    const topics = readLines<Graded>(file('topics.jsonl'))
    await prepared(search, textsOf(topics))
    const score = (find: (text: string) => string[]): number =>
      mean(topics.map(({ text, rel }) => ndcgAt(10, find(text), new Map(Object.entries(rel)))))
    return [
      {
        set: `${title} topics`,
        figure: 'nDCG@10',
        lectern: score(text => rank(search, text)),
        baseline: score(text => baseline.rank(text)),
        ...(hasAims ? { reach: 0.77 } : {}),
      },
    ]
  },
})

const relatedOf = ({ name, title, hasAims, file }: Source): QualitySet => ({
  name: `${name}-related`,
  async rows() {
    const search = await searchOf(shipped)
    const baseline = new Baseline(search.papers)
    const judged = readLines<Graded>(file('related.jsonl'))
    for (const { paper } of judged) await search.prepare({ related: [paper] })
    const score = (find: (id: string) => string[]): number =>
      mean(judged.map(({ paper, rel }) => ndcgAt(5, find(paper), new Map(Object.entries(rel)))))
    return [
      {
        set: `${title} related`,
        figure: 'nDCG@5',
        lectern: score(id => search.related(id, 20).map(hit => hit.paper.id)),
        baseline: score(id => {
          const paper = search.get(id)
          return paper === undefined ? [] : baseline.related(paper)
        }),
        ...(hasAims ? { reach: 0.62 } : {}),
      },
    ]
  },
})

const setsOf = (source: Source): QualitySet[] => [queriesOf(source), topicsOf(source), relatedOf(source)]

export const seedSearch: readonly QualitySet[] = setsOf(seed)
/** Over committed queries and the corpus that ships: these run anywhere. */
export const askedSearch: readonly QualitySet[] = setsOf(others)

/** nDCG@10 over queries with judgements in a table. */
export function judgedSet(name: string, title: string, reach: number): QualitySet {
  return {
    name,
    async rows(): Promise<Row[]> {
      const search = await searchOf(`public/${name}/corpus.jsonl`)
      const baseline = new Baseline(search.papers)
      const judged = readJudgements(`public/${name}/qrels.tsv`)
      const queries = readLines<Query>(`public/${name}/queries.jsonl`).filter(({ id }) => judged.has(id))
      await prepared(search, textsOf(queries))
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
    await prepared(search, textsOf(queries))
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
