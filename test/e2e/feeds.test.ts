import { parseFeed } from 'feedsmith'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { choiceOf } from '../../src/bot/options.ts'
import { feedRoutes } from '../../src/http/feeds.ts'
import { type HttpServer, listen } from '../../src/http/server.ts'
import { openLog } from '../../src/log.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

const publicUrl = 'https://lectern.example/lab'
let bot: Bot
let server: HttpServer
let now = 0
const log = openLog({ level: 'error', secrets: [] })

const routes = (at: string | undefined) =>
  feedRoutes({ ...bot, channels: bot.connection.channels }, { publicUrl: at, now: () => now })

beforeAll(async () => {
  bot = await startBot({ env: { PUBLIC_URL: `${publicUrl}/` } })
  server = await listen([routes(publicUrl)], '127.0.0.1', 0, log)
})
afterAll(async () => {
  await server.close()
  await bot.close()
})
afterEach(() => {
  // Nobody waits a minute here for the next requests.
  now += 120_000
  expect(bot.sandbox.refused).toEqual([])
  expect(bot.log.filter(line => line.level >= 50)).toEqual([])
})

const owner = () => bot.sandbox.person('ada')
const papers = () => bot.libraries.of(undefined).search.papers
const channel = () => [...bot.sandbox.world.channels.values()].find(one => one.name === 'papers')!
const guildId = () => [...bot.sandbox.world.guilds.keys()][0]!

async function keyBy(act: 'show' | 'renew'): Promise<string> {
  const reply = await owner().slash('general', `feeds ${act}`, {})
  expect(reply.ephemeral).toBe(true)
  return /\/feeds\/([\w-]{43})\/shares\.rss/u.exec(reply.content)?.[1] ?? ''
}
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/feeds/${path}`, { headers })

describe('feeds', () => {
  it('hold what was shared, in three formats, without names and notes', async () => {
    const paper = papers()[0]!
    await owner().slash('general', 'share', {
      paper: choiceOf(paper.id),
      channel: channel().id,
      note: 'verysecretnote',
    })
    const key = await keyBy('show')
    const rss = await (await get(`${key}/shares.rss`)).text()
    const { format, feed } = parseFeed(rss)
    expect(format).toBe('rss')
    expect(feed).toMatchObject({
      link: `${publicUrl}/feeds/${key}/shares.rss`,
      items: [{ title: paper.title }],
    })
    const json = await get(`${key}/shares.json`)
    expect(json.headers.get('content-type')).toBe('application/feed+json; charset=utf-8')
    expect(await json.json()).toMatchObject({
      version: expect.stringContaining('jsonfeed.org'),
      items: [{ title: paper.title }],
    })
    const bib = await (await get(`${key}/shares.bib`)).text()
    expect(bib).toMatch(/^@misc\{/u)
    const picks = (await (await get(`${key}/picks.json`)).json()) as { items: unknown[] }
    expect(picks.items).toEqual([])
    for (const text of [rss, bib]) expect(text).not.toMatch(/verysecretnote|ada/iu)
  })

  it('are not sent again to who has them', async () => {
    const key = await keyBy('show')
    const first = await get(`${key}/shares.rss`)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]{27}"$/u)
    const again = await get(`${key}/shares.rss`, { 'if-none-match': `"other", W/${etag}` })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    expect((await get(`${key}/shares.rss`, { 'if-none-match': '"other"' })).status).toBe(200)
  })

  it('answer guesses, other names and other methods alike', async () => {
    const key = await keyBy('show')
    const guess = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`
    for (const path of [
      `${guess}/shares.rss`,
      `${'A'.repeat(43)}/shares.rss`,
      `${guildId()}/shares.rss`,
      `${key}/shares.xml`,
      `${key}/__proto__`,
      `%00/shares.rss`,
      `${'x'.repeat(5_000)}/shares.rss`,
    ]) {
      const answer = await get(path)
      expect([answer.status, await answer.text()], path).toEqual([404, 'not found'])
    }
    const posted = await fetch(`${server.url}/feeds/${key}/shares.rss`, { method: 'POST' })
    expect(posted.status).toBe(404)
  })

  it('of another server are found by its own key alone', async () => {
    const paper = papers()[3]!
    const other = bot.sandbox.guild('Next door').id
    const lobby = [...bot.sandbox.world.channels.values()].find(one => one.name === 'lobby')!
    await bot.store.posts.share({
      id: 's-other',
      guildId: other,
      channelId: lobby.id,
      userId: '2',
      paperId: paper.id,
      note: '',
      at: 5,
    })
    await bot.store.posts.arrived('s-other', { messageId: '3' })
    await bot.store.feeds.set(other, 'o'.repeat(43), 5)
    const theirs = await (await get(`${'o'.repeat(43)}/shares.json`)).text()
    const ours = await (await get(`${await keyBy('show')}/shares.json`)).text()
    expect(theirs).toContain('s-other')
    expect(ours).not.toContain('s-other')
    await bot.store.feeds.close(other)
  })

  it('refuse a key that was renewed, and all when they are off', async () => {
    const before = await keyBy('show')
    expect(await keyBy('show')).toBe(before)
    const after = await keyBy('renew')
    expect(after).not.toBe(before)
    expect((await get(`${before}/shares.rss`)).status).toBe(404)
    expect((await get(`${after}/shares.rss`)).status).toBe(200)
    const off = await owner().slash('general', 'feeds off', {})
    expect(off.content).toContain('refused from now on')
    expect((await get(`${after}/shares.rss`)).status).toBe(404)
  })

  it('lose what its member has erased', async () => {
    const key = await keyBy('show')
    const grace = bot.sandbox.person('grace')
    const paper = papers()[7]!
    await grace.slash('general', 'share', { paper: choiceOf(paper.id), channel: channel().id })
    const titles = async () =>
      ((await (await get(`${key}/shares.json`)).json()) as { items: { title: string }[] }).items.map(
        one => one.title,
      )
    expect(await titles()).toContain(paper.title)
    const shares = await bot.store.reading.latest(guildId(), 'share', [channel().id], 10)
    const shared = await bot.store.posts.get(guildId(), shares[0]?.id ?? '')
    await bot.store.members.erase(shared?.userId ?? '', Date.now())
    expect(await titles()).not.toContain(paper.title)
  })

  it('are not made more often than anybody reads', async () => {
    const key = await keyBy('show')
    const statuses = []
    for (let i = 0; i < 62; i++) statuses.push((await get(`${key}/shares.rss`)).status)
    expect(statuses.filter(status => status === 200)).toHaveLength(60)
    const refused = await get(`${key}/shares.rss`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    now += 61_000
    expect((await get(`${key}/shares.rss`)).status).toBe(200)
  })

  it('are for who manages the server', async () => {
    const alan = bot.sandbox.person('alan')
    await expect(alan.slash('general', 'feeds renew', {})).rejects.toThrow('offered no command')
  })
})

it('without a public address there are none', async () => {
  const none = await listen([routes(undefined)], '127.0.0.1', 0, log)
  expect((await fetch(`${none.url}/feeds/${'A'.repeat(43)}/shares.rss`)).status).toBe(404)
  await none.close()
})
