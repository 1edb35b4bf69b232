import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shippedEmbedder } from '../../src/embeddings.ts'
import type { TypedArray } from '../../src/indexing/array-file.ts'
import { arraysNamed, namedArrays } from '../../src/indexing/named-arrays.ts'
import { openSearch } from '../../src/search/build-search.ts'
import { problemOf } from '../../src/search/check-arrays.ts'
import { wordArraysOf } from '../../src/search/index/compact-word-index.ts'
import { indexArraysOf } from '../../src/search/index-arrays.ts'
import { library } from './library.ts'

const embedder = await shippedEmbedder()
const papers = library(60)
/** As of a large collection: nothing is left to MiniSearch. */
const sound = { ...(await indexArraysOf(papers, embedder)), typed: await wordArraysOf(papers) }
const named = namedArrays(sound)
const value = fc.oneof(fc.nat(5), fc.nat(100_000), fc.constantFrom(2 ** 32 - 1, 2 ** 31, -1, Number.NaN))

const changed = (name: string, change: (array: TypedArray) => TypedArray) =>
  arraysNamed(new Map([...named, [name, change((named.get(name) as TypedArray).slice())]]))

test('what was computed is sound', async () => {
  expect(await problemOf(sound, papers.length, embedder.dimensions)).toBeUndefined()
  expect(arraysNamed(named)).toEqual(sound)
})

test('whatever number is another, it is refused, or every call still ends', async () => {
  const place = fc.record({ name: fc.constantFrom(...named.keys()), at: fc.nat(), to: value })
  await fc.assert(
    fc.asyncProperty(place, async ({ name, at, to }) => {
      const arrays = changed(name, array => {
        array[at % Math.max(1, array.length)] = to
        return array
      })
      if ((await problemOf(arrays, papers.length, embedder.dimensions)) !== undefined) return
      const search = await openSearch(papers, arrays, { embedder })
      for (const text of ['sparse attention', 'atention', 'LQ7', 'p1-3', papers[3]?.title ?? '']) {
        search.search(text)
        search.suggest(text, 5)
        search.withRef(text)
      }
      search.related('p1-3', 5).map(({ shared }) => shared)
    }),
    { numRuns: 400 },
  )
})

test('an array that is too long or too short is refused', async () => {
  for (const [name, array] of named) {
    if (array.length === 0) continue
    const shorter = changed(name, one => one.slice(0, -1))
    expect(await problemOf(shorter, papers.length, embedder.dimensions), name).toBeTypeOf('string')
  }
})

test('one of another type, or one that is not there, is refused', () => {
  for (const name of named.keys()) {
    const rest = new Map(named)
    rest.delete(name)
    expect(() => arraysNamed(rest), name).toThrow('not those of an index')
    const other = named.get(name) instanceof Int8Array ? new Uint8Array(3) : new Int8Array(3)
    expect(() => arraysNamed(new Map([...named, [name, other]])), name).toThrow('not those of an index')
  }
})
