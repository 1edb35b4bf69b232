import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { json, sourceOn } from './source-on.ts'

describe('Zotero', () => {
  const item = (key: string, version: number, data: Record<string, unknown>) => ({
    key,
    version,
    library: { type: 'group', id: 77, name: 'Lab' },
    data: { key, version, itemType: 'journalArticle', ...data },
  })

  it('reads what changed since a version, items without an abstract too, and keeps its pauses', async () => {
    let version = 10
    let backoff = ''
    const items = [
      item('AAAAAAA1', 3, {
        title: 'A paper in Zotero',
        creators: [{ creatorType: 'author', firstName: 'Ada', lastName: 'Lovelace' }],
        abstractNote: 'Its abstract.',
        date: '2026-10-05',
        DOI: '10.1/a',
      }),
      ...Array.from({ length: 120 }, (_, i) => item(`B${1_000_000 + i}`, 4, { title: `Filler ${i}` })),
      item('AAAAAAA2', 5, { itemType: 'attachment', title: 'PDF' }),
    ]
    const { source, heard, ids } = await sourceOn(
      ['zotero', '77'],
      'ZOTERO_URL',
      (url, _now, { headers }) => {
        const common: Record<string, string> = {
          'last-modified-version': String(version),
          ...(backoff === '' ? {} : { backoff }),
        }
        if (Number(headers['if-modified-since-version']) === version) return { status: 304, headers: common }
        const since = Number(url.searchParams.get('since'))
        const changed = items.filter(one => one.version > since)
        const start = Number(url.searchParams.get('start'))
        return json(changed.slice(start, start + 100), { ...common, 'total-results': String(changed.length) })
      },
    )
    await source.until('2026-11-16T12:30:00Z')
    expect(heard[0]?.url.pathname).toBe('/groups/77/items/top')
    expect((await ids()).length).toBe(121)
    expect((await source.store.papers.get('', '10.1/a'))?.paper).toMatchObject({
      authors: ['Ada Lovelace'],
      abstract: 'Its abstract.',
      published: '2026-10-05',
    })
    version = 12
    items.push(
      item('CCCCCCC1', 12, {
        itemType: 'preprint',
        title: 'A new preprint',
        archiveID: 'arXiv:2611.00042',
        extra: '',
      }),
      item('CCCCCCC2', 12, { title: 'No abstract, no DOI' }),
    )
    // An old one was edited: that is no news.
    items[0] = item('AAAAAAA1', 12, { ...items[0]?.data, title: 'A paper in Zotero, renamed' })
    await source.until('2026-11-16T13:00:00Z')
    expect(source.heard.toSorted()).toEqual(['2611.00042', 'zotero:77/CCCCCCC2'])
    expect((await source.store.papers.get('', '10.1/a'))?.paper.title).toBe('A paper in Zotero, renamed')
    backoff = '7200'
    await source.until('2026-11-16T13:20:00Z')
    const before = heard.length
    await source.until('2026-11-16T15:00:00Z')
    expect(heard.length).toBe(before)
    expect(await source.word()).toBe('fresh')
  })

  it('begins anew when the library changes between two pages', async () => {
    let requests = 0
    const { source, ids } = await sourceOn(['zotero', '77/ABCD2345'], 'ZOTERO_URL', url => {
      requests++
      const start = Number(url.searchParams.get('start'))
      expect(url.pathname).toBe('/groups/77/collections/ABCD2345/items/top')
      return json(
        Array.from({ length: Math.min(100, 150 - start) }, (_, i) =>
          item(`D${1_000_000 + start + i}`, 1, { title: `Item ${start + i}` }),
        ),
        { 'total-results': '150', 'last-modified-version': requests === 2 ? '8' : '7' },
      )
    })
    await source.until('2026-11-16T12:01:00Z')
    expect(await ids()).toEqual([])
    await source.until('2026-11-16T12:30:00Z')
    expect((await ids()).length).toBe(150)
    expect(source.heard).toEqual([])
  })

  it('says that a key is needed', async () => {
    const { source } = await sourceOn(['zotero', '77'], 'ZOTERO_URL', () => ({
      status: 403,
      body: 'Forbidden',
    }))
    await source.until('2026-11-16T12:01:00Z')
    expect(await source.state()).toMatch(/^failing: 127\.0\.0\.1:\d+ answers 403 \(it is not allowed\)$/)
  })
})

describe('OpenAlex', () => {
  it('reads by cursor until as many came as it counts; a date in the future closes no window', async () => {
    const work = (i: number, date: string) => ({
      id: `https://openalex.org/W${i}`,
      doi: `https://doi.org/10.1/${i}`,
      title: `Work ${i}`,
      publication_date: date,
      authorships: [{ author: { display_name: 'Ada Lovelace' } }],
      abstract_inverted_index: { We: [0], learn: [1] },
    })
    const works = [
      work(1, '2027-06-01'),
      ...Array.from({ length: 250 }, (_, i) => work(10 + i, '2026-11-10')),
    ]
    const { source } = await sourceOn(
      ['openalex', 'authorships.institutions.ror:01abc'],
      'OPENALEX_URL',
      url => {
        expect(url.searchParams.get('filter')).toMatch(
          /^authorships\.institutions\.ror:01abc,is_retracted:false,from_publication_date:2026-10-/,
        )
        const cursor = url.searchParams.get('cursor')
        const from = cursor === '*' ? 0 : Number(cursor)
        const next = from + 200 < works.length ? String(from + 200) : null
        return json({
          meta: { count: works.length, next_cursor: next },
          results: works.slice(from, from + 200),
        })
      },
    )
    await source.until('2026-11-16T13:00:00Z')
    expect(source.heard).toEqual([])
    works.push(work(999, '2026-11-15'))
    await source.until('2026-11-17T13:00:00Z')
    expect(source.heard.length).toBe(1)
    expect(await source.state()).toBe('fresh: all 252 of its papers are here')
  })
})

describe('a folder', () => {
  it('brings what is new or changed, in any format, and says what cannot be read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lectern-folder-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const line = (id: string) => `${JSON.stringify({ id, title: `Title ${id}`, abstract: 'Text.' })}\n`
    writeFileSync(join(folder, 'a.jsonl'), line('a'))
    const { source, ids } = await sourceOn(['folder', folder], '', () => ({}))
    await source.until('2026-11-16T12:05:00Z')
    expect(source.heard).toEqual([])
    writeFileSync(join(folder, 'a.jsonl'), line('a') + line('b'))
    writeFileSync(join(folder, 'c.bib'), '@article{c, title={Title c}, author={Lovelace, Ada}, year={2026}}')
    await source.until('2026-11-16T12:10:00Z')
    expect(source.heard.length).toBe(2)
    expect((await ids()).length).toBe(3)
    expect(await source.word()).toBe('fresh')
    writeFileSync(join(folder, 'd.jsonl'), '{"title": "half')
    await source.until('2026-11-16T12:12:00Z')
    expect(await source.state()).toMatch(/^failing: line 1 of a file/)
    rmSync(folder, { recursive: true })
    await source.until('2026-11-16T14:00:00Z')
    expect(await source.state()).toMatch(/^failing: the folder cannot be read/)
    expect((await ids()).length).toBe(3)
  })

  it('keeps papers apart whose rows or names are the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lectern-folder-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const table = (...titles: string[]) =>
      ['id,title,authors', ...titles.map((title, i) => `${i + 1},${title},"Ada Lovelace; Bo ${title}"`)].join(
        '\n',
      )
    const named = (title: string) => JSON.stringify([{ id: 'lovelace2026', title, author: [] }])
    writeFileSync(join(folder, 'ann.csv'), table('Bees and what they see', 'Wasps and where they go'))
    writeFileSync(join(folder, 'bob.csv'), table('Transformers read proteins well', 'Ants carry it all home'))
    writeFileSync(join(folder, 'ann.json'), named('Moths fly by starlight alone'))
    writeFileSync(join(folder, 'bob.json'), named('Spiders weave nets by night'))
    const { source } = await sourceOn(['folder', folder], '', () => ({}))
    const titles = async () =>
      (await source.store.papers.list('', { limit: 100 })).map(({ paper }) => paper.title).sort()
    await source.until('2026-11-16T12:05:00Z')
    expect(await titles()).toHaveLength(6)
    // One row more at the top: all numbers below it change.
    writeFileSync(
      join(folder, 'ann.csv'),
      table('A new paper is put on top', 'Bees and what they see', 'Wasps and where they go'),
    )
    writeFileSync(join(folder, 'bob.json'), named('Spiders weave webs by night'))
    await source.until('2026-11-16T12:10:00Z')
    expect(await titles()).toEqual([
      'A new paper is put on top',
      'Ants carry it all home',
      'Bees and what they see',
      'Moths fly by starlight alone',
      'Spiders weave webs by night',
      'Transformers read proteins well',
      'Wasps and where they go',
    ])
    expect(await source.state()).toBe('fresh: all 7 of its papers are here')
  })
})
