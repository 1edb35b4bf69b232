import { describe, expect, it } from 'vitest'
import { at, json, sourceOn } from './source-on.ts'

describe('Hugging Face’s daily papers', () => {
  const paper = (id: string, day: string) => ({
    paper: {
      id,
      title: `Daily ${id}`,
      summary: `About ${id}.`,
      authors: [{ _id: 'x', name: 'Ada Lovelace', hidden: false }],
      publishedAt: '2026-11-12T10:00:00.000Z',
      submittedOnDailyAt: `${day}T01:00:00.000Z`,
      upvotes: 3,
    },
    publishedAt: '2026-11-12T10:00:00.000Z',
    title: `Daily ${id}`,
    numComments: 1,
  })

  it('reads a day that fills, goes back to it, and is quiet at weekends', async () => {
    const days = new Map<string, { from: number; ids: string[] }[]>([
      ['2026-11-16', [{ from: 0, ids: ['2611.00001'] }]],
      [
        '2026-11-17',
        [
          { from: at('2026-11-17T03:00:00Z'), ids: ['2611.00002', '2611.00003'] },
          { from: at('2026-11-18T02:20:00Z'), ids: ['2611.00004'] },
        ],
      ],
      ['2026-11-18', [{ from: at('2026-11-18T02:40:00Z'), ids: ['2611.00005'] }]],
      ['2026-11-20', [{ from: at('2026-11-20T02:00:00Z'), ids: ['2611.00006'] }]],
    ])
    const { source } = await sourceOn(['hf-daily'], 'HUGGINGFACE_URL', (url, now) => {
      const visible = [...days].map(
        ([day, parts]) => [day, parts.filter(part => part.from <= now).flatMap(part => part.ids)] as const,
      )
      const wanted = url.searchParams.get('date')
      const shown =
        wanted === null
          ? visible.toReversed().find(([, ids]) => ids.length > 0)
          : visible.find(([day]) => day === wanted)
      const page = Number(url.searchParams.get('p') ?? 0)
      return json(page > 0 ? [] : (shown?.[1] ?? []).map(id => paper(id, shown?.[0] ?? '')))
    })
    await source.until('2026-11-16T13:00:00Z')
    expect(source.heard).toEqual([])
    await source.until('2026-11-18T12:00:00Z')
    expect(source.heard.toSorted()).toEqual(['2611.00002', '2611.00003', '2611.00004', '2611.00005'])
    await source.until('2026-11-22T12:00:00Z')
    expect(source.heard).toContain('2611.00006')
    expect(await source.word()).toBe('quiet')
  })

  it('says so when its answer has another shape', async () => {
    const { source } = await sourceOn(['hf-daily'], 'HUGGINGFACE_URL', () => json({ papers: [] }))
    await source.until('2026-11-16T13:00:00Z')
    expect(await source.state()).toBe('failing: Hugging Face’s daily papers has another shape than expected')
  })
})

describe('bioRxiv', () => {
  const posting = (doi: string, date: string, version = '1') => ({
    doi,
    title: `On neurons ${doi}`,
    authors: 'Lovelace, A.; Turing, A. M.',
    author_corresponding: 'Ada Lovelace',
    date,
    version,
    type: 'new results',
    license: 'cc_by',
    category: 'neuroscience',
    abstract: `Neurons of ${doi}.`,
    published: 'NA',
    server: 'bioRxiv',
  })

  it('reads pages of 30 until as many came as there are, and takes first versions', async () => {
    const all = [
      ...Array.from({ length: 70 }, (_, i) => posting(`10.1101/2026.11.13.${i}`, '2026-11-13')),
      ...Array.from({ length: 65 }, (_, i) => posting(`10.1101/2026.11.16.${i}`, '2026-11-16')),
      posting('10.1101/2026.10.01.1', '2026-11-16', '2'),
    ]
    let short = false
    const { source, heard } = await sourceOn(['biorxiv', 'neuroscience'], 'BIORXIV_URL', (url, now) => {
      const [, , , from = '', to = '', cursor = '0'] = url.pathname.split('/')
      const visible = all.filter(
        one => one.date >= from && one.date <= to && at(`${one.date}T22:00:00Z`) <= now,
      )
      if (visible.length === 0) return json({ messages: [{ status: 'no posts found' }], collection: [] })
      const page = visible.slice(Number(cursor), Number(cursor) + (short ? 0 : 30))
      return json({
        messages: [
          {
            status: 'ok',
            interval: `${from}:${to}`,
            cursor,
            count: page.length,
            total: String(visible.length),
          },
        ],
        collection: page,
      })
    })
    await source.until('2026-11-16T13:00:00Z')
    expect(source.heard).toEqual([])
    short = true
    await source.until('2026-11-17T00:00:00Z')
    expect(source.heard).toEqual([])
    short = false
    await source.until('2026-11-17T14:00:00Z')
    expect(new Set(source.heard)).toEqual(new Set(all.slice(70, 135).map(one => one.doi)))
    expect(await source.state()).toBe('fresh: all 66 papers of Monday 16 November are here')
    expect(heard[0]?.url.search).toBe('?category=neuroscience')
    const [first] = await source.store.papers.list('', { limit: 1 })
    expect(first?.paper.authors).toEqual(['A. Lovelace', 'A. M. Turing'])
  })
})

describe('OpenReview', () => {
  const note = (i: number, v2: boolean) => {
    const value = (text: unknown) => (v2 ? { value: text } : text)
    return {
      id: `note${i}`,
      forum: `note${i}`,
      cdate: 1_790_000_000_000,
      content: {
        title: value(`Submission ${i}`),
        abstract: value('We learn.'),
        authors: value(['Ada Lovelace']),
      },
    }
  }

  it.each([true, false])('reads a venue in either version of its API (second: %s)', async v2 => {
    let count = 1_005
    const { source, ids } = await sourceOn(
      ['openreview', 'ICLR.cc/2027/Conference'],
      'OPENREVIEW_URL=/v2 OPENREVIEW_V1_URL=/v1',
      url => {
        if (url.pathname !== (v2 ? '/v2/notes' : '/v1/notes')) return json({ notes: [], count: 0 })
        expect(url.searchParams.get('content.venueid')).toBe('ICLR.cc/2027/Conference')
        const from = Number(url.searchParams.get('offset'))
        const notes = Array.from({ length: Math.min(1_000, count - from) }, (_, i) => note(from + i, v2))
        return json({ notes, count })
      },
    )
    await source.until('2026-11-16T12:30:00Z')
    expect(source.heard).toEqual([])
    expect((await ids()).length).toBe(1_000)
    count = 1_007
    await source.until('2026-11-16T22:00:00Z')
    expect(source.heard.toSorted()).toEqual(['note1005', 'note1006'])
    expect(await source.state()).toBe('fresh: all 1007 of its papers are here')
  })
})

describe('a feed', () => {
  const rss = (
    items: readonly (readonly [string, string])[],
  ) => `<?xml version="1.0"?><rss version="2.0"><channel>
<title>Our group</title>${items.map(([id, date]) => `<item><title>Paper ${id}</title><link>https://lab.example.org/${id}</link><guid>${id}</guid><pubDate>${date}</pubDate><description>About ${id}.</description></item>`).join('')}</channel></rss>`

  it('announces an item once, whatever becomes of its date, and asks with what it was told', async () => {
    let items: [string, string][] = [['a', 'Mon, 16 Nov 2026 08:00:00 GMT']]
    let not = 0
    const { source } = await sourceOn(['rss', 'SITE/feed.xml'], '', (_url, _now, { headers }) => {
      const etag = `"${items.join()}"`
      if (headers['if-none-match'] === etag) {
        not++
        return { status: 304 }
      }
      return { headers: { etag }, body: rss(items) }
    })
    await source.until('2026-11-16T14:00:00Z')
    expect(not).toBeGreaterThan(2)
    items = [['b', 'Mon, 16 Nov 2026 07:00:00 GMT'], ...items]
    await source.until('2026-11-16T16:00:00Z')
    items = [['b', 'Tue, 17 Nov 2026 07:00:00 GMT']]
    await source.until('2026-11-16T18:00:00Z')
    items = [['a', 'Wed, 18 Nov 2026 07:00:00 GMT'], ...items]
    await source.until('2026-11-16T20:00:00Z')
    expect(source.heard).toEqual(['b'])
    expect(await source.word()).toBe('fresh')
  })

  it('is read with ampersands as they are typed, and expands no entities', async () => {
    const body = rss([
      ['a & b', 'x'],
      ['&b;', 'x'],
    ]).replace('<rss', '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss')
    const { source } = await sourceOn(['rss', 'SITE/feed.xml'], '', () => ({ body }))
    await source.until('2026-11-16T12:10:00Z')
    const stored = await source.store.papers.list('', { limit: 9 })
    expect(stored.map(({ paper }) => paper.title).toSorted()).toEqual(['Paper &b;', 'Paper a & b'])
  })

  it.each([
    ['a page for people', '<!doctype html><html><body><p>We have moved</body></html>'],
    ['nothing', ''],
    ['a feed that breaks off', rss([['a', 'x']]).slice(0, 200)],
  ])('fails, and is not taken for empty, when it is %s', async (_name, body) => {
    const { source } = await sourceOn(['rss', 'SITE/feed.xml'], '', () => ({ body }))
    await source.until('2026-11-16T12:10:00Z')
    expect(await source.state()).toMatch(/^failing: the feed is no /)
  })
})
