import { z } from 'zod'
import { arxivIdOf } from '../../corpus/identifiers.ts'
import type { Http, HttpAnswer } from '../http/client.ts'
import { parsedJson } from '../json.ts'
import { type Source, SourceError } from '../port.ts'
import { papersOf } from '../records.ts'

const text = z.string().nullish()
const Item = z.looseObject({
  key: z.string(),
  data: z.looseObject({ itemType: z.string(), title: text, DOI: text, extra: text, archiveID: text }),
})
const Items = z.array(Item)
type Item = z.infer<typeof Item>

const State = z.object({
  v: z.literal(1),
  /** The library's version up to which everything was read. */
  version: z.number(),
  /** Items in the library by its own count. */
  total: z.number(),
})

const pageSize = 100
const mostPages = 300
/** What a library holds besides papers. */
const skipped = new Set(['attachment', 'note', 'annotation'])

export interface ZoteroLibrary {
  readonly group: string
  /** The key of one collection; undefined: the whole library. */
  readonly collection: string | undefined
}

/**
 * A group's library at Zotero, or one of its collections. What changed since a version is asked for; papers without an
 * abstract come too. `Backoff` is passed on. Source: Zotero's Web API, version 3.
 */
export function zotero(
  http: Http,
  base: string,
  { group, collection }: ZoteroLibrary,
  key: string | undefined,
): Source {
  const place = collection === undefined ? '' : `/collections/${collection}`
  const headers = { 'zotero-api-version': '3', ...(key === undefined ? {} : { 'zotero-api-key': key }) }
  const page = (since: number, start: number, signal?: AbortSignal): Promise<HttpAnswer> => {
    const query = { since: String(since), limit: String(pageSize), start: String(start), format: 'json' }
    // On the first page alone: later ones belong to the same version, or the list is begun anew.
    const unchanged = start === 0 && since > 0 ? { 'if-modified-since-version': String(since) } : {}
    const url = `${base}/groups/${group}${place}/items/top?${new URLSearchParams(query)}`
    return http.get(url, { lane: 'zotero', signal, headers: { ...headers, ...unchanged } })
  }
  return {
    async fetch(earlier, { signal }) {
      const last = State.safeParse(earlier).data ?? { v: 1 as const, version: 0, total: 0 }
      const first = await page(last.version, 0, signal)
      const { notBefore } = first
      if (first.bytes === undefined) return { ...batchOf(last.total), papers: [], state: last, notBefore }
      const { items, total, version } = await rest(first, start => page(last.version, start, signal))
      const papers = papersOf(items.filter(isPaperItem).map(item => recordOf(item, group)))
      const state = { v: 1 as const, version, total: Math.max(total, last.total) }
      return { ...batchOf(total, items.length), papers, state, notBefore }
    },
  }
}

/** All items of one version of the library. */
async function rest(first: HttpAnswer, page: (start: number) => Promise<HttpAnswer>) {
  const version = numberIn(first, 'last-modified-version')
  const total = numberIn(first, 'total-results')
  const itemsOf = ({ bytes }: HttpAnswer) => parsedJson(Items, bytes ?? Buffer.alloc(0), 'Zotero’s answer')
  const items = itemsOf(first)
  for (let pages = 1; items.length < total && pages < mostPages; pages++) {
    const next = await page(items.length)
    if (numberIn(next, 'last-modified-version') !== version)
      throw new SourceError('unreachable', 'the Zotero library changed while it was read')
    const found = itemsOf(next)
    if (found.length === 0)
      throw new SourceError('unreachable', `Zotero sends ${items.length} of ${total} items`)
    items.push(...found)
  }
  return { items, total, version }
}

const batchOf = (announced: number, taken = announced) => ({
  batches: [{ part: '', day: undefined, announced, taken }],
  more: false,
})

function numberIn({ headers }: HttpAnswer, name: string): number {
  const value = Number(headers.get(name) ?? Number.NaN)
  if (!Number.isSafeInteger(value)) throw new SourceError('unreadable', `Zotero’s answer lacks ${name}`)
  return value
}

const isPaperItem = ({ data }: Item): boolean => !skipped.has(data.itemType) && Boolean(data.title?.trim())

function recordOf({ key, data }: Item, group: string): unknown {
  const said = `${data.archiveID ?? ''} ${data.extra ?? ''}`.match(/arXiv:\s?(\S{1,40})/i)?.[1]
  const arxiv = said === undefined ? undefined : arxivIdOf(said)
  return { ...data, id: arxiv ?? (data.DOI?.trim() || `zotero:${group}/${key}`), arxiv }
}
