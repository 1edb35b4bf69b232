import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'
import { linkTo, zoteroEntry } from '../store/zotero-entries.ts'

let bot: Bot
beforeAll(async () => {
  bot = await startBot()
})
afterAll(() => bot.close())

const ada = () => bot.sandbox.person('ada')
const followUps = '^/webhooks/\\d+/[^/]+$'

/** Something that Zotero did not take, of a server of its own, which Ada is to be told with her next command. */
async function give(guildId: string, reason: string): Promise<void> {
  const { zotero } = bot.store
  await linkTo(bot.store, guildId, { userId: ada().person.user.id })
  await zotero.add(zoteroEntry('p', { guildId }))
  await zotero.giveUp(guildId, { until: Date.now(), reason }, Date.now())
  await zotero.untried(50)
}

async function told(): Promise<string[]> {
  const before = bot.log.length
  const reply = await ada().slash('general', 'help')
  const isDone = () => bot.log.slice(before).some(({ msg }) => msg === 'dealt with')
  await expect.poll(isDone, { timeout: 10_000 }).toBe(true)
  return reply.followUps.flatMap(({ embeds }) => embeds[0]?.description?.split('\n') ?? [])
}

it.each([
  ['was refused', { kind: 'refused', status: 404, code: 10015, message: 'Unknown Webhook' }],
  ['was lost', { kind: 'dropped' }],
] as const)('a notice that %s is told with the next command, once', async (_name, effect) => {
  await give('100000000000000001', 'too odd')
  bot.sandbox.faults.add({ method: 'POST', path: followUps, effect })
  expect(await told()).toEqual([])
  expect(bot.sandbox.faults.pending).toEqual([])
  expect(await told()).toEqual([expect.stringContaining('too odd')])
  expect(await told()).toEqual([])
})

it('notices that have no room are told with the commands after it', async () => {
  const reasons = Array.from(
    { length: 20 },
    (_, i) => `reason ${String.fromCodePoint(97 + i)} ${'x'.repeat(280)}`,
  )
  for (const [i, reason] of reasons.entries())
    await give(`2000000000000000${String(i).padStart(2, '0')}`, reason)
  const rounds = [await told(), await told(), await told()]
  expect(rounds[0]?.length).toBeLessThan(20)
  expect(rounds.flat()).toHaveLength(20)
  expect(new Set(rounds.flat()).size).toBe(20)
})
