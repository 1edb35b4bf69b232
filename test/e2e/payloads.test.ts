import { expect, it } from 'vitest'
import { startBot } from '../fixtures/bot-in-sandbox.ts'
import { payloads } from '../fuzz/payloads.ts'

it('payloads that Discord would never send neither end nor silence the bot', async () => {
  await payloads.fuzz(10_000, 1)
}, 180_000)

it('what discord.js cannot read is reported and left out', async () => {
  const bot = await startBot()
  const { _ws: socket } = bot.connection.client.ws as unknown as {
    _ws: { emit(event: 'dispatch', payload: unknown): boolean }
  }
  const data = { op: 0, s: 1, t: 'INTERACTION_CREATE', d: { type: 2, data: null } }
  expect(() => socket.emit('dispatch', { data, shardId: 0 })).not.toThrow()
  expect(bot.log.filter(({ msg }) => msg === 'an event could not be read')).toHaveLength(1)
  expect((await bot.sandbox.person('ada').slash('general', 'help')).embeds).toHaveLength(1)
  await bot.close()
})
