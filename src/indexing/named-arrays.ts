import { z } from 'zod'
import type { IndexArrays } from '../search/index-arrays.ts'
import { type NamedArrays, type TypedArray, UnusableFile } from './array-file.ts'

const [u8, u16, u32] = [z.instanceof(Uint8Array), z.instanceof(Uint16Array), z.instanceof(Uint32Array)]
const [i8, i32, f32] = [z.instanceof(Int8Array), z.instanceof(Int32Array), z.instanceof(Float32Array)]
const Texts = z.object({ units: u16, starts: u32, slots: u32 })
const Field = z.object({ starts: u32, docs: u32, counts: u8, lengths: u16 })

const Arrays = z.object({
  vocabulary: z.object({ words: Texts, terms: Texts, termOf: i32, counts: u32 }),
  postings: z.object({ starts: u32, docs: u32, counts: u8, lengths: u32, from: u32, sequence: u32 }),
  pairs: u16,
  acronyms: z.object({ shorts: u32, starts: u32, terms: u32 }),
  identifiers: z.object({ ids: u32, refs: u32, names: u32, titles: u32 }),
  titles: u32,
  trigrams: u32,
  sortedWords: u32,
  typed: z.object({ words: Texts, titles: Field, names: Field }),
  lsa: z.object({ ranks: u32, columnOf: i32, idf: f32, bases: f32, points: f32 }),
  vectors: z.object({ rows: i8, scales: f32 }),
}) satisfies z.ZodType<IndexArrays>

interface Tree {
  [name: string]: TypedArray | Tree
}

/** The arrays under names such as `postings.docs`. */
export function namedArrays(arrays: IndexArrays): Map<string, TypedArray> {
  const named = new Map<string, TypedArray>()
  const walk = (tree: object, prefix: string): void => {
    for (const [name, value] of Object.entries(tree)) {
      if (ArrayBuffer.isView(value)) named.set(prefix + name, value as TypedArray)
      else walk(value, `${prefix}${name}.`)
    }
  }
  walk(arrays, '')
  return named
}

/** @throws UnusableFile where one is missing or of another type */
export function arraysNamed(named: NamedArrays): IndexArrays {
  const root: Tree = Object.create(null)
  for (const [name, array] of named) {
    const parts = name.split('.')
    let tree = root
    for (const part of parts.slice(0, -1)) {
      const next = tree[part] ?? Object.create(null)
      if (ArrayBuffer.isView(next)) throw new UnusableFile('its arrays are not those of an index')
      tree[part] = next
      tree = next
    }
    tree[parts.at(-1) ?? ''] = array
  }
  const parsed = Arrays.safeParse(root)
  if (!parsed.success) throw new UnusableFile('its arrays are not those of an index')
  return parsed.data
}
