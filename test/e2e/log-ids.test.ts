import { afterAll, beforeAll, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

let bot: Bot
beforeAll(async () => {
  const [paper, ...others] = commands.toSorted(
    (a, b) => Number(b.spec.name === 'paper') - Number(a.spec.name === 'paper'),
  )
  if (paper === undefined) throw new Error('no command')
  const failing = {
    ...paper,
    run: async (
      input: Parameters<typeof paper.run>[0],
      context: Parameters<typeof paper.run>[1],
      with_: Parameters<typeof paper.run>[2],
    ) => {
      if (JSON.stringify(input).includes('breaks')) throw new Error('a bug')
      return paper.run(input, context, with_)
    },
  }
  bot = await startBot({ commands: [failing, ...others] })
})
afterAll(() => bot.close())

type Line = {
  interaction?: string
  command?: string
  outcome?: string
  ms?: number
  msg: string
  incident?: string
}
const lines = () => bot.log as readonly Line[]
const ada = () => bot.sandbox.person('ada')
const latest = () => [...bot.sandbox.world.interactions.keys()].at(-1)

it('ends what is answered with its id, command and outcome', async () => {
  await ada().slash('general', 'paper', { query: 'kv cache' })
  await expect
    .poll(() => lines().find(({ msg, command }) => msg === 'dealt with' && command === 'paper'))
    .toMatchObject({
      interaction: latest(),
      outcome: 'answered',
      ms: expect.any(Number),
    })
})

it('names an incident and its interaction in one line, and every line of it by the same id', async () => {
  const reply = await ada().slash('general', 'paper', { query: 'this breaks' })
  const incident = /`([0-9a-f]{8})`/u.exec(reply.content)?.[1]
  const id = latest()
  expect(lines().find(line => line.incident === incident)).toMatchObject({ interaction: id })
  await expect
    .poll(() =>
      lines()
        .filter(line => line.interaction === id)
        .map(({ msg }) => msg),
    )
    .toEqual(['a command failed', 'dealt with'])
  expect(JSON.stringify(lines())).not.toContain('breaks')
})
