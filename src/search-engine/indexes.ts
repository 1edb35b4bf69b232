import { z } from 'zod'
import type { Engine } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { type IndexShape, papersIndex, schemaVersion, stateIndex } from './mapping.ts'

/** What is known of an index besides its papers. */
export const IndexState = z.object({
  /** How far the database's changes are in it. */
  cursor: z.object({ epoch: z.string(), revision: z.number().int().min(0) }),
  /** Of the files that it was built of. */
  files: z.string(),
  hasVectors: z.boolean(),
})
export type IndexState = z.infer<typeof IndexState>

/** Tells a document from what it was before, and from what it becomes. */
export interface DocumentVersion {
  readonly sequence: number
  readonly term: number
}

const anything = z.unknown()
const Found = <T extends z.ZodType>(source: T) =>
  z.object({ found: z.boolean().optional(), _source: source.optional() })
const Numbered = z.object({
  _seq_no: z.number().int().optional(),
  _primary_term: z.number().int().optional(),
})
const Aliases = z.record(z.string(), z.unknown())
const Names = z.record(z.string(), z.unknown())
const Counts = z.object({
  aggregations: z.object({
    counts: z.object({ buckets: z.array(z.object({ key: z.string(), doc_count: z.number().int() })) }),
  }),
})
/** Servers with papers of their own: the engine's own limit. */
const mostCollections = 65_000

/** In ms. What changes an index may wait for others that do, too. */
const [quick, slow] = [5_000, 60_000]

/**
 * The indexes of one bot: versions of the index of papers, of which an alias names the one that serves, and one index of
 * their states. Names begin with the prefix, so that several bots can share a cluster.
 */
export class Indexes {
  readonly engine: Engine
  /** What searches ask. */
  readonly alias: string
  readonly #states: string

  constructor(engine: Engine, prefix: string) {
    this.engine = engine
    this.alias = `${prefix}-papers-s${schemaVersion}`
    this.#states = `${prefix}-state-s${schemaVersion}`
  }

  /** The index that serves; undefined: none does. */
  async live(): Promise<string | undefined> {
    const aliases = await this.#call('GET', `/_alias/${this.alias}`, Aliases, { accepts: [404] })
    return Object.keys(aliases).find(name => name.startsWith(`${this.alias}-v`))
  }

  /** Makes an empty index, without vectors where the engine does not know them. @returns its name */
  async create(shape: IndexShape): Promise<{ readonly index: string; readonly hasVectors: boolean }> {
    const last = (await this.versions()).at(-1) ?? 0
    const index = this.#named(last + 1)
    try {
      await this.#call('PUT', `/${index}`, anything, { body: papersIndex(shape), timeout: slow })
      return { index, hasVectors: shape.dimensions !== undefined }
    } catch (error) {
      if (!(error instanceof EngineError) || error.problem !== 'rejected' || shape.dimensions === undefined)
        throw error
      const body = papersIndex({ ...shape, dimensions: undefined })
      await this.#call('PUT', `/${index}`, anything, { body, timeout: slow })
      return { index, hasVectors: false }
    }
  }

  /** Numbers of the indexes that there are, in order. */
  async versions(): Promise<number[]> {
    const names = await this.#call('GET', `/${this.alias}-v*/_settings/index.uuid`, Names, { accepts: [404] })
    return Object.keys(names)
      .map(name => Number(/-v(\d{1,9})$/u.exec(name)?.[1] ?? Number.NaN))
      .filter(version => Number.isInteger(version))
      .sort((a, b) => a - b)
  }

  /** From one moment to the next, searches ask this index; older ones are deleted. */
  async switchTo(index: string): Promise<void> {
    const before = (await this.versions()).map(version => this.#named(version)).filter(name => name !== index)
    const actions = [
      { add: { index, alias: this.alias } },
      ...before.map(name => ({ remove_index: { index: name } })),
    ]
    await this.#call('POST', '/_aliases', anything, { body: { actions }, timeout: slow })
    for (const name of before) await this.#forget(name)
  }

  async drop(index: string): Promise<void> {
    await this.#call('DELETE', `/${index}`, anything, { accepts: [404], timeout: slow })
    await this.#forget(index)
  }

  /** What was written until now can be found. */
  async refresh(index: string): Promise<void> {
    await this.#call('POST', `/${index}/_refresh`, anything, { timeout: slow })
  }

  /** How many papers each collection has that has any. */
  async counts(): Promise<Map<string, number>> {
    const answer = await this.#call('POST', `/${this.alias}/_search`, Counts, {
      body: {
        size: 0,
        query: { terms: { kind: ['file', 'stored'] } },
        aggs: { counts: { terms: { field: 'collection', size: mostCollections } } },
      },
    })
    return new Map(answer.aggregations.counts.buckets.map(({ key, doc_count }) => [key, doc_count]))
  }

  /** Deletes what matches. */
  async deleteWhere(index: string, query: object): Promise<void> {
    await this.#call('POST', `/${index}/_delete_by_query`, anything, {
      body: { query },
      query: { conflicts: 'proceed' },
      timeout: slow,
    })
  }

  state(index: string): Promise<IndexState | undefined> {
    return this.document(index, IndexState)
  }

  /** @param cursor never goes back, whoever writes it last */
  async saveState(index: string, state: IndexState): Promise<void> {
    const version = state.cursor.revision + 1
    await this.#call('PUT', `/${this.#states}/_doc/${index}`, anything, {
      body: { of: index, ...state },
      query: { version, version_type: 'external_gte' },
      accepts: [409],
    })
  }

  /**
   * Writes a document where there is none, or over one version of it.
   * @returns the version that it is now; undefined: it is there, or is another one
   */
  async writeDocument(
    id: string,
    body: object,
    over: DocumentVersion | 'new',
  ): Promise<DocumentVersion | undefined> {
    const query = over === 'new' ? { op_type: 'create' } : onlyOf(over)
    const path = `/${this.#states}/_doc/${id}`
    return versionOf(await this.#call('PUT', path, Numbered, { body, query, accepts: [409] }))
  }

  async putDocument(id: string, body: object): Promise<void> {
    await this.#call('PUT', `/${this.#states}/_doc/${id}`, anything, { body, timeout: slow })
  }

  /** @throws EngineError `unreadable` when it is another one than expected */
  async document<T extends z.ZodType>(id: string, source: T): Promise<z.infer<T> | undefined> {
    const path = `/${this.#states}/_doc/${id}`
    const found = await this.#call('GET', path, Found(source), { accepts: [404], timeout: slow })
    return found.found === true ? (found._source as z.infer<T>) : undefined
  }

  /** @throws EngineError `unreadable` when it is another one than expected */
  async versioned<T extends z.ZodType>(
    id: string,
    source: T,
  ): Promise<{ readonly source: z.infer<T>; readonly version: DocumentVersion } | undefined> {
    const path = `/${this.#states}/_doc/${id}`
    const found = await this.#call('GET', path, Found(source).extend(Numbered.shape), { accepts: [404] })
    const version = versionOf(found)
    return found.found === true && version !== undefined
      ? { source: found._source as z.infer<T>, version }
      : undefined
  }

  /** Deletes one version of a document, and nothing where it is another one by now. */
  async deleteDocument(id: string, version: DocumentVersion): Promise<void> {
    const path = `/${this.#states}/_doc/${id}`
    await this.#call('DELETE', path, anything, { query: onlyOf(version), accepts: [404, 409] })
  }

  /** Makes the index of states, where it is not there. */
  async prepare(): Promise<void> {
    await this.#call('PUT', `/${this.#states}`, anything, { body: stateIndex, accepts: [400], timeout: slow })
  }

  async #forget(index: string): Promise<void> {
    await this.#call('POST', `/${this.#states}/_refresh`, anything)
    await this.deleteWhere(this.#states, { term: { of: index } })
  }

  #named(version: number): string {
    return `${this.alias}-v${version}`
  }

  #call<T>(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    answer: z.ZodType<T>,
    more: {
      body?: object
      query?: Record<string, string | number | boolean>
      accepts?: number[]
      timeout?: number
    } = {},
  ): Promise<T> {
    return this.engine.call('manage', { method, path, answer, timeout: quick, ...more })
  }
}

const onlyOf = ({ sequence, term }: DocumentVersion) => ({ if_seq_no: sequence, if_primary_term: term })

const versionOf = ({
  _seq_no: sequence,
  _primary_term: term,
}: z.infer<typeof Numbered>): DocumentVersion | undefined =>
  sequence === undefined || term === undefined ? undefined : { sequence, term }
