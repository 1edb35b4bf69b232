import type { Paper } from '../../corpus/paper.ts'
import type { Http } from '../http/client.ts'
import { isPaper, paperOf } from '../records.ts'
import { type Listing, type ListingEntry, readListing } from './listing.ts'
import { type OaiPage, type OaiRange, readOai } from './oai.ts'
import { type FeedItem, readRss } from './rss.ts'

/** Where arXiv is. */
export interface ArxivAddresses {
  /** Pages for people, which count what they list. */
  readonly site: string
  readonly api: string
  readonly oai: string
  readonly rss: string
}

/** Entries of a listing's page. */
const pageSize = 2_000
const mostPages = 20

/** What is asked of arXiv. Every call goes through the one lane that its API, OAI-PMH, RSS and pages share. */
export interface Arxiv {
  /** The announcement that is current for the category: by its own date and count. */
  announced(category: string, signal?: AbortSignal): Promise<Listing>
  /** The announcement of one date, up to 90 days back. A date without one has no entries. */
  announcedOn(category: string, date: string, signal?: AbortSignal): Promise<Listing>
  feed(category: string, signal?: AbortSignal): Promise<FeedItem[]>
  harvest(range: OaiRange, token: string | undefined, signal?: AbortSignal): Promise<OaiPage>
}

export function openArxiv(http: Http, { site, oai, rss }: ArxivAddresses): Arxiv {
  const get = async (url: string, signal: AbortSignal | undefined): Promise<Buffer> =>
    (await http.get(url, { lane: 'arxiv', signal })).bytes ?? Buffer.alloc(0)
  const listing = async (url: (page: number) => string, signal: AbortSignal | undefined) => {
    let read = await readListing((await get(url(0), signal)).toString('utf8'))
    for (let page = 1; read.entries.length < read.total && page < mostPages; page++) {
      const next = await readListing((await get(url(page), signal)).toString('utf8'))
      // It changed between two pages: what was read so far belongs to another day.
      if (next.date !== read.date) return next
      const known = new Set(read.entries.map(entry => entry.id))
      if (!next.entries.some(entry => !known.has(entry.id))) break
      read = { ...read, entries: [...read.entries, ...next.entries] }
    }
    return read
  }
  return {
    announced: (category, signal) =>
      listing(page => `${site}/list/${category}/new?skip=${page * pageSize}&show=${pageSize}`, signal),
    announcedOn: (category, date, signal) =>
      listing(page => `${site}/catchup/${category}/${date}?abs=True&page=${page + 1}`, signal),
    feed: async (category, signal) => readRss(await get(`${rss}/${category}`, signal)),
    harvest: async (range, token, signal) => readOai(await get(oaiUrl(oai, range, token), signal)),
  }
}

function oaiUrl(base: string, { set, from }: OaiRange, token: string | undefined): string {
  const query =
    token === undefined
      ? { verb: 'ListRecords', metadataPrefix: 'arXivRaw', set, from }
      : { verb: 'ListRecords', resumptionToken: token }
  return `${base}?${new URLSearchParams(query)}`
}

/** The paper of an entry; undefined when it lacks what makes one. The listing has no date of submission. */
export function listedPaper(entry: ListingEntry, date: string): Paper | undefined {
  const { kind, id, title, authors, abstract, categories, venue } = entry
  const paper = paperOf({
    id,
    arxiv: id,
    title,
    abstract,
    authors,
    categories,
    venue,
    url: `https://arxiv.org/abs/${id}`,
    published: kind === 'new' ? date : monthOf(id),
  })
  return isPaper(paper) ? paper : undefined
}

/** The month in which it was submitted, as its identifier says. */
function monthOf(id: string): string | undefined {
  const [, year, month] = /^(?:[a-z-]+\/)?(\d\d)(\d\d)/.exec(id) ?? []
  if (year === undefined) return undefined
  return `${Number(year) > 90 ? '19' : '20'}${year}-${month}`
}
