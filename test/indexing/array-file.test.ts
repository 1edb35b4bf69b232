import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { readArrays, type TypedArray, UnusableFile, writeArrays } from '../../src/indexing/array-file.ts'

const folder = await mkdtemp(join(tmpdir(), 'arrays-'))
afterAll(() => rm(folder, { recursive: true }))
const file = join(folder, 'a.index')
const most = 10_000_000

const array: fc.Arbitrary<TypedArray> = fc.oneof(
  fc.int8Array(),
  fc.uint8Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array({ noNaN: true }),
)
const arrays = fc.dictionary(fc.string(), array, { maxKeys: 8 }).map(all => new Map(Object.entries(all)))

const problem = async (path = file, version = 'one', mostBytes = most): Promise<unknown> =>
  readArrays(path, version, mostBytes).then(
    () => undefined,
    error => (error instanceof UnusableFile ? error.message : error),
  )

test('what was written is read, of its version alone', async () => {
  await fc.assert(
    fc.asyncProperty(arrays, fc.string(), async (all, version) => {
      await writeArrays(file, version, all)
      expect(await readArrays(file, version, most)).toEqual(all)
      expect(await problem(file, `${version}.`)).toBe('it was written by another version')
      expect((await stat(file)).mode & 0o077).toBe(0)
    }),
  )
})

test('no bit of it can change unseen', async () => {
  await writeArrays(
    file,
    'one',
    new Map<string, TypedArray>([
      ['a', Uint32Array.of(1, 2, 3)],
      ['b', Int8Array.of(-1)],
    ]),
  )
  const sound = await readFile(file)
  for (let at = 0; at < sound.length; at++)
    for (const bit of [0, 7]) {
      const bytes = Buffer.from(sound)
      bytes[at] = (bytes[at] as number) ^ (1 << bit)
      await writeFile(file, bytes)
      expect(await problem(), `byte ${at}`).toBeTypeOf('string')
    }
})

test('a part of it, more than it, or any other bytes are refused', async () => {
  await writeArrays(file, 'one', new Map([['a', Float32Array.of(1, 2, 3)]]))
  const sound = await readFile(file)
  const other = join(folder, 'other')
  await fc.assert(
    fc.asyncProperty(fc.nat(sound.length - 1), fc.uint8Array({ minLength: 1 }), async (end, more) => {
      for (const bytes of [sound.subarray(0, end), Buffer.concat([sound, more]), more]) {
        await writeFile(other, bytes)
        expect(await problem(other)).toBeTypeOf('string')
      }
    }),
  )
})

test('a file that says it is huge takes no memory', async () => {
  const header = JSON.stringify({ version: 'one', arrays: [{ name: 'a', type: 'f32', length: 2 ** 40 }] })
  const text = header.padEnd(Math.ceil((header.length + 20) / 8) * 8 - 20)
  const size = Buffer.alloc(4)
  size.writeUInt32LE(text.length)
  await writeFile(file, Buffer.concat([Buffer.from('LECTERN INDEX\n  '), size, Buffer.from(text)]))
  expect(await problem()).toBe('its length is wrong')
  await truncate(file, 20 + text.length + 4 * 2 ** 40 + 32)
  expect(await problem()).toMatch(/larger than/)
})

test('no file, or a folder in its place, is an error of the file system', async () => {
  expect(await problem(join(folder, 'none'))).toMatchObject({ code: 'ENOENT' })
  expect(await problem(folder)).toMatchObject({ code: 'EISDIR' })
})

test('where it cannot be written, nothing is left behind', async () => {
  const inNone = join(folder, 'none', 'a.index')
  await expect(writeArrays(inNone, 'one', new Map())).rejects.toMatchObject({ code: 'ENOENT' })
})
