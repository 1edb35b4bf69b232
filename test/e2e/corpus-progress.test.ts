import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { startBot } from '../fixtures/bot-in-sandbox.ts'

const count = 4_000
const lines = Array.from({ length: count }, (_, i) =>
  JSON.stringify({
    title: `Zorblax number ${i}: catapults for penguins`,
    abstract: `We propose the ${i}th catapult. ${'It throws a penguin over the ice. '.repeat(20)}`,
  }),
)

it('shows how far a long import is, to whoever began it, and then what it has done', {
  timeout: 120_000,
}, async () => {
  const bot = await startBot({ env: { SERVER_PAPERS: String(count) } })
  onTestFinished(bot.close)
  // However fast the machine is, reading takes longer than the time between two edits.
  const { papers } = bot.store
  const { upsert } = papers
  Object.assign(papers, {
    upsert: async (news: Parameters<typeof upsert>[0]) => {
      await sleep(250)
      return upsert.call(papers, news)
    },
  })
  const ada = bot.sandbox.person('ada')
  const told: string[] = []
  onTestFinished(ada.follow(event => told.push(JSON.stringify(event))))
  const seenByOthers: string[] = []
  onTestFinished(bot.sandbox.person('emmy').follow(event => seenByOthers.push(JSON.stringify(event))))
  const file = { name: 'many.jsonl', base64: Buffer.from(lines.join('\n')).toString('base64') }
  const reply = await ada.slash('general', 'corpus add', { file })
  await expect.poll(() => reply.content, { timeout: 100_000 }).toContain('Added 4000 papers')
  const progress = told.flatMap(text => text.match(/Reading: [\d,]+ entries so far \([^)]*\)/gu) ?? [])
  expect(progress.length).toBeGreaterThan(0)
  expect(progress[0]).toMatch(/\d00 added/u)
  // Nothing that was on its way overwrites the answer.
  await sleep(2_500)
  expect(reply.content).toContain('Added 4000 papers')
  expect(seenByOthers.join()).not.toContain('Reading:')
  expect(bot.sandbox.refused).toEqual([])
})
