import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'
import { papersFrom } from '../fixtures/members.ts'

let bot: Bot
let lab: string
const about = (id: string, words: string) => ({
  id,
  title: `${words} for penguins`,
  abstract: `We propose ${words}, which is a device for penguins. It helps penguins on ice.`,
})

beforeAll(async () => {
  bot = await startBot()
  lab = bot.sandbox.guild('Lab').id
  const put = (collection: string, source: string, papers: ReturnType<typeof about>[]) =>
    bot.store.papers.upsert({ collection, source, papers: papersFrom(papers), at: 1 })
  await put('', 'rss https://example.org/feed?key=secret', [
    about('s1', 'Zorblax catapults'),
    about('s2', 'Zorblax sledges'),
  ])
  await put(lab, 'refs.bib', [about('o1', 'Zorblax umbrellas')])
  await bot.libraries.refresh()
})
afterAll(async () => {
  expect(bot.sandbox.refused).toEqual([])
  await bot.close()
})
const ada = () => bot.sandbox.person('ada')
const emmy = () => bot.sandbox.person('emmy')
const titles = async (options: Record<string, string>, who = ada(), where = 'general') => {
  const reply = await who.slash(where, 'paper', options)
  const menu = JSON.stringify(reply.message.components ?? []).match(/Zorblax \w+/gu) ?? []
  return [reply.embeds[0]?.title?.match(/Zorblax \w+/u)?.[0], ...menu].filter(Boolean).toSorted()
}

describe('a paper’s card', () => {
  it('says where the paper comes from, and no key of an address', async () => {
    const footer = async (query: string) =>
      (await ada().slash('general', 'paper', { query })).embeds[0]?.footer?.text
    expect(await footer('Zorblax catapults for penguins')).toBe('Shared papers, from rss example.org')
    expect(await footer('Zorblax umbrellas for penguins')).toBe('This server’s own, from refs.bib')
    expect(await footer('kv cache')).toContain('Shipped with Lectern')
    const other = bot.sandbox.person('mallory')
    const lobby = other.overview().guilds.find(({ name }) => name !== 'Lab')?.channels[0]?.id ?? ''
    const reply = await other.slash(lobby, 'paper', { query: 'Zorblax umbrellas for penguins' })
    expect(JSON.stringify(reply.message)).not.toContain('refs.bib')
  })
})

describe('in:', () => {
  it('narrows to the server’s own papers, to the shared ones, to a member’s list, and to what was shared', async () => {
    expect(await titles({ query: 'zorblax' })).toEqual([
      'Zorblax catapults',
      'Zorblax sledges',
      'Zorblax umbrellas',
    ])
    expect(await titles({ query: 'zorblax', in: 'server' })).toEqual(['Zorblax umbrellas'])
    expect(await titles({ query: 'zorblax', in: 'shared' })).toEqual(['Zorblax catapults', 'Zorblax sledges'])
    await ada().slash('general', 'save', { paper: 'paper:s2' })
    expect(await titles({ query: 'zorblax', in: 'mine' })).toEqual(['Zorblax sledges'])
    await ada().slash('general', 'share', { paper: 'paper:s1', channel: String(channel('papers')) })
    await bot.store.posts.share({
      id: 'sx',
      guildId: lab,
      channelId: channel('papers'),
      userId: ada().person.user.id,
      paperId: 's1',
      note: '',
      at: 1,
    })
    expect(await titles({ query: 'zorblax', in: 'posted' })).toEqual(['Zorblax catapults'])
  })

  it('finds a paper of the server’s own whose id another paper has that all have', async () => {
    const put = (collection: string, paper: ReturnType<typeof about>) =>
      bot.store.papers.upsert({ collection, source: 'refs.bib', papers: papersFrom([paper]), at: 1 })
    await put('', about('smith2020', 'Quabblefrit kites'))
    await put(lab, about('smith2020', 'Quabblefrit lanterns'))
    await bot.libraries.refresh()
    const found = async (where?: string) => {
      const options = { query: 'quabblefrit lanterns', ...(where === undefined ? {} : { in: where }) }
      const [embed] = (await ada().slash('general', 'paper', options)).embeds
      return [embed?.title, embed?.footer?.text]
    }
    expect((await found())[0]).toBe('Quabblefrit lanterns for penguins')
    expect((await found('server'))[0]).toBe('Quabblefrit lanterns for penguins')
    expect(await found('shared')).toEqual(['Quabblefrit kites for penguins', 'Shared papers, from refs.bib'])
  })

  it('is said in the reply, and a reply from one’s own list is for oneself', async () => {
    const mine = await ada().slash('general', 'paper', { query: 'zorblax', in: 'mine' })
    expect(mine.ephemeral).toBe(true)
    expect(mine.content).toBe('-# Only in your own list.')
    const own = await ada().slash('general', 'paper', { query: 'zorblax', in: 'server' })
    expect([own.ephemeral, own.content]).toEqual([false, '-# Only in this server’s own papers.'])
    for (const [command, options] of [
      ['ask', { question: 'what is Zorblax sledges?' }],
      ['related', { paper: 'paper:s1' }],
    ] as const) {
      const reply = await ada().slash('general', command, { ...options, in: 'mine' })
      expect([command, reply.ephemeral, reply.content]).toEqual([command, true, '-# Only in your own list.'])
      expect(JSON.stringify(reply.embeds)).toContain('Zorblax sledges')
      expect(JSON.stringify(reply.embeds)).not.toContain('umbrellas')
    }
  })

  it('narrows what is completed', async () => {
    const suggest = async (place: string) =>
      (await ada().suggest('general', 'paper', 'query', 'zorb', { in: place }))?.map(({ name }) => name)
    expect(await suggest('server')).toEqual(['Zorblax umbrellas for penguins'])
    expect(await suggest('mine')).toEqual(['Zorblax sledges for penguins'])
    expect(await suggest('shared')).toHaveLength(2)
  })

  it('shows nobody what is another’s', async () => {
    const none = await emmy().slash('general', 'paper', { query: 'zorblax', in: 'mine' })
    expect(none.content).toContain('Your list is empty')
    expect(await emmy().suggest('general', 'paper', 'query', 'sledges', { in: 'mine' })).not.toEqual([])
    const mallory = bot.sandbox.person('mallory')
    const lobby = mallory.overview().guilds.find(({ name }) => name !== 'Lab')?.channels[0]?.id ?? ''
    expect((await mallory.slash(lobby, 'paper', { query: 'zorblax', in: 'server' })).content).toContain(
      'no papers of its own',
    )
    expect((await mallory.slash(lobby, 'paper', { query: 'zorblax', in: 'posted' })).content).toContain(
      'Nothing was shared',
    )
    for (const place of ['server', 'posted']) {
      expect((await ada().slash('dm', 'paper', { query: 'zorblax', in: place })).content).toContain(
        'works in a server only',
      )
      const choices = await mallory.suggest(lobby, 'paper', 'query', 'zorblax', { in: place })
      expect(JSON.stringify(choices)).not.toContain('umbrellas')
    }
    const shown = await mallory.slash(lobby, 'ask', { question: 'what are Zorblax umbrellas?' })
    for (const place of ['server', 'posted', 'mine', 'nonsense', '%00']) {
      const forged = await mallory
        .sendRaw(shown.message, `L1:ask:page:${mallory.person.user.id}:0,${place}`)
        .catch(() => undefined)
      expect(JSON.stringify([forged?.content, forged?.embeds])).not.toContain('device for penguins')
    }
  })

  it('finds a paper of the server that the shared ones have under another id', async () => {
    const twin = { ...about('bibkey2024', 'Zorblax sledges'), authors: [] }
    await bot.store.papers.upsert({ collection: lab, source: 'refs.bib', papers: papersFrom([twin]), at: 2 })
    await bot.libraries.refresh()
    expect(await titles({ query: 'zorblax', in: 'server' })).toEqual(['Zorblax sledges', 'Zorblax umbrellas'])
    const names = (await ada().suggest('general', 'paper', 'query', 'sledges', { in: 'server' }))?.map(
      ({ name }) => name,
    )
    expect(names).toEqual(['Zorblax sledges for penguins'])
  })

  it('stays when the page of a list is turned', async () => {
    const papers = Array.from({ length: 20 }, (_, i) => about(`l${i}`, `Quibblefrost ${i}`))
    await bot.store.papers.upsert({ collection: lab, source: 'x', papers: papersFrom(papers), at: 1 })
    await bot.store.papers.upsert({
      collection: '',
      source: 'x',
      papers: papersFrom([about('l99', 'Quibblefrost shared')]),
      at: 1,
    })
    await bot.libraries.refresh()
    const list = await ada().slash('general', 'ask', {
      question: 'list papers about Quibblefrost',
      in: 'server',
    })
    expect(list.embeds[0]?.footer?.text).toContain('20 papers fit')
    await list.press('Next')
    expect(list.embeds[0]?.footer?.text).toContain('20 papers fit, best first · page 2')
  })
})

const channel = (name: string) =>
  [...bot.sandbox.world.channels.values()].find(one => one.name === name)?.id ?? ''
