import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeVector, encodeVector, storedVectors } from '../../src/embedding-models/stored-vectors.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { dot, normalize } from '../../src/search/embedding/unit-vector.ts'
import { openTemporary } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'

let store: Store
beforeAll(async () => {
  store = await openTemporary()
})
afterAll(() => store.close())

const day = '2026-11-23'
const model = { name: 'm', batch: 3 }

async function counted(vectors = store.vectors) {
  const table = await shippedEmbedder()
  const asked: string[] = []
  const failures: unknown[] = []
  return {
    asked,
    failures,
    parts: {
      vectors,
      dimensions: table.dimensions,
      day,
      onStoreFailure: (error: unknown) => failures.push(error),
      embed: async (texts: readonly string[]) => {
        asked.push(...texts)
        return texts.map(text => table.embed([text]))
      },
    },
  }
}

describe('stored vectors', () => {
  it('lose less than half a per cent of their direction at 8 bits, and no more when stored again', () => {
    fc.assert(
      fc.property(fc.float32Array({ minLength: 2, maxLength: 400, noNaN: true, min: -9, max: 9 }), values => {
        const vector = normalize(values)
        const back = decodeVector(encodeVector(vector), vector.length)!
        if (vector.some(value => value !== 0))
          expect(dot(normalize(back.slice()), vector)).toBeGreaterThan(0.995)
        expect(encodeVector(back)).toEqual(encodeVector(vector))
      }),
    )
  })

  it('are none where the bytes are something else', () => {
    expect(decodeVector(Uint8Array.of(1, 2, 3), 4)).toBeUndefined()
    expect(decodeVector(encodeVector(Float32Array.of(1, 0)), 3)).toBeUndefined()
    const nonsense = encodeVector(Float32Array.of(1, 0))
    new DataView(nonsense.buffer).setFloat32(0, Number.NaN, true)
    expect(decodeVector(nonsense, 2)).toBeUndefined()
  })

  it('are computed once, by text, whatever their order', async () => {
    const first = await counted()
    const texts = ['speech recognition', 'protein folding', 'graph colouring', 'sorting']
    const rows = await storedVectors(texts, model, first.parts)
    expect(first.asked).toEqual(texts)
    const again = await counted()
    const turned = await storedVectors([...texts.toReversed(), 'hashing'], model, again.parts)
    expect(again.asked).toEqual(['hashing'])
    const { dimensions } = first.parts
    const one = rows.subarray(0, dimensions)
    const same = turned.subarray(3 * dimensions, 4 * dimensions)
    expect(dot(one, same)).toBeGreaterThan(0.995)
    const other = await counted()
    await storedVectors(['sorting'], { ...model, name: 'other' }, other.parts)
    expect(other.asked).toEqual(['sorting'])
  })

  it('are there after a failure half-way for the batches that were done', async () => {
    const texts = ['a1', 'b2', 'c3', 'd4', 'e5'].map(name => `${name} of a failure`)
    const failing = await counted()
    const embed = async (some: readonly string[]) => {
      if (some.includes(texts[4]!)) throw new Error('gone')
      return failing.parts.embed(some)
    }
    await expect(storedVectors(texts, model, { ...failing.parts, embed })).rejects.toThrow('gone')
    const again = await counted()
    await storedVectors(texts, model, again.parts)
    expect(again.asked).toEqual(texts.slice(3))
  })

  it('are computed all the same where the store fails', async () => {
    const closed = await openTemporary()
    await closed.close()
    const { parts, asked, failures } = await counted(closed.vectors)
    const rows = await storedVectors(['a', 'b'], model, parts)
    expect(rows).toHaveLength(2 * parts.dimensions)
    expect(asked).toEqual(['a', 'b'])
    expect(failures.length).toBeGreaterThan(0)
  })
})
