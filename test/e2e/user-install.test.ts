import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

describe.each([{ http: false }, { http: true }])(
  'installed by a person, where the bot is no member (%j)',
  ({ http }) => {
    let bot: Bot

    beforeAll(async () => {
      bot = await startBot({ http })
      bot.sandbox.simulate({ kind: 'remove-bot', guild: 'Lab' })
      bot.sandbox.simulate({ kind: 'user-install', person: 'ada', installed: true })
    })
    afterAll(() => bot.close())
    const ada = () => bot.sandbox.person('ada')

    it('offers what needs no server, and to nobody else', () => {
      const names = ada()
        .commands('general')
        .map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining(['paper', 'ask', 'related', 'save', 'library', 'help']))
      for (const name of ['daily', 'queue', 'share', 'trending', 'sources']) expect(names).not.toContain(name)
      expect(bot.sandbox.person('alan').commands('general')).toEqual([])
    })

    it('answers, completes, and takes its buttons and menus', async () => {
      expect((await ada().suggest('general', 'paper', 'query', 'kv'))?.length).toBeGreaterThan(0)
      const reply = await ada().slash('general', 'paper', { query: 'kv cache' })
      expect(reply.embeds[0]?.title).toMatch(/KV|Key|Cache/u)
      for (const button of ['Whole abstract', 'Related papers', 'Cite']) {
        const pressed = await ada().press(reply.message, button)
        expect(pressed.state).not.toBe('failed')
      }
      const [menu] = (reply.message.components ?? []).flatMap(row =>
        'components' in row ? row.components.filter(part => part.type === 3) : [],
      )
      const chosen = await ada().choose(
        reply.message,
        (menu as { options: { value: string }[] }).options[0]!.value,
      )
      expect(chosen.state).not.toBe('failed')
    })

    it('answers questions, and keeps what is saved', async () => {
      const answer = await ada().slash('general', 'ask', { question: 'what is the KV cache?' })
      expect(JSON.stringify(answer.embeds)).toMatch(/cache/iu)
      const saved = await ada().slash('general', 'save', { paper: 'kv cache' })
      expect(JSON.stringify([saved.content, saved.embeds])).toMatch(/saved/iu)
      expect(JSON.stringify((await ada().slash('general', 'library')).embeds)).toMatch(/ache/u)
    })

    it('asks nothing that Discord refuses, but for the server that it does not see', () => {
      expect(bot.sandbox.refused.filter(({ code }) => code !== 50_001 && code !== 10_004)).toEqual([])
      expect(bot.log.filter(line => line.level >= 50)).toEqual([])
    })
  },
)
