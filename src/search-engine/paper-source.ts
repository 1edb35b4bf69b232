import { z } from 'zod'
import type { StringTable } from '../search/index/string-table.ts'
import { type LocalDocument, localDocument } from '../search/partial/local-document.ts'
import { EngineError } from './engine-error.ts'
import type { Indexes } from './indexes.ts'
import { EnginePaper, JoinedPaper, keyOf, rowOf } from './papers-in-engine.ts'
import { problemOfStatus } from './problems.ts'
import { byRefs, type EngineQuery, holdingEach, linesOf, type Scope } from './queries.ts'

const Hits = z.object({
  hits: z.object({ hits: z.array(z.object({ _id: z.string(), _source: z.unknown() })) }),
})
/** Each search's own: while a node starts, or has too much to do, some of them fail. */
const Failed = z.object({
  error: z.object({ type: z.string().optional() }).catch({}),
  status: z.number(),
})
const Answers = z.object({ responses: z.array(z.union([Hits, Failed])) })
const Holding = z.object({
  aggregations: z.object({
    holding: z.object({ buckets: z.record(z.string(), z.object({ doc_count: z.number().int() })) }),
  }),
})

/** A paper from the engine, read with the vocabulary. */
export interface FetchedPaper extends LocalDocument {
  /** Where it lies in the engine. */
  readonly key: string
  readonly collection: string
  readonly isOfFile: boolean
  /** By which it is known to be another record's paper. */
  readonly keys: ReadonlySet<string>
  readonly order: number
}

/** Fetches papers, some searches at a time. */
export class PaperSource {
  readonly #indexes: Indexes
  readonly #timeout: number

  /** @param timeout of a search, in ms */
  constructor(indexes: Indexes, timeout: number) {
    this.#indexes = indexes
    this.#timeout = timeout
  }

  /**
   * What the searches find, each paper once. Records that are no papers are left out.
   * @param known papers that the request has already: they are not read again
   * @throws EngineError
   */
  async find(
    kind: string,
    queries: readonly EngineQuery[],
    terms: StringTable,
    known: ReadonlyMap<string, FetchedPaper>,
  ): Promise<FetchedPaper[]> {
    const sources = await this.#sources(kind, queries)
    const papers: FetchedPaper[] = []
    for (const [key, source] of sources) {
      const there = known.get(key)
      const parsed = there === undefined ? EnginePaper.safeParse(source) : undefined
      if (there !== undefined) papers.push(there)
      else if (parsed?.success === true) papers.push(fetched(key, parsed.data, terms))
    }
    return papers
  }

  /** The papers that references stand for, also where one has become part of another, by reference. @throws EngineError */
  async withRefs(
    refs: readonly string[],
    { collections }: Scope,
    terms: StringTable,
  ): Promise<{ readonly papers: FetchedPaper[]; readonly joined: ReadonlyMap<string, string> }> {
    const joined = new Map<string, string>()
    const found = new Map<string, FetchedPaper>()
    let query: EngineQuery = byRefs(refs, collections)
    // A paper that joined another may have joined a third one with it.
    for (let step = 0; step < 3; step++) {
      const wanted: string[] = []
      for (const [key, source] of await this.#sources('fetch', [query])) {
        const paper = EnginePaper.safeParse(source)
        if (paper.success) found.set(key, fetched(key, paper.data, terms))
        const trace = JoinedPaper.safeParse(source)
        if (!trace.success) continue
        for (const ref of trace.data.refs) joined.set(ref, trace.data.joined)
        wanted.push(keyOf(trace.data.collection, trace.data.joined))
      }
      const missing = wanted.filter(key => !found.has(key))
      if (missing.length === 0) break
      query = { size: missing.length, query: { ids: { values: missing } } }
    }
    return { papers: [...found.values()], joined }
  }

  /** How many papers hold each of some terms; terms that none holds are left out. @throws EngineError */
  async holding(terms: readonly string[], scope: Scope): Promise<Map<string, number>> {
    const answer = await this.#indexes.engine.call('terms', {
      method: 'POST',
      path: `/${this.#indexes.alias}/_search`,
      body: holdingEach(terms, scope),
      answer: Holding,
      timeout: this.#timeout,
    })
    const { buckets } = answer.aggregations.holding
    return new Map(
      terms.flatMap((term, i) => {
        const count = buckets[`t${i}`]?.doc_count ?? 0
        return count > 0 ? [[term, count] as const] : []
      }),
    )
  }

  async #sources(kind: string, queries: readonly EngineQuery[]): Promise<Map<string, unknown>> {
    const sources = new Map<string, unknown>()
    if (queries.length === 0) return sources
    const { responses } = await this.#indexes.engine.call(kind, {
      method: 'POST',
      path: `/${this.#indexes.alias}/_msearch`,
      body: linesOf(queries, this.#timeout),
      answer: Answers,
      timeout: this.#timeout,
    })
    for (const response of responses) {
      if ('error' in response)
        throw new EngineError(problemOfStatus(response.status, response.error.type), {
          status: response.status,
        })
      for (const { _id, _source } of response.hits.hits) sources.set(_id, _source)
    }
    return sources
  }
}

function fetched(key: string, source: EnginePaper, terms: StringTable): FetchedPaper {
  const { collection, kind, order, paper, sequence, length, names, title, refs, keys, scale } = source
  const document = { paper, sequence, length, names, title, refs, scale, row: rowOf(source) }
  return {
    ...localDocument(document, terms),
    key,
    collection,
    isOfFile: kind === 'file',
    keys: new Set(keys),
    order,
  }
}
