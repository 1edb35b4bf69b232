import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadEmbedder, shippedEmbedder } from '../src/embeddings.ts'
import { Failure } from '../src/errors.ts'
import { dot } from '../src/search/embedding/unit-vector.ts'

const shipped = resolve(import.meta.dirname, '../src/search/embedding')
const files = ['table.bin', 'vocabulary.txt', 'query-projection.bin']
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-table-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function failureWith(change: () => Promise<unknown>): Promise<Failure> {
  for (const name of files) await copyFile(join(shipped, name), join(folder, name))
  await change()
  const error = await loadEmbedder(folder).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Failure)
  return error as Failure
}

describe('the token table that ships', () => {
  it('puts near each other what means the same', async () => {
    const embedder = await shippedEmbedder()
    const of = (text: string) => embedder.embed([text])
    const asked = of('how do robots learn to grasp things')
    expect(dot(asked, of('manipulation policies for object picking'))).toBeGreaterThan(
      dot(asked, of('redshift surveys of bright galaxies')) + 0.15,
    )
    expect(await shippedEmbedder()).toBe(embedder)
  })

  it('is refused when a byte differs, when it was cut and when it is not there', async () => {
    const table = join(folder, 'table.bin')
    const bytes = await readFile(join(shipped, 'table.bin'))
    const flipped = Buffer.from(bytes)
    flipped[bytes.length >> 1] = (flipped[bytes.length >> 1] ?? 0) ^ 1
    const damaged = /table\.bin is damaged/
    expect((await failureWith(() => writeFile(table, flipped))).message).toMatch(damaged)
    expect((await failureWith(() => writeFile(table, bytes.subarray(0, 1000)))).message).toMatch(damaged)
    expect((await failureWith(() => rm(table))).message).toMatch(/table\.bin cannot be read/)
    const words = join(folder, 'vocabulary.txt')
    expect((await failureWith(() => writeFile(words, 'a\nb'))).message).toMatch(/vocabulary\.txt is damaged/)
    const projection = join(folder, 'query-projection.bin')
    expect((await failureWith(() => rm(projection))).message).toMatch(/query-projection\.bin cannot be read/)
  })
})
