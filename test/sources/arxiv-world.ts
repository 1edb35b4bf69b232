import type { Entry, Kind, Listed } from './arxiv-shapes.ts'
import * as shapes from './arxiv-shapes.ts'
import { type Answer, type Heard, type Loopback, startLoopback } from './loopback.ts'

export interface Announcement {
  readonly category: string
  readonly day: string
  /** From when on the listing shows it, epoch ms. */
  readonly at: number
  readonly listed: Listed[]
}

/** What the site does instead of what it should, for some requests and some time. */
export interface Fault {
  readonly on: RegExp
  readonly from: string
  readonly until: string
  readonly answer: (heard: Heard, world: World) => Answer
}

export interface World {
  readonly url: string
  readonly heard: Loopback['heard']
  readonly faults: Fault[]
  /** Announces papers; `at` defaults to 20:00 in New York on the evening before. */
  announce(category: string, day: string, listed: readonly (readonly [Kind, string])[], at?: string): void
  /** Says what a paper is about, before it is announced. */
  paper(id: string, text: { title: string; abstract: string }): void
  /** Identifiers of new and cross-listed papers of those days, in all categories. */
  idsOf(...days: string[]): Set<string>
  current(category: string): Announcement | undefined
  on(category: string, day: string): readonly Listed[]
  /** What it answers when nothing is wrong. */
  normal(url: URL): Answer
  /** The page that shows an announcement. */
  listing(announcement: Announcement): string
  close(): Promise<void>
}

export const html = (body: string): Answer => ({
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
})
export const xml = (body: string): Answer => ({ headers: { 'content-type': 'application/xml' }, body })

/** A paper by its number: titles and abstracts are all different. */
export function entryOf(id: string, categories: readonly string[], submitted: string): Entry {
  return {
    id,
    title: `Paper ${id} on caching & “sparse” attention`,
    abstract: `We study question ${id} with 10 < n < 20 examples. The result of ${id} holds.`,
    authors: ['Ada Lovelace', 'Alan Turing', 'José Núñez'],
    categories,
    submitted,
  }
}

/** A site that behaves as arXiv, at the moved clock's time. */
export async function startArxiv(now: () => number): Promise<World> {
  const announcements: Announcement[] = []
  const entries = new Map<string, Entry>()
  const faults: Fault[] = []
  const texts = new Map<string, { title: string; abstract: string }>()

  const answer = (heard: Heard): Answer => {
    const fault = faults.find(
      one =>
        one.on.test(heard.url.pathname + heard.url.search) &&
        now() >= Date.parse(one.from) &&
        now() < Date.parse(one.until),
    )
    return fault?.answer(heard, world) ?? normal(heard.url)
  }
  const normal = (url: URL): Answer => {
    const [, kind, category = '', day = ''] = url.pathname.split('/')
    const current = world.current(category)
    if (kind === 'list' && current !== undefined)
      return html(shapes.newPage(category, current.day, current.listed))
    if (kind === 'catchup') {
      if (now() - Date.parse(`${day}T00:00:00Z`) > 90 * 86_400_000)
        return { status: 400, body: '<h1>Catchup only allowed for past 90 days</h1>' }
      return html(shapes.catchupPage(category, day, world.on(category, day)))
    }
    if (kind === 'rss' && current !== undefined)
      return xml(shapes.rss(category, current.day, current.day, current.listed))
    if (kind === 'oai') return xml(harvest(url.searchParams))
    if (kind === 'api') return xml(found(url.searchParams))
    return { status: 404, body: 'no such page' }
  }
  const harvest = (query: URLSearchParams): string => {
    const [from = '', start] = query.get('resumptionToken')?.split('|') ?? [query.get('from') ?? '', '0']
    const seen = announcements
      .filter(one => one.at <= now())
      .flatMap(({ day, listed }) => listed.map(({ entry }) => ({ entry, datestamp: day })))
      .filter(({ datestamp }) => datestamp >= from)
    const size = 3
    const at = Number(start)
    const more = at + size < seen.length
    if (seen.length === 0) return shapes.oaiError('noRecordsMatch', 'none')
    return shapes.oai(
      seen.slice(at, at + size),
      seen.length <= size
        ? undefined
        : { text: more ? `${from}|${at + size}` : '', total: seen.length, cursor: at },
    )
  }
  const found = (query: URLSearchParams): string => {
    const from = /submittedDate:\[(\d{8})/.exec(query.get('search_query') ?? '')?.[1] ?? ''
    const visible = [
      ...new Map(
        announcements
          .filter(one => one.at <= now())
          .flatMap(one =>
            one.listed.filter(({ kind }) => kind === 'new').map(({ entry }) => [entry.id, entry]),
          ),
      ).values(),
    ]
      .filter(entry => entry.submitted.replaceAll('-', '') >= from)
      .toSorted((a, b) => (a.submitted < b.submitted ? 1 : -1))
    const start = Number(query.get('start'))
    return shapes.atom(visible.slice(start, start + Number(query.get('max_results'))), visible.length, start)
  }

  const server = await startLoopback(answer)
  const world: World = {
    url: server.url,
    heard: server.heard,
    faults,
    announce(category, day, listed, at) {
      const evening = Temporal.PlainDate.from(day)
        .subtract({ days: 1 })
        .toZonedDateTime({ timeZone: 'America/New_York', plainTime: '20:00' })
      const submitted = Temporal.PlainDate.from(day).subtract({ days: 2 }).toString()
      announcements.push({
        category,
        day,
        at: at === undefined ? evening.epochMilliseconds : Date.parse(at),
        listed: listed.map(([kind, id]) => {
          const entry = entries.get(id) ?? {
            ...entryOf(id, [category, 'cs.AI'], submitted),
            ...texts.get(id),
          }
          entries.set(id, entry)
          return { kind, entry }
        }),
      })
    },
    paper: (id, text) => void texts.set(id, text),
    idsOf: (...days) =>
      new Set(
        announcements
          .filter(one => days.includes(one.day))
          .flatMap(one =>
            one.listed.filter(({ kind }) => kind !== 'replacement').map(({ entry }) => entry.id),
          ),
      ),
    current: category =>
      announcements
        .filter(one => one.category === category && one.at <= now())
        .toSorted((a, b) => a.at - b.at)
        .at(-1),
    on: (category, day) =>
      announcements.find(one => one.category === category && one.day === day && one.at <= now())?.listed ??
      [],
    normal,
    listing: one => shapes.newPage(one.category, one.day, one.listed),
    close: server.close,
  }
  return world
}
