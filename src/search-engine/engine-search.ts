import { paperRef } from '../corpus/ids.ts'
import type { Paper } from '../corpus/paper.ts'
import { lengths } from '../lengths.ts'
import type { CollectionModel } from '../search/partial/collection-model.ts'
import type {
  Hit,
  ParsedQuery,
  RelatedPaper,
  Search,
  SearchResult,
  Span,
  TermWeight,
  Wanted,
} from '../search/port.ts'
import { rerankDepth } from '../search/ranking/ranker.ts'
import { sharedCollection } from '../store/paper-ports.ts'
import { completionQueries } from './completion-queries.ts'
import { mergeFetched } from './merge-fetched.ts'
import { namesQueries } from './name-queries.ts'
import { neighbourQueries } from './neighbour-queries.ts'
import type { FetchedPaper, PaperSource } from './paper-source.ts'
import { byWords, narrowedScope, newest, type Scope, sampleFrom } from './queries.ts'
import { readQuery, type TextQueries, unknownTerms } from './text-queries.ts'

export interface EngineSearchParts {
  readonly model: CollectionModel
  readonly source: PaperSource
  /** Whether the engine can search by them. */
  readonly hasVectors: boolean
  readonly scope: Scope
  /** Papers of some collections. */
  countOf(collections: readonly string[]): number
  /** The model's search of no papers. */
  readonly empty: Search
}

/** Papers of a sample, and whose neighbours are fetched at once. */
const sampled = 400
const perFetch = 4
/** More papers that are named at once are a list, such as what a member saved. */
const mostSearched = 100
const newestAmong = 200

/**
 * One request's view of papers that lie in a search engine. `prepare` fetches the papers that the request may be about,
 * with what the whole collection is known by; all else is read off these, as if they were in memory with all others.
 */
export class EngineSearch implements Search {
  readonly count: number
  readonly #parts: EngineSearchParts
  readonly #fetched = new Map<string, FetchedPaper>()
  readonly #joined = new Map<string, string>()
  /** Papers of long lists, by reference. */
  readonly #listed = new Map<string, Paper>()
  /** Terms that papers hold though the statistics lack them. */
  readonly #more = new Map<string, number>()
  readonly #prepared = new Set<string>()
  readonly #related = new Set<string>()
  readonly #collections = new Map<string, string>()
  #search: Search
  /** Whether all that was fetched is in `#search`. */
  #isIndexed = true
  #completing: Search | undefined
  #completions: readonly Paper[] = []
  #turn: Promise<void> = Promise.resolve()

  constructor(parts: EngineSearchParts) {
    this.#parts = parts
    this.#search = parts.empty
    const { scope } = parts
    this.count = scope.among?.size ?? parts.countOf(scope.collections)
  }

  /** What was prepared, for another view of the same request. */
  get prepared(): readonly string[] {
    return [...this.#prepared]
  }

  /** The same with other papers, of which nothing is prepared. */
  over(scope: Scope): EngineSearch {
    return new EngineSearch({ ...this.#parts, scope })
  }

  get scope(): Scope {
    return this.#parts.scope
  }

  get papers(): readonly Paper[] {
    return this.#search.papers
  }

  /** Whether a paper at hand is seen by everybody. */
  isShared(id: string): boolean {
    return this.#collections.get(id) === sharedCollection
  }

  get(id: string): Paper | undefined {
    return this.#search.get(id)
  }

  withRef(ref: string): Paper | undefined {
    const found = this.#search.withRef(ref)
    if (found !== undefined) return found
    const listed = this.#listed.get(ref)
    if (listed !== undefined) return listed
    const id = this.#joined.get(ref)
    return id === undefined || paperRef(id) === ref ? undefined : this.withRef(paperRef(id))
  }

  prepare(wanted: string | Wanted): Promise<void> | undefined {
    const steps = this.#stepsFor(typeof wanted === 'string' ? { text: wanted } : wanted)
    if (steps.length === 0) return undefined
    const done = this.#turn.then(async () => {
      for (const step of steps) await step()
      await this.#index()
    })
    this.#turn = done.catch(() => {})
    return done
  }

  #stepsFor(wanted: Wanted): (() => Promise<void>)[] {
    const { text, besides = [], typed, refs, related, any, sample, author, venue, nameBegin } = wanted
    const steps: (() => Promise<void>)[] = []
    const part = narrowed(this.#parts.scope, wanted)
    if (refs !== undefined && refs.length > 0) steps.push(() => this.#fetchRefs(refs))
    if (any !== undefined) steps.push(() => this.#fetchAny(any.seed, part ?? this.#parts.scope))
    if (sample !== undefined) steps.push(() => this.#fetchSample(sample))
    const scopes = part === undefined ? [this.#parts.scope] : [part, this.#parts.scope]
    const names = scopes.flatMap(scope => namesQueries({ author, venue, nameBegin }, scope))
    if (names.length > 0) steps.push(async () => this.#add(await this.#find('names', names)))
    if (text !== undefined && text.trim() !== '') {
      steps.push(() => this.#fetchText(text))
      if (part !== undefined) steps.push(() => this.#fetchPart(text, part))
    }
    for (const one of besides) steps.push(() => this.#fetchText(one))
    if (related !== undefined && related.length > 0) steps.push(() => this.#fetchNeighbours(related))
    if (typed !== undefined) steps.push(() => this.#fetchCompletions(typed))
    return steps
  }

  async #fetchText(text: string): Promise<void> {
    if (this.#prepared.has(text)) return
    const queries = await this.#read(text)
    this.#add(await this.#find('search', queries.all))
    this.#prepared.add(text)
    await this.#index()
    // What is shown of the best one names its neighbours.
    const { hits, nearest } = this.#search.search(text, { limit: 1 })
    if (hits[0] !== undefined) await this.#fetchNeighbours([hits[0].paper.id])
    // Where nothing fits, papers with words like those are offered.
    else if (nearest.length > 0) await this.#fetchText(nearest.join(' '))
  }

  /** The best of some papers alone: those that fit best of all say how well they fit. */
  async #fetchPart(text: string, part: Scope): Promise<void> {
    const { clauses } = await this.#read(text)
    if (clauses.length > 0) this.#add(await this.#find('search', [byWords(clauses, rerankDepth, part)]))
  }

  /** The engine is asked about words that the statistics lack: papers that came since may hold them. */
  async #read(text: string): Promise<TextQueries> {
    const { model, source, scope } = this.#parts
    const unknown = unknownTerms(text, model).filter(term => !this.#more.has(term))
    if (unknown.length > 0)
      for (const [term, holding] of await source.holding(unknown, scope)) this.#more.set(term, holding)
    return readQuery(text, model, this.#more, scope)
  }

  async #fetchRefs(refs: readonly string[]): Promise<void> {
    const missing = refs.filter(ref => this.withRef(ref) === undefined)
    if (missing.length === 0) return
    const { source, scope, model } = this.#parts
    const { papers, joined } = await source.withRefs(missing, scope, model.terms)
    for (const [ref, id] of joined) this.#joined.set(ref, id)
    // Of long lists only the papers are wanted: nobody searches among them.
    if (papers.length <= mostSearched) return this.#add(papers)
    for (const { paper, refs: own } of mergeFetched(papers))
      for (const ref of own) this.#listed.set(ref, paper)
  }

  async #fetchNeighbours(ids: readonly string[]): Promise<void> {
    await this.#fetchRefs(ids.filter(id => this.get(id) === undefined).map(paperRef))
    await this.#index()
    const { model, scope } = this.#parts
    const known = new Map(this.#shown().map(one => [one.paper.id, one]))
    const wanted = ids
      .map(id => this.get(id)?.id ?? this.withRef(id)?.id)
      .filter(id => id !== undefined && !this.#related.has(id))
      .flatMap(id => known.get(id ?? '') ?? [])
    for (let at = 0; at < wanted.length; at += perFetch) {
      const some = wanted.slice(at, at + perFetch)
      const queries = some.flatMap(one => neighbourQueries(one, model, scope))
      this.#add(await this.#find('related', queries))
    }
    for (const { paper } of wanted) this.#related.add(paper.id)
  }

  async #fetchAny(seed: string, scope: Scope): Promise<void> {
    const [first, second] = sampleFrom(startOf(seed), sampled, scope)
    if (first === undefined || second === undefined) return
    const found = await this.#find('sample', [first, newest(newestAmong, scope)])
    this.#add(found.length < sampled ? [...found, ...(await this.#find('sample', [second]))] : found)
  }

  async #fetchSample(size: number): Promise<void> {
    const [first] = sampleFrom(0, size, this.#parts.scope)
    if (first !== undefined) this.#add(await this.#find('sample', [first]))
  }

  async #fetchCompletions(typed: string): Promise<void> {
    const text = typed.slice(0, lengths.completed)
    const { model, scope } = this.#parts
    const queries = text.trim() === '' ? undefined : await this.#read(text)
    const found = await this.#find('complete', completionQueries(text, queries, model, scope))
    const shown = mergeFetched(found)
    this.#completing = await model.search(shown, { more: this.#more, completes: true })
    this.#completions = shown.map(({ paper }) => paper)
  }

  #find(kind: string, queries: Parameters<PaperSource['find']>[1]): Promise<FetchedPaper[]> {
    const { source, model, hasVectors } = this.#parts
    // One that the engine does not know has all refused that are sent with it.
    const known = hasVectors ? queries : queries.filter(({ query }) => !('knn' in query))
    return source.find(kind, known, model.terms, this.#fetched)
  }

  #add(papers: readonly FetchedPaper[]): void {
    for (const paper of papers) {
      if (!this.#fetched.has(paper.key)) this.#isIndexed = false
      this.#fetched.set(paper.key, paper)
    }
  }

  /** Makes what was fetched searchable, once for all that came since the last time. */
  async #index(): Promise<void> {
    if (this.#isIndexed) return
    const shown = this.#shown()
    for (const { paper, collection } of shown) this.#collections.set(paper.id, collection)
    this.#search = await this.#parts.model.search(shown, { more: this.#more })
    this.#isIndexed = true
  }

  #shown(): FetchedPaper[] {
    return mergeFetched(this.#fetched.values())
  }

  parse(text: string): ParsedQuery {
    return this.#search.parse(text)
  }

  search(query: string | ParsedQuery, options?: { limit?: number }): SearchResult {
    return this.#search.search(query, options)
  }

  suggest(typed: string, limit: number): readonly Hit[] {
    const hits = this.#completing?.suggest(typed, limit) ?? []
    const known = new Set(hits.map(({ paper }) => paper.id))
    const others = typed.trim() === '' ? [] : this.#completions.filter(({ id }) => !known.has(id))
    return [...hits, ...others.map(paper => ({ paper, score: 0 }))].slice(0, Math.max(0, limit))
  }

  related(id: string, limit: number): readonly RelatedPaper[] {
    return this.#search.related(id, limit)
  }

  terms(text: string): readonly TermWeight[] {
    return this.#search.terms(text)
  }

  idf(term: string): number {
    return this.#search.idf(term)
  }

  matches(text: string, query: string | ParsedQuery): readonly Span[] {
    return this.#search.matches(text, query)
  }
}

/** Undefined: all papers of the scope are of use. */
const narrowed = (scope: Scope, { among, but = none }: Wanted): Scope | undefined =>
  among === undefined && but.size === 0 ? undefined : narrowedScope(scope, { among, but })

const none: ReadonlySet<string> = new Set()

/** Where a sample begins, of 2^31 places. */
function startOf(seed: string): number {
  let hash = 0
  for (const char of seed) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) | 0
  return hash >>> 1
}
