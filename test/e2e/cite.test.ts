import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { citation } from '../../src/corpus/export.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

let bot: Bot

beforeAll(async () => {
  bot = await startBot()
})
afterAll(() => bot.close())
afterEach(() => {
  expect(bot.sandbox.refused).toEqual([])
  expect(bot.log.filter(line => line.level >= 50)).toEqual([])
})

const ada = () => bot.sandbox.person('ada')
const named = (title: RegExp) =>
  bot.libraries.of(undefined).search.papers.find(paper => title.test(paper.title))!

describe('/cite', () => {
  it('gives the BibTeX that the button gives, and that exports hold', async () => {
    const reply = await ada().slash('general', 'cite', { paper: 'SVERL' })
    const found = await ada().slash('general', 'paper', { query: 'SVERL' })
    const button = await ada().press(found.message, 'Cite')
    expect(reply.ephemeral).toBe(false)
    expect(reply.content).toBe(button.content)
    const paper = named(/Explaining Reinforcement Learning/u)
    expect(reply.content).toBe(`\`\`\`bibtex\n${citation(paper).trimEnd().replaceAll('`', "'")}\n\`\`\``)
  })

  it.each([
    ['ris', /^```text\nTY {2}- UNPB\r?\n[\s\S]*TI {2}- .*Shapley[\s\S]*ER {2}-\n```$/u],
    ['apa', /^```text\n.*\(n\.d\.\).*\n```$/u],
    ['chicago', /^```text\n“.*” n\.d\.\n```$/u],
    ['ieee', /^```text\n“.*[.?!]”?.*\n```$/u],
  ])('writes %s', async (style, right) => {
    const reply = await ada().slash('general', 'cite', { paper: 'SVERL', style, private: true })
    expect(reply.ephemeral).toBe(true)
    expect(reply.content).toMatch(right)
  })

  it('changes the style by its menu, for whoever chooses alone', async () => {
    const reply = await ada().slash('general', 'cite', { paper: 'SVERL' })
    const before = reply.content
    const chosen = await bot.sandbox.person('grace').choose(reply.message, 'apa')
    expect(chosen.ephemeral).toBe(true)
    expect(chosen.content).toContain('(n.d.)')
    expect(reply.content).toBe(before)
  })

  it('completes papers, and says so when none fits', async () => {
    const [choice] = (await ada().suggest('general', 'cite', 'paper', 'value-incent')) ?? []
    const reply = await ada().slash('general', 'cite', { paper: String(choice?.value), style: 'ieee' })
    expect(reply.content).toContain('Value-Incentivized')
    const none = await ada().slash('general', 'cite', { paper: 'zzzqqqxxx' })
    expect(none.ephemeral).toBe(true)
    expect(none.embeds[0]?.description).toContain('No paper here fits')
  })
})
