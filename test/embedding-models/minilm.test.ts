import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMiniLm } from '../../src/embedding-models/minilm.ts'
import type { ModelEmbedder } from '../../src/embedding-models/port.ts'
import { probe } from '../../src/embedding-models/probe.ts'
import { dot } from '../../src/search/embedding/unit-vector.ts'
import { haveMiniLm, miniLmFolder } from '../fixtures/minilm.ts'

describe.skipIf(!haveMiniLm())('MiniLM in a worker', () => {
  let model: ModelEmbedder
  beforeAll(async () => {
    model = await openMiniLm(miniLmFolder, 'minilm')
  }, 60_000)
  afterAll(() => model.close())

  it('gives the vectors that sentence-transformers gives', async () => {
    const [vector] = await model.embed(['This is an example sentence'])
    expect(vector).toHaveLength(384)
    // The first values of the model at full width; 8 bits are off by .004.
    const full = [0.0677, 0.0635, 0.0487, 0.0793]
    full.forEach((value, i) => {
      expect(Math.abs((vector?.[i] ?? 0) - value)).toBeLessThan(0.005)
    })
    expect(await probe(model, AbortSignal.timeout(30_000))).toBe(384)
  })

  it('gives equal texts equal vectors, in order, whatever they are', async () => {
    const texts = [
      '',
      'a',
      '日本語 and \u0000 signs',
      '[CLS] [SEP]',
      'word '.repeat(2000),
      'x'.repeat(500),
      'a',
    ]
    const vectors = await model.embed(texts)
    expect(vectors).toHaveLength(texts.length)
    for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 4)
    expect(vectors[6]).toEqual(vectors[1])
  })

  it('lets the event loop run meanwhile', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    await model.embed(
      Array.from({ length: 8 }, (_, i) => `A long text about caches, number ${i}. `.repeat(20)),
    )
    clearInterval(timer)
    expect(turns).toBeGreaterThan(10)
  })

  it('is not waited for when the caller has stopped waiting, and still answers the next one', async () => {
    const late = model.embed(['long '.repeat(2000)], AbortSignal.timeout(1))
    await expect(late).rejects.toMatchObject({ problem: 'late' })
    expect(await model.embed(['a'])).toHaveLength(1)
  })

  it('says what is wrong with another file than a model of its own', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lectern-minilm-'))
    try {
      await cp(join(miniLmFolder, 'vocab.txt'), join(folder, 'vocab.txt'))
      await symlink(join(miniLmFolder, 'node_modules'), join(folder, 'node_modules'))
      await writeFile(join(folder, 'model.onnx'), 'not a model')
      await expect(openMiniLm(folder, 'm')).rejects.toMatchObject({
        problem: 'wrong',
        message: expect.stringContaining('model.onnx is damaged, or no ONNX model'),
      })
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('ends, and whoever waits is told', async () => {
    const other = await openMiniLm(miniLmFolder, 'm')
    const waiting = other.embed(['long '.repeat(2000)])
    const told = expect(waiting).rejects.toMatchObject({ problem: 'wrong' })
    await other.close()
    await told
    await expect(other.embed(['a'])).rejects.toThrow('ended')
  })
})
