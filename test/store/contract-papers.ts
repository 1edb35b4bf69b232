import { describe, expect, it } from 'vitest'
import type { Paper } from '../../src/corpus/paper.ts'
import { type Cursor, type PaperChange, sharedCollection } from '../../src/store/paper-ports.ts'
import type { Store } from '../../src/store/ports.ts'
import { guild, otherGuild, type Setting } from './fixture.ts'

const paper = (id: string, change: Partial<Paper> = {}): Paper => ({
  id,
  title: `A long enough title about subject ${id}`,
  abstract: `What ${id} is about.`,
  authors: ['Ada Lovelace'],
  categories: [],
  ...change,
})

let clock = 5

const put = (
  store: Store,
  papers: readonly Paper[],
  change: { collection?: string; source?: string; at?: number } = {},
) => store.papers.upsert({ collection: sharedCollection, source: 'a.bib', at: ++clock, ...change, papers })

const outcomes = (done: readonly { outcome: string }[]) => done.map(one => one.outcome)

async function readAll(store: Store, from?: Cursor, limit?: number) {
  const changed: PaperChange[] = []
  let cursor = from
  for (let more = true; more; ) {
    const page = await store.papers.changes(cursor, limit)
    changed.push(...page.changed)
    ;({ cursor, more } = page)
  }
  return { changed, cursor: cursor as Cursor }
}

const all = (store: Store, collection = sharedCollection) => store.papers.list(collection, { limit: 100 })

/** Papers of a collection: identity, merging, what changed since when, and who sees what. */
export function paperContract(setting: () => Setting) {
  describe('papers', () => {
    describe('identity', () => identityContract(setting))
    describe('changes', () => changesContract(setting))
    describe('collections', () => collectionContract(setting))
    describe('removal', () => removalContract(setting))
  })
}

function identityContract(setting: () => Setting) {
  it('keeps a record, and knows it when it comes again', async () => {
    const { store } = setting()
    const record = paper('a', { arxiv: '2405.19320', published: '2024-05-30' })
    expect(await put(store, [record], { at: 5 })).toEqual([{ id: 'a', outcome: 'added' }])
    expect(await put(store, [record])).toEqual([{ id: 'a', outcome: 'unchanged' }])
    const found = await store.papers.get(sharedCollection, 'a')
    expect(found).toMatchObject({ paper: record, sources: ['a.bib'], addedAt: 5, collection: '' })
  })

  it('joins a preprint and its published record', async () => {
    const { store } = setting()
    const title = 'Attention sinks in streaming language models'
    const preprint = paper('p', { title, arxiv: '2405.19320' })
    const published = paper('q', { title, doi: '10.1145/3.4', venue: 'A conference', abstract: '' })
    await put(store, [preprint])
    expect(await put(store, [published], { source: 'b.ris' })).toEqual([{ id: 'p', outcome: 'updated' }])
    expect(await all(store)).toMatchObject([
      {
        paper: { id: 'p', arxiv: '2405.19320', doi: '10.1145/3.4', venue: 'A conference' },
        sources: ['a.bib', 'b.ris'],
      },
    ])
  })

  it('joins two papers when a record says that they are one, and finds both by their ids', async () => {
    const { store } = setting()
    await put(store, [paper('a', { arxiv: '2405.19320' }), paper('b', { doi: '10.1145/3.4' })])
    const bridge = paper('c', { arxiv: '2405.19320', doi: '10.1145/3.4' })
    expect(await put(store, [bridge])).toEqual([{ id: 'a', outcome: 'updated' }])
    expect(await all(store)).toHaveLength(1)
    expect((await store.papers.get(sharedCollection, 'b'))?.paper.id).toBe('a')
    expect(outcomes(await put(store, [bridge, paper('b', { doi: '10.1145/3.4' })]))).toEqual([
      'unchanged',
      'unchanged',
    ])
  })

  it('gives another id to another paper that has the same one, the same each time', async () => {
    const { store } = setting()
    const other = paper('1', { title: 'Quite another paper', authors: [] })
    const first = await put(store, [paper('1'), other])
    expect(outcomes(first)).toEqual(['added', 'added'])
    expect(first[1]?.id).not.toBe('1')
    expect(await put(store, [paper('1'), other])).toEqual(
      first.map(one => ({ ...one, outcome: 'unchanged' })),
    )
  })

  it('tells a second record of a paper that the same import added', async () => {
    const { store } = setting()
    const record = paper('a', { arxiv: '2405.19320' })
    const done = await put(store, [record, { ...record, id: 'b', venue: 'Somewhere' }, paper('c')])
    expect(outcomes(done)).toEqual(['added', 'duplicate', 'added'])
    expect(await all(store)).toMatchObject([{ paper: { venue: 'Somewhere' } }, { paper: { id: 'c' } }])
  })

  it('refuses what is beyond the limit, and still takes what is there', async () => {
    const { store } = setting()
    const news = { collection: guild, source: 's', at: 1, most: 2 }
    const papers = ['a', 'b', 'c'].map(id => paper(id))
    const later = { ...news, at: 2 }
    expect(outcomes(await store.papers.upsert({ ...news, papers }))).toEqual(['added', 'added', 'refused'])
    const again = await store.papers.upsert({ ...later, papers })
    expect(outcomes(again)).toEqual(['unchanged', 'unchanged', 'refused'])
  })

  it('replaces what a live source said, unless another source said something too', async () => {
    const { store } = setting()
    const say = (abstract: string, source = 'live') =>
      store.papers.upsert({
        collection: '',
        source,
        at: ++clock,
        isCurrent: true,
        papers: [paper('x', { abstract, title: `Title of ${abstract}` })],
      })
    await say('a long first abstract')
    expect(outcomes(await say('short'))).toEqual(['updated'])
    expect((await all(store))[0]?.paper.abstract).toBe('short')
    expect(outcomes(await say('short'))).toEqual(['unchanged'])
  })

  it('changes nothing in a dry run', async () => {
    const { store } = setting()
    const dry = { collection: '', source: 's', at: 1, dryRun: true, papers: [paper('a')] }
    expect(outcomes(await store.papers.upsert(dry))).toEqual(['added'])
    expect(await all(store)).toEqual([])
  })
}

function changesContract(setting: () => Setting) {
  it('tells every process what changed since it last read, in pages', async () => {
    const { store, other } = setting()
    const { cursor } = await readAll(store)
    const papers = Array.from({ length: 7 }, (_, i) => paper(`p${i}`))
    await put(other, papers)
    const read = await readAll(store, cursor, 3)
    expect(read.changed.map(change => ('paper' in change ? change.paper.id : ''))).toEqual(
      papers.map(p => p.id),
    )
    expect((await readAll(store, read.cursor)).changed).toEqual([])
    await put(other, papers)
    expect((await readAll(store, read.cursor)).changed).toEqual([])
    await put(other, [paper('p3', { venue: 'Somewhere' })])
    expect((await readAll(store, read.cursor)).changed).toMatchObject([
      { paper: { id: 'p3', venue: 'Somewhere' } },
    ])
  })

  it('lets a reader miss nothing while several write', async () => {
    const { store, other } = setting()
    let { cursor } = await readAll(store)
    const seen = new Set<string>()
    let isDone = false
    const reading = (async () => {
      while (!isDone) {
        const read = await readAll(store, cursor, 5)
        cursor = read.cursor
        for (const change of read.changed) if ('paper' in change) seen.add(change.paper.id)
      }
    })()
    const writes = Array.from({ length: 20 }, (_, i) =>
      put(i % 2 === 0 ? store : other, [paper(`w${i}a`), paper(`w${i}b`)], { source: `s${i}` }),
    )
    await Promise.all(writes)
    isDone = true
    await reading
    for (const change of (await readAll(store, cursor)).changed)
      if ('paper' in change) seen.add(change.paper.id)
    expect(seen.size).toBe(40)
  })

  it('adds a paper once when two processes add it at once', async () => {
    const { store, other } = setting()
    const record = paper('same', { arxiv: '2405.19320' })
    const done = await Promise.all([put(store, [record]), put(other, [{ ...record, id: 'else' }])])
    expect(outcomes(done.flat()).filter(outcome => outcome === 'added')).toHaveLength(1)
    expect(await all(store)).toHaveLength(1)
  })

  it('begins anew after a restored backup', async () => {
    const { store, folder } = setting()
    await put(store, [paper('kept')])
    const file = `${folder}/papers-${Math.random()}.backup`
    await store.backup(file, 1_000)
    await put(store, [paper('lost')])
    const { cursor } = await readAll(store)
    await store.restore(file, 2_000)
    const page = await store.papers.changes(cursor)
    expect(page.anew).toBe(true)
    expect(page.changed).toMatchObject([{ paper: { id: 'kept' } }])
    expect(outcomes(await put(store, [paper('kept'), paper('lost')]))).toEqual(['unchanged', 'added'])
  })
}

function collectionContract(setting: () => Setting) {
  it('keeps collections apart', async () => {
    const { store } = setting()
    const record = paper('secret', { arxiv: '2405.19320' })
    await put(store, [record], { collection: guild })
    for (const collection of [sharedCollection, otherGuild, `${guild} `, '%', `' or 1=1 --`]) {
      expect(await store.papers.get(collection, 'secret')).toBeUndefined()
      expect(await all(store, collection)).toEqual([])
      expect(await store.papers.count(collection)).toBe(0)
      expect(await store.papers.sources(collection)).toEqual([])
      expect(await store.papers.remove(collection, { ids: ['secret'] }, 1)).toBe(0)
      expect(await store.papers.remove(collection, 'all', 1)).toBe(0)
    }
    expect(outcomes(await put(store, [record], { collection: otherGuild }))).toEqual(['added'])
    expect(await store.papers.count(guild)).toBe(1)
  })

  it('forgets what belongs to a server that was left long ago, and tells the processes', async () => {
    const { store, rows } = setting()
    await store.guilds.joined(guild, 1)
    await put(store, [paper('a', { arxiv: '2405.19320' })], { collection: guild })
    await put(store, [paper('b')])
    const { cursor } = await readAll(store)
    await store.guilds.missing(guild, 1_000)
    await store.guilds.missing(guild, 1_000 + 3_600_000)
    expect(await store.guilds.purge(9e12)).toEqual([guild])
    expect((await readAll(store, cursor)).changed).toMatchObject([{ collection: guild, isEmptied: true }])
    expect(await store.papers.count(guild)).toBe(0)
    expect(
      await rows.selectFrom('paper_keys').select('paper_id').where('collection', '=', guild).execute(),
    ).toEqual([])
    expect(await store.papers.count(sharedCollection)).toBe(1)
  })
}

function removalContract(setting: () => Setting) {
  it('tells which papers a source has brought since when, by collection', async () => {
    const { store } = setting()
    await put(store, [paper('old')], { source: 'arxiv', at: 100 })
    await put(store, [paper('new'), paper('both')], { source: 'arxiv', at: 200 })
    await put(store, [paper('both'), paper('other')], { source: 'rss', at: 300 })
    await put(store, [paper('own')], { source: 'arxiv', collection: guild, at: 400 })
    expect((await store.papers.addedBy(sharedCollection, 'arxiv', 100)).sort()).toEqual(['both', 'new'])
    expect(await store.papers.addedBy(guild, 'arxiv', 0)).toEqual(['own'])
    expect(await store.papers.ids(guild)).toEqual(['own'])
    expect(await store.papers.ids(otherGuild)).toEqual([])
    expect(await store.papers.addedBy(otherGuild, 'arxiv', 0)).toEqual([])
    expect(await store.papers.addedBy(sharedCollection, 'arx', 0)).toEqual([])
    await store.papers.remove(sharedCollection, { ids: ['new'] }, 500)
    expect(await store.papers.addedBy(sharedCollection, 'arxiv', 100)).toEqual(['both'])
  })

  it('takes papers out by id, and tells the processes', async () => {
    const { store, other } = setting()
    await put(store, [paper('a'), paper('b')])
    const { cursor } = await readAll(store)
    expect(await other.papers.remove(sharedCollection, { ids: ['a', 'none'] }, 9)).toBe(1)
    expect((await readAll(store, cursor)).changed).toMatchObject([{ id: 'a', joinedInto: undefined }])
    expect(await store.papers.get(sharedCollection, 'a')).toBeUndefined()
    expect(outcomes(await put(store, [paper('a')]))).toEqual(['added'])
  })

  it('takes out what came from one source alone', async () => {
    const { store } = setting()
    await put(store, [paper('a'), paper('b')], { source: 'one' })
    await put(store, [paper('b'), paper('c')], { source: 'two' })
    expect(await store.papers.sources(sharedCollection)).toEqual([
      { source: 'one', papers: 2 },
      { source: 'two', papers: 2 },
    ])
    expect(await store.papers.remove(sharedCollection, { source: 'one' }, 9)).toBe(1)
    expect((await all(store)).map(({ paper, sources }) => [paper.id, sources])).toEqual([
      ['b', ['two']],
      ['c', ['two']],
    ])
  })

  it('takes everything out, more than fits one transaction', async () => {
    const { store } = setting()
    await put(
      store,
      Array.from({ length: 450 }, (_, i) => paper(`p${i}`)),
      { collection: guild },
    )
    expect(await store.papers.remove(guild, 'all', 9)).toBe(450)
    expect(await store.papers.count(guild)).toBe(0)
  })
}
