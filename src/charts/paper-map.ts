import { setImmediate } from 'node:timers/promises'
import type { Paper } from '../corpus/paper.ts'
import { runTask } from '../worker-task.ts'
import type { PaperText } from './telling-words.ts'

/** Papers that a map shows; of more, as many spread evenly over the list. */
const mostMapped = 20_000
/** With fewer papers there is no similarity to show. */
export const leastMapped = 10
/** UTF-16 units of an abstract that are read. */
const readLength = 3_000
/** Papers handed to the thread at once: copying them takes the main one about a millisecond. */
const chunk = 100

/** Where a paper lies, from 0 to 1, and its cluster. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly cluster: number
}

export interface MapCluster {
  /** Its telling words; may be empty. */
  readonly words: readonly string[]
  readonly papers: number
}

/** What the thread posts. */
export interface LaidOut {
  readonly x: Float32Array
  readonly y: Float32Array
  readonly clusters: Uint8Array
  readonly words: readonly (readonly string[])[]
}

/** A library laid out by similarity. */
export interface PaperMap {
  readonly places: readonly Place[]
  readonly clusters: readonly MapCluster[]
  /** Papers of the library; more than `places` when only a part of them is shown. */
  readonly papers: number
  placeOf(id: string): Place | undefined
}

/**
 * Lays a library out, in a thread of its own.
 * @param papers `leastMapped` at least
 * @param count of the library, where these are a sample of it
 * @throws Failure `limit` when it takes too long
 */
export async function mapOf(papers: readonly Paper[], count = papers.length): Promise<PaperMap> {
  const size = Math.min(papers.length, mostMapped)
  const shown = Array.from(
    { length: size },
    (_, i) => papers[Math.floor((i * papers.length) / size)] as Paper,
  )
  const { x, y, clusters, words } = await runTask<LaidOut>(
    new URL('./paper-map-worker.ts', import.meta.url),
    undefined,
    { timeout: 120_000, memory: 1024 },
    chunksOf(shown),
  )
  // Each of these takes some milliseconds with all that a map shows.
  await setImmediate()
  const places = shown.map((_, i) => ({ x: x[i] ?? 0, y: y[i] ?? 0, cluster: clusters[i] ?? 0 }))
  const byId = new Map(shown.map(({ id }, i) => [id, places[i]]))
  await setImmediate()
  const sizes = words.map(() => 0)
  for (const { cluster } of places) sizes[cluster] = (sizes[cluster] ?? 0) + 1
  return {
    places,
    clusters: words.map((list, cluster) => ({ words: list, papers: sizes[cluster] ?? 0 })),
    papers: count,
    placeOf: id => byId.get(id),
  }
}

async function* chunksOf(papers: readonly Paper[]): AsyncIterable<PaperText[]> {
  for (let from = 0; from < papers.length; from += chunk) {
    yield papers
      .slice(from, from + chunk)
      .map(({ title, abstract }) => ({ title, abstract: abstract.slice(0, readLength) }))
    await setImmediate()
  }
}
