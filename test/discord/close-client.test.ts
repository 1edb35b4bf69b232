import { Events } from 'discord.js'
import { expect, it } from 'vitest'
import { closeClient } from '../../src/discord/close-client.ts'
import { startBot } from '../fixtures/bot-in-sandbox.ts'

it('ends though the client was about to reconnect', { timeout: 60_000 }, async () => {
  const bot = await startBot()
  const { client } = bot.connection
  const ended = new Promise<string>(resolve => {
    client.on(Events.Debug, text => {
      if (!text.includes('Destroying shard') || !text.includes('Reconnect')) return
      closeClient(client).then(() => resolve('ended'))
    })
  })
  bot.sandbox.simulate({ kind: 'invalid-session', resumable: false })
  const late = new Promise(resolve => setTimeout(() => resolve('hangs'), 20_000).unref())
  expect(await Promise.race([ended, late])).toBe('ended')
  await bot.close()
})
