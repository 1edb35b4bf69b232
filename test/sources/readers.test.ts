import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readListing } from '../../src/sources/arxiv/listing.ts'
import { readOai } from '../../src/sources/arxiv/oai.ts'
import { readRss } from '../../src/sources/arxiv/rss.ts'
import { pauseAsked } from '../../src/sources/http/retry-after.ts'
import { SourceError } from '../../src/sources/port.ts'
import { parseSpec, SourceSpec, sourceName } from '../../src/sources/spec.ts'
import { catchupPage, type Kind, newPage, oai, rss } from './arxiv-shapes.ts'
import { entryOf } from './arxiv-world.ts'

const listed = (['new', 'new', 'cross', 'replacement'] as Kind[]).map((kind, i) => ({
  kind,
  entry: entryOf(`2611.0000${i}`, ['cs.CL', 'stat.ML'], '2026-11-13'),
}))

const orError = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
}

describe('arXiv’s listing', () => {
  it('is read with its date, its sections and its count', async () => {
    for (const page of [newPage('cs.CL', '2026-11-17', listed), catchupPage('cs.CL', '2026-11-17', listed)]) {
      const { date, total, entries } = await readListing(page)
      expect({ date, total }).toEqual({ date: '2026-11-17', total: 4 })
      expect(entries.map(entry => [entry.kind, entry.id])).toEqual(
        listed.map(one => [one.kind, one.entry.id]),
      )
      expect(entries[0]).toMatchObject({
        title: 'Paper 2611.00000 on caching & “sparse” attention',
        authors: ['Ada Lovelace', 'Alan Turing', 'José Núñez'],
        categories: ['cs.CL', 'stat.ML'],
        abstract: 'We study question 2611.00000 with 10 < n < 20 examples. The result of 2611.00000 holds.',
      })
    }
  })

  it('may be empty when it says so', async () => {
    expect(await readListing(newPage('cs.CL', '2026-11-17', []))).toEqual({
      date: '2026-11-17',
      total: 0,
      entries: [],
    })
    expect(await readListing(catchupPage('cs.CL', '2026-11-26', []))).toMatchObject({
      date: '2026-11-26',
      total: 0,
    })
  })

  it('is never taken for another than it is, wherever it breaks off', async () => {
    const page = newPage('cs.CL', '2026-11-17', listed)
    const whole = await readListing(page)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: page.length }),
        fc.integer({ min: 0, max: 400 }),
        async (at, cut) => {
          const read = await orError(() => readListing(page.slice(0, at) + page.slice(at + cut)))
          if (read instanceof SourceError) expect(read.kind).toBe('unreadable')
          // What is cut inside of texts is not noticed; papers that are missing are.
          else expect(read).toMatchObject({ date: whole.date, total: whole.total })
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('answers of any bytes', () => {
  it('are read or refused', async () => {
    const sound = [
      newPage('cs.CL', '2026-11-17', listed),
      rss('cs.CL', '2026-11-17', '2026-11-17', listed),
      oai(
        listed.map(({ entry }) => ({ entry, datestamp: '2026-11-17' })),
        undefined,
      ),
    ]
    const bytes = fc.oneof(
      fc.string({ maxLength: 500 }),
      fc
        .tuple(fc.constantFrom(...sound), fc.nat(4_000), fc.string({ maxLength: 20 }))
        .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async text => {
        await orError(() => readListing(text))
        await orError(() => readRss(Buffer.from(text)))
        await orError(() => readOai(Buffer.from(text)))
      }),
      { numRuns: 300 },
    )
  })
})

describe('a feed', () => {
  const feedOf = (items: string, declaration = '') =>
    `${declaration}<rss version="2.0"><channel><title>Ours</title>${items}</channel></rss>`
  const item = '<item><title>A paper</title><link>http://x.example/1</link></item>'

  it('of a million entries is read as far as anybody wants it', async () => {
    for (const one of ['<item/>', item]) {
      const bytes = Buffer.from(feedOf(one.repeat(1_000_000)))
      let turns = 0
      let isOver = false
      const count = () => {
        turns++
        if (!isOver) setImmediate(count)
      }
      setImmediate(count)
      const before = process.memoryUsage().heapUsed
      const items = await readRss(bytes, 'the feed', 2_000)
      isOver = true
      expect(items).toHaveLength(one === item ? 2_000 : 0)
      // All of it would be a thousand slices, and some hundred megabytes.
      expect(turns).toBeLessThan(200)
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(200 * 2 ** 20)
    }
  })

  it('of more entries than any service sends is refused where all of them are wanted', async () => {
    const bytes = Buffer.from(feedOf(item.repeat(100_000)))
    await expect(readRss(bytes)).rejects.toMatchObject({
      kind: 'unreadable',
      message: 'arXiv’s RSS has more than 20,000 entries',
    })
  })

  it.each([
    ['ISO-8859-1', 'latin1'],
    ['windows-1252', 'latin1'],
    ['UTF-8', 'utf8'],
  ] as const)('is read in the encoding that it declares: %s', async (declared, encoding) => {
    const text = feedOf(
      '<item><title>Über Zöpfe</title><link>http://x.example/1</link></item>',
      `<?xml version="1.0" encoding="${declared}"?>`,
    )
    const [one] = await readRss(Buffer.from(text, encoding))
    expect(one?.paper.title).toBe('Über Zöpfe')
  })
})

describe('what names a source', () => {
  it.each([
    ['arxiv cs.CL cs.IR', 'arxiv cs.CL cs.IR'],
    ['arxiv cs.CL,cs.IR cs.CL', 'arxiv cs.CL cs.IR'],
    ['arxiv cat:cs.CL AND abs:cache', 'arxiv cat:cs.CL AND abs:cache'],
    ['hf-daily', 'hf-daily'],
    ['biorxiv Neuroscience', 'biorxiv neuroscience'],
    ['medrxiv', 'medrxiv'],
    ['openreview ICLR.cc/2027/Conference', 'openreview ICLR.cc/2027/Conference'],
    ['rss https://lab.example.org/feed.xml', 'rss https://lab.example.org/feed.xml'],
    ['zotero 77/ABCD2345', 'zotero 77/ABCD2345'],
    ['openalex authorships.institutions.ror:01abc', 'openalex authorships.institutions.ror:01abc'],
    ['folder /srv/papers', 'folder /srv/papers'],
  ])('%s', (words, name) => {
    const [kind = '', ...rest] = words.split(' ')
    const spec = parseSpec(kind, rest)
    expect(sourceName(spec)).toBe(name)
    expect(SourceSpec.parse(JSON.parse(JSON.stringify(spec)))).toEqual(spec)
  })

  it.each([
    ['arxiv', 'The categories'],
    ['arxiv ../../etc', 'The categories'],
    ['rss file:///etc/passwd', 'The url'],
    ['zotero lab', 'The group'],
    ['biorxiv ../x', 'The subject'],
    ['openreview a b', 'The venue'],
    ['twitter x', 'There is no kind of source'],
  ])('refuses %s', (words, why) => {
    const [kind = '', ...rest] = words.split(' ')
    expect(() => parseSpec(kind, rest)).toThrow(why)
  })
})

describe('a pause that is asked for', () => {
  const asked = (headers: Record<string, string>) =>
    pauseAsked(new Headers(headers), Date.parse('2026-11-17T00:00:00Z'))
  it('is read in seconds or as a date, and bounded', () => {
    expect(asked({ 'retry-after': '120' })).toBe(120_000)
    expect(asked({ 'retry-after': 'Tue, 17 Nov 2026 00:10:00 GMT' })).toBe(600_000)
    expect(asked({ backoff: '30', 'retry-after': '10' })).toBe(30_000)
    expect(asked({ 'retry-after': 'soon' })).toBe(0)
    expect(asked({ 'retry-after': 'Mon, 16 Nov 2026 00:10:00 GMT' })).toBe(0)
    expect(asked({ 'retry-after': '999999999' })).toBe(86_400_000)
  })
})
