import { describe, expect, it } from 'vitest'
import { Failure } from '../src/errors.ts'
import { runTask } from '../src/worker-task.ts'

const module = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`)
const posts = (expression: string) =>
  module(
    `import { parentPort, workerData } from 'node:worker_threads'; parentPort.postMessage(${expression})`,
  )
const limits = { timeout: 20_000, memory: 32 }

describe('a task in a thread of its own', () => {
  it('returns what it posts, one after the other', async () => {
    const all = [1, 2, 3].map(n => runTask<number>(posts('workerData * 2'), n, limits))
    expect(await Promise.all(all)).toEqual([2, 4, 6])
  })

  it('is ended when it takes too long, and the next one runs', async () => {
    const endless = runTask(module('for (;;);'), 0, { ...limits, timeout: 200 })
    const next = runTask<number>(posts('workerData'), 5, limits)
    await expect(endless).rejects.toThrow(new Failure('limit', 'This takes too long, and was given up.'))
    expect(await next).toBe(5)
  })

  it.each([
    ['throws', module('throw new Error("broken")')],
    ['ends without a word', module('')],
    ['takes more memory than it may', module('const all = []; for (;;) all.push(new Array(1e5).fill(1.5))')],
  ])('is an error when it %s', async (_, task) => {
    await expect(runTask(task, 0, limits)).rejects.toThrow(/^a task has failed/u)
  })

  it('is refused when too many wait', async () => {
    const tries = Array.from({ length: 25 }, (_, n) => runTask<number>(posts('workerData'), n, limits))
    const done = await Promise.allSettled(tries)
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
    expect(done.slice(20).every(one => one.status === 'rejected' && one.reason.kind === 'limit')).toBe(true)
  })
})
