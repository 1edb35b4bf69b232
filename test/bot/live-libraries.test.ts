import { afterEach, describe, expect, it } from 'vitest'
import { createAnswerer } from '../../src/answer/answer.ts'
import { openLibraries } from '../../src/bot/libraries.ts'
import { paperRef } from '../../src/corpus/ids.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { type Library, lookUp } from '../../src/library/library.ts'
import { forgetful, openMemory } from '../../src/library/memory.ts'
import { openLog } from '../../src/log.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { openTemporary } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { paper } from '../fixtures/paper.ts'

const guild = '900000000000000001'
const otherGuild = '900000000000000002'

const files = [
  paper('f1', 'Attention sinks in streaming language models', { authors: ['Ada Lovelace'] }),
  paper('f2', 'Quantised key value caches for long contexts', { authors: ['Alan Turing'] }),
  paper('f3', 'Graph neural networks for molecules', { authors: ['Grace Hopper'] }),
  paper('f4', 'Diffusion models of protein structures', { authors: ['Rosalind Franklin'] }),
]

const open: Store[] = []
afterEach(async () => {
  for (const store of open.splice(0)) await store.close()
})

async function newStore(): Promise<Store> {
  const store = await openTemporary()
  open.push(store)
  return store
}

/** @param ownAtStart papers of servers' own that are indexed before it resolves */
async function setUp(store?: Store, ownAtStart?: number) {
  store ??= await newStore()
  const told: string[] = []
  const libraries = await openLibraries({
    files,
    papers: store.papers,
    build: papers => buildSearch(papers),
    answererOf: search => createAnswerer(search),
    memory: openMemory(),
    arrived: async ids => void told.push(...ids),
    sleep: async () => {},
    log: openLog({ level: 'silent', secrets: [], pretty: false }),
    ownAtStart,
  })
  const shared = (): Library => libraries.of(undefined)
  const library = {
    in: (guildId: string | undefined) => libraries.of(guildId),
    refresh: libraries.refresh,
    get search() {
      return shared().search
    },
    get answerer() {
      return shared().answerer
    },
    paper: (ref: string) => shared().paper(ref),
    details: (one: Paper) => shared().details(one),
    remember: forgetful,
  }
  return { store, library, told }
}

let clock = 0
const put = (store: Store, papers: readonly Paper[], collection = '') =>
  store.papers.upsert({ collection, source: 'test', papers, at: ++clock })

const found = (library: Library, text: string): string[] =>
  library.search.search(text, { limit: 10 }).hits.map(hit => hit.paper.id)

const secret = paper('s1', 'Zymurgical yeast fermentation kinetics', { authors: ['Louis Pasteur'] })

describe('many papers of servers’ own', () => {
  it('hold up no start: they are indexed after it, first those of who asks', async () => {
    const store = await newStore()
    const own = (at: number) => [
      paper(`own-${at}`, `Zymurgical fermentation number ${at}`, { authors: ['Louis Pasteur'] }),
      paper(`more-${at}`, `Yeast kinetics number ${at}`, { authors: ['Louis Pasteur'] }),
    ]
    const guilds = [1, 2, 3, 4].map(at => `90000000000000000${at}`)
    for (const [at, guildId] of guilds.entries()) await put(store, own(at), guildId)
    const { library } = await setUp(store, 3)
    const there = () =>
      guilds.map(one => library.in(one).search.get(`own-${guilds.indexOf(one)}`) !== undefined)
    expect(library.search.get('f1')).toBeDefined()
    expect(there()).toEqual([true, false, false, false])
    library.in(guilds[2])
    await library.refresh()
    expect(there()).toEqual([true, false, true, false])
    // What comes meanwhile waits with the others of its server.
    await put(store, [secret], guilds[3])
    await library.refresh()
    await library.refresh()
    expect(there()).toEqual([true, true, true, true])
    expect(found(library.in(guilds[3]), 'yeast fermentation kinetics')).toContain('s1')
  })
})

describe('papers of the store beside those of the files', () => {
  it('are searched, suggested, related and answered from as soon as they are read', async () => {
    const { store, library, told } = await setUp()
    expect(found(library, 'zymurgical fermentation')).toEqual([])
    await put(store, [secret, paper('s2', 'Attention sinks of vision transformers')])
    await library.refresh()
    expect(found(library, 'zymurgical fermentation')).toEqual(['s1'])
    expect(found(library, 'attention sinks').slice(0, 2).sort()).toEqual(['f1', 's2'])
    expect(found(library, 'Graph neural networks for molecules')[0]).toBe('f3')
    expect(library.search.suggest('zymur', 5).map(hit => hit.paper.id)).toContain('s1')
    expect(library.search.related('s2', 3).map(hit => hit.paper.id)).toContain('f1')
    expect(library.search.related('f1', 3).map(hit => hit.paper.id)).toContain('s2')
    expect(library.answerer.ask('What is zymurgical fermentation?').papers[0]?.id).toBe('s1')
    expect(library.paper(paperRef('s1'))).toEqual(secret)
    expect(library.search.papers).toHaveLength(6)
    expect(told.sort()).toEqual(['f1', 'f2', 'f3', 'f4', 's1', 's2'])
  })

  it('change and go without a restart', async () => {
    const { store, library } = await setUp()
    await put(store, [secret])
    await library.refresh()
    await put(store, [{ ...secret, venue: 'Journal of Yeast' }])
    await library.refresh()
    expect(library.search.get('s1')?.venue).toBe('Journal of Yeast')
    expect(found(library, 'zymurgical fermentation')).toEqual(['s1'])
    await store.papers.remove('', { ids: ['s1'] }, ++clock)
    await library.refresh()
    expect(found(library, 'zymurgical fermentation')).toEqual([])
    expect(library.paper(paperRef('s1'))).toBeUndefined()
    expect(library.search.papers).toHaveLength(4)
  })

  it('are one with the paper of the files that they are', async () => {
    const { store, library } = await setUp()
    const same = { ...(files[0] as Paper), id: 'other', doi: '10.1145/1.2', venue: 'ICLR' }
    for (const change of [same, { ...same, venue: 'ICLR 2024' }]) {
      await put(store, [change])
      await library.refresh()
      expect(found(library, 'attention sinks streaming')).toEqual(['f1'])
      expect(library.paper(paperRef('f1'))).toMatchObject({
        id: 'f1',
        venue: change.venue,
        doi: '10.1145/1.2',
      })
      expect(library.paper(paperRef('other'))?.id).toBe('f1')
      expect(library.search.papers).toHaveLength(4)
    }
    await store.papers.remove('', 'all', ++clock)
    await library.refresh()
    expect(library.paper(paperRef('f1'))).toEqual(files[0])
  })

  it('keep the paper of the files that has their id and is another', async () => {
    const { store, library } = await setUp()
    await put(store, [{ ...secret, id: 'f2' }])
    await library.refresh()
    expect(library.paper(paperRef('f2'))?.title).toBe(files[1]?.title)
    const [id = ''] = found(library, 'zymurgical fermentation')
    expect(library.paper(paperRef(id))?.title).toBe(secret.title)
  })

  it('are found by an id that they had before they joined', async () => {
    const { store, library } = await setUp()
    await put(store, [{ ...secret, arxiv: '2405.19320' }])
    await put(store, [paper('s9', 'Something else altogether different', { doi: '10.1145/1.2' })])
    await library.refresh()
    await put(store, [paper('s3', 'Both of them in one', { arxiv: '2405.19320', doi: '10.1145/1.2' })])
    await library.refresh()
    expect(library.paper(paperRef('s9'))?.id).toBe('s1')
  })

  it('are indexed with all others when there are many, and served meanwhile', async () => {
    const { store, library } = await setUp()
    await put(
      store,
      Array.from({ length: 400 }, (_, i) => paper(`m${i}`, `Measurement number ${i} of turbulence`)),
    )
    await library.refresh()
    await put(store, [secret])
    await library.refresh()
    expect(found(library, 'zymurgical fermentation')).toEqual(['s1'])
    await expect.poll(() => found(library, 'measurement 321 turbulence')[0], { timeout: 20_000 }).toBe('m321')
    expect(library.search.papers).toHaveLength(405)
    expect(found(library, 'measurement 321 turbulence')[0]).toBe('m321')
    expect(found(library, 'zymurgical fermentation')).toEqual(['s1'])
    await put(store, [{ ...secret, venue: 'Journal of Yeast' }])
    await library.refresh()
    expect(library.paper(paperRef('s1'))?.venue).toBe('Journal of Yeast')
  })

  it('begin anew where all were replaced', async () => {
    const { store, library } = await setUp()
    await put(store, [secret])
    await put(store, [paper('g1', 'A paper of one server only')], guild)
    await library.refresh()
    const { changes } = store.papers
    const replaced = {
      ...store.papers,
      changes: async () => ({ ...(await changes()), anew: true, changed: [] }),
    }
    Object.assign(store.papers, replaced)
    await library.refresh()
    expect(library.in(guild).search.papers).toHaveLength(4)
  })
})

describe('a server’s own papers', () => {
  it('are seen there alone, by whatever way', async () => {
    const { store, library } = await setUp()
    await put(store, [secret], guild)
    await library.refresh()
    const own = library.in(guild)
    expect(found(own, 'zymurgical fermentation')).toEqual(['s1'])
    expect(found(own, 'attention sinks')[0]).toBe('f1')
    for (const guildId of [undefined, otherGuild, '', `${guild} `]) {
      const view = library.in(guildId)
      expect(found(view, 'zymurgical fermentation')).toEqual([])
      expect(found(view, secret.title)).not.toContain('s1')
      expect(view.search.get('s1')).toBeUndefined()
      expect(view.paper(paperRef('s1'))).toBeUndefined()
      expect(view.search.suggest('zymur', 25).map(hit => hit.paper.id)).not.toContain('s1')
      expect(view.search.suggest('', 25).map(hit => hit.paper.id)).not.toContain('s1')
      expect(view.search.related('s1', 5)).toEqual([])
      for (const { id } of files)
        expect(view.search.related(id, 9).map(hit => hit.paper.id)).not.toContain('s1')
      expect(view.answerer.ask('What is zymurgical fermentation?').papers.map(({ id }) => id)).not.toContain(
        's1',
      )
      expect(view.search.papers.map(({ id }) => id)).not.toContain('s1')
      expect(view.search.parse('zymurgical').terms).toEqual(library.search.parse('zymurgical').terms)
    }
  })

  it('do not leak through what was kept for another server', async () => {
    const { store, library } = await setUp()
    await put(store, [{ ...secret, id: 'x' }], guild)
    await put(store, [paper('x', 'Basalt petrology of ocean ridges')], otherGuild)
    await library.refresh()
    for (const [server, title] of [
      [guild, secret.title],
      [otherGuild, 'Basalt petrology of ocean ridges'],
      [guild, secret.title],
    ] as const) {
      const view = library.in(server)
      const mine = view.paper(paperRef('x')) as Paper
      expect(mine.title).toBe(title)
      expect(view.details(mine).summary.tldr.toLowerCase()).toContain(title.toLowerCase())
    }
    expect(library.paper(paperRef('x'))).toBeUndefined()
  })

  it('are gone with the server', async () => {
    const { store, library } = await setUp()
    await store.guilds.joined(guild, 1)
    await put(store, [secret], guild)
    await library.refresh()
    await store.guilds.missing(guild, 10)
    await store.guilds.missing(guild, 10 + 3_600_000)
    await store.guilds.purge(9e12)
    await library.refresh()
    expect(found(library.in(guild), 'zymurgical fermentation')).toEqual([])
    expect(library.in(guild).paper(paperRef('s1'))).toBeUndefined()
  })
})

it('what was found before a paper came is not shown after it', async () => {
  const { store, library } = await setUp()
  const shown = () => lookUp(library.in(undefined), 'zorblax').paper?.title
  const before = library.in(undefined)
  expect(shown()).toBeUndefined()
  expect(lookUp(before, 'zorblax')).toBe(lookUp(before, 'zorblax'))
  await put(store, [paper('n1', 'Zorblax scheduling for clusters')])
  await library.refresh()
  expect(shown()).toBe('Zorblax scheduling for clusters')
})
