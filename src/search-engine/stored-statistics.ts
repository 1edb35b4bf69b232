import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Statistics } from '../search/partial/statistics.ts'
import { EngineError } from './engine-error.ts'
import type { Indexes } from './indexes.ts'

/** Bytes of one piece: as base64 it is a third more. */
const pieceBytes = 3 * 2 ** 20

const kinds = { Uint8Array, Uint16Array, Uint32Array, Int8Array, Int32Array, Float32Array } as const
type Kind = keyof typeof kinds
type Numbers = InstanceType<(typeof kinds)[Kind]>

const Contents = z.object({
  /** Another one for other statistics. */
  set: z.string(),
  papers: z.number(),
  meanLength: z.number(),
  pieces: z.number().int().min(0).max(10_000),
  arrays: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(Object.keys(kinds) as [Kind, ...Kind[]]),
      length: z.number().int().min(0),
    }),
  ),
})
const Piece = z.object({ set: z.string(), data: z.base64() })

const of = <T extends Numbers>(kind: abstract new (...args: never[]) => T) => z.instanceof(kind)
const [u16, u32, i32, f32] = [of(Uint16Array), of(Uint32Array), of(Int32Array), of(Float32Array)]
const Texts = z.object({ units: u16, starts: u32, slots: u32 })
const Arrays = z.object({
  vocabulary: z.object({ words: Texts, terms: Texts, termOf: i32, counts: u32 }),
  frequencies: u32,
  pairs: u16,
  acronyms: z.object({ shorts: u32, starts: u32, terms: u32 }),
  trigrams: u32,
  sortedWords: u32,
  lsa: z.object({ ranks: u32, columnOf: i32, idf: f32, bases: f32 }),
}) satisfies z.ZodType<Omit<Statistics, 'papers' | 'meanLength'>>

interface Tree {
  [name: string]: Numbers | Tree
}

/**
 * Keeps an index's statistics beside it, in pieces. Whoever reads older ones meanwhile gets all of these or an error.
 * @returns what these are called
 */
export async function saveStatistics(
  indexes: Indexes,
  index: string,
  statistics: Statistics,
): Promise<string> {
  const set = randomBytes(6).toString('hex')
  const { papers, meanLength, ...tree } = statistics
  const named = [...walk(tree as unknown as Tree, '')]
  const whole = Buffer.concat(
    named.map(([, array]) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)),
  )
  const pieces = Math.ceil(whole.length / pieceBytes)
  for (let i = 0; i < pieces; i++) {
    const data = whole.subarray(i * pieceBytes, (i + 1) * pieceBytes).toString('base64')
    await indexes.putDocument(`${index}-piece-${i}`, { set, of: index, data })
  }
  const arrays = named.map(([name, array]) => ({
    name,
    kind: array.constructor.name,
    length: array.length,
  }))
  await indexes.putDocument(`${index}-statistics`, { of: index, set, papers, meanLength, pieces, arrays })
  return set
}

/** What the statistics are called now. */
export const statisticsSet = async (indexes: Indexes, index: string): Promise<string | undefined> =>
  (await indexes.document(`${index}-statistics`, z.object({ set: z.string() })))?.set

/** @throws EngineError `unreadable` when they are damaged; undefined where there are none */
export async function loadStatistics(
  indexes: Indexes,
  index: string,
): Promise<{ readonly set: string; readonly statistics: Statistics } | undefined> {
  const contents = await indexes.document(`${index}-statistics`, Contents)
  if (contents === undefined) return undefined
  const pieces: Buffer[] = []
  for (let i = 0; i < contents.pieces; i++) {
    const piece = await indexes.document(`${index}-piece-${i}`, Piece)
    if (piece?.set !== contents.set) throw new EngineError('unreadable')
    pieces.push(Buffer.from(piece.data, 'base64'))
  }
  const whole = Buffer.concat(pieces)
  const root: Tree = Object.create(null)
  let at = 0
  for (const { name, kind, length } of contents.arrays) {
    const make = kinds[kind]
    const end = at + length * make.BYTES_PER_ELEMENT
    if (end > whole.length) throw new EngineError('unreadable')
    // A copy: an array begins at a multiple of its elements' size.
    put(root, name, new make(new Uint8Array(whole.subarray(at, end)).buffer))
    at = end
  }
  const parsed = Arrays.safeParse(root)
  if (!parsed.success) throw new EngineError('unreadable')
  const { set, papers, meanLength } = contents
  return { set, statistics: { ...parsed.data, papers, meanLength } }
}

function* walk(tree: Tree, prefix: string): Generator<[string, Numbers]> {
  for (const [name, value] of Object.entries(tree)) {
    if (ArrayBuffer.isView(value)) yield [prefix + name, value]
    else yield* walk(value, `${prefix}${name}.`)
  }
}

function put(root: Tree, name: string, array: Numbers): void {
  const parts = name.split('.')
  let tree = root
  for (const part of parts.slice(0, -1)) {
    const next = tree[part]
    const inner: Tree = next === undefined || ArrayBuffer.isView(next) ? Object.create(null) : next
    tree[part] = inner
    tree = inner
  }
  tree[parts.at(-1) ?? ''] = array
}
