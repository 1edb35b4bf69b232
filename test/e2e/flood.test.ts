import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

let bot: Bot
const people = Array.from({ length: 25 }, (_, i) => `member${i}`)
beforeAll(async () => {
  // The sandbox's deadline runs at a tenth of real time: how busy the machine is must not decide the test.
  const start = Date.now()
  bot = await startBot({ now: () => start + (Date.now() - start) / 10 })
  for (const name of people) bot.sandbox.addPerson(name, ['Lab'])
})
afterAll(() => bot.close())

it('acknowledges 500 questions at once in time, and answers or refuses each in words', async () => {
  const questions = people.flatMap(name =>
    Array.from({ length: 20 }, (_, i) => ({
      name,
      question: `how does paper ${i} of ${name} make the kv cache smaller?`,
    })),
  )
  const asked = questions.map(({ name, question }) =>
    bot.sandbox.person(name).slash('general', 'ask', { question: question.repeat(30).slice(0, 3_000) }),
  )
  const help = await bot.sandbox.person('ada').slash('general', 'help')
  expect(help.embeds.length + help.content.length).toBeGreaterThan(0)
  const replies = await Promise.all(asked)
  const refused = replies.filter(({ content }) => content.includes('waiting already'))
  const answered = replies.filter(({ embeds }) => embeds.length > 0)
  expect(refused.length + answered.length).toBe(questions.length)
  expect(answered.length).toBeGreaterThanOrEqual(people.length * 5)
}, 120_000)
