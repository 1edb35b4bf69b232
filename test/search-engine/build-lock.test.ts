import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { BuildLocks, LockLost } from '../../src/search-engine/build-lock.ts'
import type { Engine } from '../../src/search-engine/engine.ts'
import { Indexes } from '../../src/search-engine/indexes.ts'
import { engineAt, ownPrefix, searchUrl } from './fixture.ts'

const minute = 60_000

describe.skipIf(searchUrl() === '')('the right to build an index', () => {
  let engine: Engine
  let indexes: Indexes
  /** Time as each process sees it pass. */
  let passed: Record<string, number>
  const locksOf = (by: string) => new BuildLocks(indexes, by, () => passed[by] ?? 0)
  beforeAll(async () => {
    engine = await engineAt(searchUrl())
  })
  beforeEach(async () => {
    indexes = new Indexes(engine, ownPrefix())
    await indexes.prepare()
    passed = {}
  })
  afterEach(() => vi.restoreAllMocks())
  afterAll(() => engine.close())

  test('is one process’s at a time, and free when it is given back', async () => {
    const [one, other] = [locksOf('one'), locksOf('other')]
    const lock = await one.take()
    expect(await other.take()).toBeUndefined()
    await lock?.release()
    const next = await other.take()
    expect(next?.reached).toEqual({})
    await next?.release()
  })

  test('of two that ask at once one gets it', async () => {
    const taken = await Promise.all(['a', 'b', 'c', 'd'].map(by => locksOf(by).take()))
    const [lock, ...others] = taken.filter(one => one !== undefined)
    expect(others).toEqual([])
    await lock?.release()
  })

  test.each([1, -1])('is left to whoever renews it by a machine whose clock is %i h ahead', async hours => {
    const holder = await locksOf('one').take()
    const now = Date.now()
    vi.spyOn(Date, 'now').mockImplementation(() => now + hours * 60 * minute)
    const ahead = locksOf('ahead')
    for (let i = 0; i < 5; i++) {
      expect(await ahead.take()).toBeUndefined()
      passed['ahead'] = (passed['ahead'] ?? 0) + 0.9 * minute
      await holder?.renew()
    }
    await expect(holder?.reach({ index: 'x-v1' })).resolves.toBeUndefined()
    await holder?.release()
  })

  test.each([1, -1])('is taken from one that is gone whose clock was %i h ahead', async hours => {
    const now = Date.now()
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now + hours * 60 * minute)
    const gone = await locksOf('gone').take()
    await gone?.reach({ index: 'x-v1', files: 'f' })
    clock.mockRestore()
    const waiting = locksOf('waiting')
    expect(await waiting.take()).toBeUndefined()
    passed['waiting'] = 0.9 * minute
    expect(await waiting.take()).toBeUndefined()
    passed['waiting'] = 1.1 * minute
    const lock = await waiting.take()
    expect(lock?.reached).toEqual({ index: 'x-v1', files: 'f' })
    // Whoever stood still so long builds no more, and does not give back what is another's.
    await expect(gone?.reach({ index: 'x-v2' })).rejects.toThrow(LockLost)
    await gone?.release()
    await gone?.abandon()
    expect(await locksOf('third').take()).toBeUndefined()
    await lock?.release()
  })

  test('is given up with what was reached, for whoever comes next', async () => {
    const lock = await locksOf('one').take()
    await lock?.reach({ index: 'x-v1', hasVectors: true })
    await lock?.abandon()
    const next = await locksOf('other').take()
    expect(next?.reached).toEqual({ index: 'x-v1', hasVectors: true })
    await next?.release()
  })

  test('is kept where the engine did what it had no time to confirm', async () => {
    const lock = await locksOf('one').take()
    const write = indexes.writeDocument.bind(indexes)
    vi.spyOn(indexes, 'writeDocument').mockImplementationOnce(async (...args) => {
      await write(...args)
      throw new Error('no answer')
    })
    await expect(lock?.renew()).rejects.toThrow('no answer')
    await expect(lock?.renew()).resolves.toBeUndefined()
    await lock?.release()
    expect(await locksOf('other').take()).toBeDefined()
  })
})
