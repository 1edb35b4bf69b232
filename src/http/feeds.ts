import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { LRUCache } from 'lru-cache'
import type { BotContext } from '../bot/context.ts'
import { paperRef } from '../corpus/ids.ts'
import { Failure } from '../errors.ts'
import { type FeedFormat, type FeedKind, feedFormats, feedText } from '../features/feeds/feed-text.ts'
import { feedAddress, isFeedKey } from '../features/feeds/keys.ts'
import { openPlaces } from '../features/sharing/places.ts'

export interface FeedsAt {
  /** Where the routes are reached from outside; undefined: there are none. */
  readonly publicUrl: string | undefined
  /** Monotonic, in ms. */
  readonly now?: () => number
}

/** Posts of a feed: what is older its readers have seen. */
const mostPosts = 100
/** Requests with one key in a minute: a feed is asked for once in a while. */
const mostRequests = 60
/** Feeds that are made at once; the others are asked to come back. */
const mostAtOnce = 4
const minute = 60_000

const names: ReadonlyMap<string, { readonly kind: FeedKind; readonly format: FeedFormat }> = new Map(
  (['shares', 'picks'] as const).flatMap(kind =>
    (['rss', 'json', 'bib'] as const).map(format => [`${kind}.${format}`, { kind, format }] as const),
  ),
)

/**
 * `/feeds/KEY/shares.rss`, and `picks`, `.json`, `.bib`: what a server shared or picked where everybody in it can see it, for
 * whoever knows its key. A key that is not known, or no more, and a name that is none are answered alike.
 */
export function feedRoutes(
  bot: Pick<BotContext, 'store' | 'libraries' | 'channels'>,
  { publicUrl, now = () => performance.now() }: FeedsAt,
): Hono {
  const { store, libraries } = bot
  const app = new Hono()
  if (publicUrl === undefined) return app
  // Without a resolution of its own: its timer knows nothing of the clock that is given.
  const counts = new LRUCache<string, number>({ max: 10_000, ttl: minute, ttlResolution: 0, perf: { now } })
  let running = 0

  const made = async (key: string, kind: FeedKind, format: FeedFormat): Promise<string | undefined> => {
    const guildId = await store.feeds.guildOf(key)
    if (guildId === undefined) return undefined
    const places = await openPlaces(guildId, undefined, bot)
    const posts = await store.reading.latest(guildId, kind === 'picks' ? 'pick' : 'share', places, mostPosts)
    const library = await libraries.whole(guildId)
    await library.search.prepare({ refs: posts.flatMap(({ paperIds }) => paperIds.map(paperRef)) })
    const items = posts.flatMap(({ id, paperIds, at }) =>
      paperIds.flatMap(paperId => {
        const paper = library.paper(paperRef(paperId))
        return paper === undefined ? [] : [{ id: `${id}/${paper.id}`, paper, at }]
      }),
    )
    return feedText({ kind, url: feedAddress(publicUrl, key, kind, format), items }, format)
  }

  app.get('/feeds/:key/:name', async c => {
    const { key, name } = c.req.param()
    const asked = names.get(name)
    if (asked === undefined || !isFeedKey(key)) return c.text('not found', 404)
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count, { noUpdateTTL: true })
    if (count > mostRequests) return c.text('too many requests', 429, { 'retry-after': '60' })
    if (running >= mostAtOnce) return c.text('busy', 503, { 'retry-after': '10' })
    running += 1
    try {
      return answer(c, await made(key, asked.kind, asked.format), asked.format)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      return c.text('busy', 503, { 'retry-after': '60' })
    } finally {
      running -= 1
    }
  })
  return app
}

function answer(c: Context, body: string | undefined, format: FeedFormat): Response {
  if (body === undefined) return c.text('not found', 404)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  const headers = {
    etag,
    // What was erased must not be shown from a cache.
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  }
  if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers)
  return c.body(body, 200, { ...headers, 'content-type': feedFormats[format] })
}

/** A cache in between may have made it weak. */
const isKnown = (header: string | undefined, etag: string): boolean =>
  (header ?? '')
    .slice(0, 1_000)
    .split(',')
    .some(one => one.trim().replace(/^W\//u, '') === etag || one.trim() === '*')
