import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { choiceOf } from '../../src/bot/options.ts'
import { encodeId } from '../../src/view/ids.ts'
import { itemKey } from '../../src/zotero/items.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'
import { ZoteroServer } from '../fixtures/zotero-server.ts'

const server = new ZoteroServer()
let bot: Bot

beforeAll(async () => {
  server.writeKey = 'zoteroSecretKey1234Wxyz'
  server.collections.add('COLLECT1')
  bot = await startBot({ env: { ZOTERO_URL: await server.listen() } })
})
afterAll(async () => {
  await bot.close()
  await server.close()
})
beforeEach(() => {
  server.mayWrite = true
})
afterEach(() => {
  expect(bot.sandbox.refused).toEqual([])
  expect(bot.log.filter(line => line.level >= 50)).toEqual([])
  expect(JSON.stringify(bot.log)).not.toContain(server.writeKey)
})

const ada = () => bot.sandbox.person('ada')
const papers = () => bot.libraries.of(undefined).search.papers

async function set(options: Record<string, unknown>, key = server.writeKey) {
  const form = await ada().slash('general', 'zotero set', options as never)
  return form.submit({ key })
}
const arrived = (key: string) => expect.poll(() => server.items.get(key)?.data, { timeout: 20_000 })

describe('/zotero', () => {
  it('says that there is no library', async () => {
    const [paper] = papers()
    const reply = await ada().slash('general', 'zotero send', { paper: choiceOf(paper!.id) })
    expect(reply.content).toContain('no Zotero library yet')
  })

  it('refuses what is none, and a key that may not write', async () => {
    const wrong = await ada().slash('general', 'zotero set', { library: 'https://evil.example/groups/77' })
    expect(wrong.content).toContain('no Zotero library')
    expect((await set({ library: '77' }, 'anotherKey1234567890')).content).toContain('refuses the key')
    server.mayWrite = false
    expect((await set({ library: '77' })).content).toContain('may not write')
    server.mayWrite = true
    expect((await set({ library: '77', collection: 'NOWHERE2' })).content).toContain('no such collection')
    expect((await ada().slash('general', 'zotero status')).content).toContain('sends nothing')
  })

  it('sends a paper with a note, and shows the key masked', async () => {
    const reply = await set({ library: 'https://www.zotero.org/groups/77/our_lab', collection: 'COLLECT1' })
    expect(reply.content).toContain('••••Wxyz')
    expect(reply.content).not.toContain(server.writeKey)
    const paper = papers()[1]!
    const sent = await bot.sandbox
      .person('grace')
      .slash('general', 'zotero send', { paper: choiceOf(paper.id), note: 'for **Monday**' })
    expect(sent.ephemeral).toBe(true)
    await arrived(itemKey(paper.id)).toMatchObject({ title: paper.title, collections: ['COLLECT1'] })
    await arrived(itemKey(paper.id, 'for **Monday**')).toMatchObject({ note: '<p>for **Monday**</p>' })
  })

  it('sends what was discussed; what is saved only where that is wanted', async () => {
    const [, , discussed, saved] = papers()
    await ada().slash('general', 'queue propose', { paper: choiceOf(discussed!.id) })
    await ada().slash('general', 'queue discussed', { paper: choiceOf(discussed!.id) })
    await arrived(itemKey(discussed!.id)).toMatchObject({ tags: [{ tag: 'discussed' }] })
    const first = await ada().slash('general', 'save', {
      paper: choiceOf(papers()[5]!.id),
      note: 'mine alone',
    })
    expect(JSON.stringify(first.embeds)).not.toContain('Zotero')
    await set({ library: '77', saves: true })
    const second = await ada().slash('general', 'save', { paper: choiceOf(saved!.id), note: 'mine alone' })
    expect(JSON.stringify([second.content, second.embeds])).toContain(
      'goes to this server’s Zotero library too',
    )
    await arrived(itemKey(saved!.id)).toMatchObject({ tags: [{ tag: 'saved' }] })
    expect(server.items.has(itemKey(papers()[5]!.id))).toBe(false)
    expect(JSON.stringify([...server.items])).not.toMatch(/mine alone|Ada"/u)
  })

  it('says what was not taken, once, and tries again when asked', async () => {
    await set({ library: '77', collection: 'COLLECT1' })
    const paper = papers()[6]!
    const guildId = [...bot.sandbox.world.guilds.keys()][0]!
    server.refusedTitle = paper.title
    await ada().slash('general', 'zotero send', { paper: choiceOf(paper.id), note: 'for all' })
    const waits = () => bot.store.zotero.entries(guildId, 5, Number.MAX_SAFE_INTEGER)
    await expect.poll(async () => (await waits())[0]?.refusals, { timeout: 20_000 }).toBe(1)
    // As after thirty hours of tries.
    await bot.store.zotero.giveUp(guildId, { entryId: (await waits())[0]!.id }, Date.now())
    const alan = bot.sandbox.person('alan')
    const his = await alan.slash('general', 'help')
    expect(his.followUps).toEqual([])
    const told = await ada().slash('general', 'help')
    expect(JSON.stringify((await told.followUp()).embeds)).toContain('1 entry for Zotero was not taken')
    const status = await ada().slash('general', 'zotero status')
    expect(status.followUps).toEqual([])
    expect(status.content).toContain('Nothing waits')
    expect(status.embeds[0]?.description).toContain(
      `**${paper.title}** with a note · not taken: Zotero does not take an item (400): 'title' is not valid`,
    )
    const refused = await alan.sendRaw(
      his.message,
      encodeId({ command: 'zotero', action: 'again', args: [] }),
    )
    expect(refused.content).toContain('Manage Server')
    server.refusedTitle = undefined
    const again = await ada().press(status.message, 'Try again')
    expect(again.content).toContain('It is tried again now.')
    await arrived(itemKey(paper.id)).toMatchObject({ title: paper.title })
    expect((await ada().slash('general', 'zotero status')).embeds).toEqual([])
  })

  it('is set and turned off by who manages the server alone', async () => {
    const alan = bot.sandbox.person('alan')
    for (const [act, options] of [
      ['set', { library: '77' }],
      ['off', {}],
      ['status', {}],
    ] as const)
      expect((await alan.slash('general', `zotero ${act}`, options)).content).toContain('Manage Server')
    const off = await ada().slash('general', 'zotero off')
    expect(off.content).toContain('the key is deleted')
    expect((await ada().slash('general', 'zotero status')).content).toContain('sends nothing')
  })
})
