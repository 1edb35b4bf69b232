import { expect, it, onTestFinished } from 'vitest'
import { createAnswerer } from '../../src/answer/answer.ts'
import { openLibraries } from '../../src/bot/libraries.ts'
import type { BuildSearch } from '../../src/collections/live-collection.ts'
import type { Library } from '../../src/library/library.ts'
import { openLog } from '../../src/log.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { openTemporary } from '../../src/store/open.ts'
import { paper } from '../fixtures/paper.ts'

const guilds = Array.from({ length: 6 }, (_, at) => `90000000000000000${at}`)
const [first = '', second = '', third = '', , fifth = ''] = guilds
const has = (library: Library, guildId: string) => library.search.get(`own-${guildId}`) !== undefined

/** Servers whose own papers are all put off at the start. */
async function setUp(build: BuildSearch = papers => buildSearch(papers)) {
  const store = await openTemporary()
  onTestFinished(() => store.close())
  for (const guildId of guilds) {
    const papers = ['own', 'more'].map(id => paper(`${id}-${guildId}`, `Zymurgical ${id} fermentation`))
    await store.papers.upsert({ collection: guildId, source: 'test', papers, at: 1 })
  }
  return openLibraries({
    files: [paper('f1', 'Attention sinks in streaming language models')],
    papers: store.papers,
    build,
    answererOf: search => createAnswerer(search),
    arrived: async () => {},
    sleep: async () => {},
    log: openLog({ level: 'silent', secrets: [], pretty: false }),
    ownAtStart: 0,
  })
}

it('a library that is asked for whole waits for what a start put off, whoever else waits', async () => {
  const libraries = await setUp()
  expect(guilds.map(libraries.hasOwn)).toEqual(guilds.map(() => true))
  expect(guilds.filter(one => has(libraries.of(one), one))).toEqual([])
  const asked = [fifth, second, third]
  const whole = await Promise.all(asked.map(libraries.whole))
  expect(whole.map((library, at) => has(library, asked[at] ?? ''))).toEqual([true, true, true])
  for (const none of [undefined, '900000000000000099']) {
    expect(libraries.hasOwn(none)).toBe(false)
    expect(await libraries.whole(none)).toBe(libraries.of(undefined))
  }
})

it('one that could not be indexed is tried again, and holds up no other', async () => {
  let fails = true
  const libraries = await setUp(async papers => {
    if (fails && papers.some(({ id }) => id === `own-${first}`)) throw new Error('no memory')
    return buildSearch(papers)
  })
  await expect(libraries.whole(first)).rejects.toThrow('no memory')
  expect(libraries.hasOwn(first)).toBe(true)
  expect(has(await libraries.whole(second), second)).toBe(true)
  fails = false
  for (const _ of guilds) await libraries.refresh()
  expect(guilds.filter(one => !has(libraries.of(one), one))).toEqual([])
})
