import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { EmbedderError } from '../../src/embedding-models/embedder-error.ts'
import type { ModelEmbedder } from '../../src/embedding-models/port.ts'
import { queryEmbedder } from '../../src/embedding-models/query-embedder.ts'

const modelOf = (embed: ModelEmbedder['embed']): ModelEmbedder => ({
  name: 'm',
  batch: 1,
  embed,
  close: async () => {},
})
const well: ModelEmbedder['embed'] = async texts => texts.map(() => Float32Array.of(1, 0))

describe('a query that waits for a model', () => {
  it('gets its vector', async () => {
    const embedder = queryEmbedder(modelOf(well), 2, () => {})
    expect(await embedder.embed(['a', 'b'])).toEqual(Float32Array.of(1, 0, 1, 0))
  })

  it('waits no longer than it may, and the next one not at all for a while', async () => {
    let now = 0
    let calls = 0
    const problems: string[] = []
    const hanging = modelOf(async (_, signal) => {
      calls += 1
      await sleep(60_000, undefined, { signal, ref: false }).catch(() => {})
      throw new EmbedderError('late', 'too late')
    })
    const embedder = queryEmbedder(hanging, 2, ({ problem }) => problems.push(problem), {
      timeout: 20,
      now: () => now,
    })
    await expect(embedder.embed(['a'])).rejects.toMatchObject({ problem: 'late' })
    await expect(embedder.embed(['b'])).rejects.toMatchObject({ problem: 'busy' })
    expect(calls).toBe(1)
    now = 15_001
    await expect(embedder.embed(['c'])).rejects.toMatchObject({ problem: 'late' })
    expect(problems).toEqual(['late', 'late'])
  })

  it('leaves a model alone as long as it asks for, and no longer than ten minutes', async () => {
    let now = 0
    let fails = true
    let retryAfter = 90_000
    const busy = modelOf(async texts => {
      if (fails) throw new EmbedderError('busy', 'busy', { retryAfter })
      return well(texts)
    })
    const embedder = queryEmbedder(busy, 2, () => {}, { now: () => now })
    await expect(embedder.embed(['a'])).rejects.toThrow('busy')
    now = 89_000
    fails = false
    await expect(embedder.embed(['a'])).rejects.toThrow('left alone')
    now = 90_001
    await expect(embedder.embed(['a'])).resolves.toHaveLength(2)
    fails = true
    retryAfter = 1e12
    await expect(embedder.embed(['a'])).rejects.toThrow('busy')
    fails = false
    now += 600_001
    await expect(embedder.embed(['a'])).resolves.toHaveLength(2)
  })

  it('asks a model again in time when the clock was set back meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    let asked = 0
    const busy = modelOf(async texts => {
      asked += 1
      if (asked === 1) throw new EmbedderError('busy', 'busy', { retryAfter: 10 })
      return well(texts)
    })
    const embedder = queryEmbedder(busy, 2, () => {})
    await expect(embedder.embed(['a'])).rejects.toThrow('busy')
    vi.setSystemTime(Date.now() - 86_400_000)
    await sleep(20)
    await expect(embedder.embed(['a'])).resolves.toHaveLength(2)
  })

  it('takes no vector of another length, and no more than a few at once', async () => {
    const longer = queryEmbedder(modelOf(well), 3, () => {})
    await expect(longer.embed(['a'])).rejects.toMatchObject({ problem: 'wrong' })
    const slow = queryEmbedder(
      modelOf(async texts => {
        await sleep(30)
        return well(texts)
      }),
      2,
      () => {},
    )
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => slow.embed(['a'])))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
    await expect(slow.embed(['a'])).resolves.toHaveLength(2)
  })
})
