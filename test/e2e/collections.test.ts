import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Paper } from '../../src/corpus/paper.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'
import { paper } from '../fixtures/paper.ts'

let bot: Bot
beforeAll(async () => {
  bot = await startBot()
})
afterAll(() => bot.close())

const ada = () => bot.sandbox.person('ada')
const put = (collection: string, papers: readonly Paper[]) =>
  bot.store.papers.upsert({ collection, source: 'test', papers, at: Date.now() })
const titleOf = async (channel: string, query: string) =>
  (await ada().slash(channel, 'paper', { query })).embeds[0]?.title ?? ''

const secret = paper('secret-1', 'Zymurgical yeast fermentation kinetics')

describe('papers that come while the bot runs', () => {
  it('are found by everybody, without a restart', async () => {
    await put('', [paper('fresh-1', 'Basalt petrology of slow spreading ocean ridges')])
    await expect.poll(() => titleOf('general', 'basalt petrology'), { timeout: 20_000 }).toContain('Basalt')
    expect(await titleOf('dm', 'basalt petrology')).toContain('Basalt')
    const choices = await ada().suggest('general', 'paper', 'query', 'basalt p')
    expect(choices?.map(({ name }) => name).join()).toContain('Basalt petrology')
    const answer = await ada().slash('general', 'ask', { question: 'What is known of basalt petrology?' })
    expect(JSON.stringify(answer.embeds)).toContain('basalt petrology')
  })

  it('are seen by the server alone that they belong to', async () => {
    await put(bot.sandbox.guild('Lab').id, [secret])
    await expect
      .poll(() => titleOf('general', 'zymurgical fermentation'), { timeout: 20_000 })
      .toContain('Zymurgical')
    const shown = await ada().slash('general', 'paper', { query: 'zymurgical fermentation' })
    const [cite] = JSON.stringify(shown.message.components).match(/L1:paper:cite:[^"]*/u) ?? []
    expect((await ada().sendRaw(shown.message, cite ?? '')).content).toContain('Zymurgical')
    for (const [channel, name] of [
      ['lobby', 'mallory'],
      ['dm', 'ada'],
    ] as const) {
      const someone = bot.sandbox.person(name)
      const found = await someone.slash(channel, 'paper', { query: 'zymurgical fermentation' })
      expect(JSON.stringify(found.message)).not.toContain('Zymurgical yeast')
      const choices = await someone.suggest(channel, 'paper', 'query', 'zymur')
      expect(JSON.stringify(choices ?? [])).not.toContain('Zymurgical yeast')
      for (const [command, option] of [
        ['paper', 'query'],
        ['related', 'paper'],
        ['save', 'paper'],
      ] as const) {
        const guessed = await someone.slash(channel, command, { [option]: 'id:secret-1' })
        expect(JSON.stringify(guessed.message), command).not.toContain('Zymurgical yeast')
      }
      const answer = await someone.slash(channel, 'ask', { question: 'How does zymurgical yeast ferment?' })
      expect(JSON.stringify(answer.message)).not.toContain('Zymurgical yeast')
      for (const action of ['cite', 'abstract', 'open', 'pick']) {
        const forged = await someone.sendRaw(found.message, `L1:paper:${action}::secret-1`)
        expect(JSON.stringify(forged.message), action).not.toMatch(/zymurgical yeast/iu)
      }
    }
  })
})
