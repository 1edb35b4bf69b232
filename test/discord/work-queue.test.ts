import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openWorkQueue, type WorkQueue } from '../../src/discord/work-queue.ts'

const ada = { userId: 'ada', guildId: 'lab' }
const bob = { userId: 'bob', guildId: 'lab' }
const eve = { userId: 'eve', guildId: 'elsewhere' }

/** A job that runs, until it is opened. */
async function begun(queue: WorkQueue) {
  const [started, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const first = queue.run(ada, () => {
    started.resolve()
    return held.promise
  })
  await started.promise
  return { first, open: held.resolve }
}

describe('the queue of dear work', () => {
  it('takes servers in turn, and members in turn within a server', async () => {
    const queue = openWorkQueue()
    const order: string[] = []
    const add = (who: typeof ada, name: string) => queue.run(who, async () => void order.push(name))
    await Promise.all([
      add(ada, 'ada 1'),
      add(ada, 'ada 2'),
      add(ada, 'ada 3'),
      add(bob, 'bob 1'),
      add(eve, 'eve 1'),
      add(eve, 'eve 2'),
    ])
    expect(order).toEqual(['ada 1', 'eve 1', 'bob 1', 'eve 2', 'ada 2', 'ada 3'])
  })

  it('refuses what a member piles up, in words, and nobody else', async () => {
    const queue = openWorkQueue({ maxPerMember: 2 })
    const { first, open } = await begun(queue)
    const more = [queue.run(ada, async () => 2), queue.run(ada, async () => 3)]
    await expect(queue.run(ada, async () => 4)).rejects.toMatchObject({ kind: 'limit' })
    const other = queue.run(bob, async () => 5)
    open()
    await first
    expect(await Promise.all([...more, other])).toEqual([2, 3, 5])
  })

  it('refuses everybody when it is full', async () => {
    const queue = openWorkQueue({ maxWaiting: 1 })
    const { first, open } = await begun(queue)
    const second = queue.run(bob, async () => 2)
    await expect(queue.run(eve, async () => 3)).rejects.toThrow('Too many people')
    open()
    expect(await Promise.all([first, second])).toEqual([undefined, 2])
  })

  it('goes on after work that fails', async () => {
    const queue = openWorkQueue()
    await expect(queue.run(ada, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await queue.run(ada, async () => 1)).toBe(1)
  })

  it('begins none in the turn of the event loop in which it comes in', async () => {
    const queue = openWorkQueue()
    const order: string[] = []
    const job = queue.run(ada, async () => void order.push('job'))
    await Promise.resolve().then(() => order.push('what came in with it'))
    await job
    expect(order).toEqual(['what came in with it', 'job'])
  })

  it('lets the event loop have a turn between two jobs that take their time', async () => {
    const queue = openWorkQueue()
    const order: string[] = []
    setImmediate(() => order.push('something else'))
    const long = async (n: number) => {
      const end = performance.now() + 3
      while (performance.now() < end);
      order.push(`job ${n}`)
      if (n === 1) setImmediate(() => order.push('what came meanwhile'))
    }
    await Promise.all([1, 2, 3].map(n => queue.run(ada, () => long(n))))
    expect(order.indexOf('something else')).toBeLessThan(order.indexOf('job 3'))
    expect(order.indexOf('what came meanwhile')).toBeLessThan(order.indexOf('job 2'))
  })

  it('expects waits by the time that jobs took', async () => {
    const queue = openWorkQueue({ maxPerMember: 1_000 })
    const crowd = () => Array.from({ length: 100 }, () => queue.run(ada, async () => {}))
    const before = crowd()
    const unknown = queue.expectedWait
    await Promise.all(before)
    const after = crowd()
    expect(queue.expectedWait).toBeLessThan(unknown / 5)
    await Promise.all(after)
    expect(queue.expectedWait).toBe(0)
  })

  it('loses and doubles nothing, whoever asks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            userId: fc.constantFrom('a', 'b', 'c'),
            guildId: fc.constantFrom('x', 'y', undefined),
          }),
          {
            maxLength: 40,
          },
        ),
        async requesters => {
          const queue = openWorkQueue({ maxPerMember: 100 })
          const done = await Promise.all(requesters.map((who, i) => queue.run(who, async () => i)))
          expect(done).toEqual(requesters.map((_, i) => i))
          expect(queue.waiting).toBe(0)
        },
      ),
    )
  })
})
