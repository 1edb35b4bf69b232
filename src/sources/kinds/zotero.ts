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
      const items: Item[] = []
      let version: number | undefined
      let total = 0
      let notBefore: number | undefined
      for (let pages = 0; pages < mostPages; pages++) {
        const answer = await page(last.version, items.length, signal)
        notBefore = answer.notBefore
        if (answer.bytes === undefined) return { ...batchOf(last.total), papers: [], state: last, notBefore }
        const at = numberIn(answer, 'last-modified-version')
        if (version !== undefined && at !== version)
          throw new SourceError('unreachable', 'the Zotero library changed while it was read')
        version = at
        total = numberIn(answer, 'total-results')
        const found = parsedJson(Items, answer.bytes, 'Zotero’s answer')
        items.push(...found)
        if (items.length >= total) break
        if (found.length === 0)
          throw new SourceError('unreachable', `Zotero sends ${items.length} of ${total} items`)
      }
      const papers = papersOf(items.filter(isPaperItem).map(item => recordOf(item, group)))
      const state = { v: 1 as const, version: version ?? last.version, total: Math.max(total, last.total) }
      return { ...batchOf(total, items.length), papers, state, notBefore }
    },
  }
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
