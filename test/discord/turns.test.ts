import { expect, it } from 'vitest'
import { turnIn } from '../../src/discord/turns.ts'
import { openWorkQueue } from '../../src/discord/work-queue.ts'

const who = (n: number) => ({ userId: `member ${n}`, guildId: 'lab' })

it('what the queue refuses is known before the turn counts as long', async () => {
  const queue = openWorkQueue({ maxPerMember: 1 })
  const accepted = Array.from({ length: 12 }, (_, n) => turnIn(queue, who(n)).inTurn(() => n))
  const turn = turnIn(queue, who(3))
  const first = await Promise.race([
    turn.inTurn(() => 'done').catch(() => 'refused'),
    turn.isLong.then(() => 'long'),
  ])
  expect(first).toBe('refused')
  expect(await Promise.all(accepted)).toHaveLength(12)
})

it('is long behind many, and not behind few', async () => {
  const queue = openWorkQueue()
  const jobs = Array.from({ length: 12 }, (_, n) => turnIn(queue, who(n)).inTurn(() => n))
  const turn = turnIn(queue, who(20))
  const order: string[] = []
  const work = turn.inTurn(() => order.push('done'))
  await Promise.all([turn.isLong.then(() => order.push('long')), work, ...jobs])
  expect(order).toContain('long')
})

it('runs what is begun within its own turn at once', async () => {
  const turn = turnIn(openWorkQueue(), who(1))
  expect(await turn.inTurn(() => turn.inTurn(() => 'inner'))).toBe('inner')
})
