import { PermissionFlagsBits as Bits, ChannelType, OverwriteType, Routes } from 'discord-api-types/v10'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { choiceOf } from '../../src/bot/options.ts'
import { feedRoutes } from '../../src/http/feeds.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

const hidden = 'layoffs-2027'

describe.each([{ http: false }, { http: true }])('a channel that few can view, $http', ({ http }) => {
  let bot: Bot
  let lab: string
  let secret: string
  beforeAll(async () => {
    bot = await startBot({
      http,
      prepare: sandbox => {
        lab = sandbox.guild('Lab').id
        const viewers = [sandbox.world.bot.id, sandbox.person('grace').person.user.id]
        secret = sandbox.addChannel(lab, {
          name: hidden,
          overwrites: [
            { id: lab, type: OverwriteType.Role, allow: 0n, deny: Bits.ViewChannel },
            ...viewers.map(id => ({
              id,
              type: OverwriteType.Member,
              allow: Bits.ViewChannel,
              deny: 0n,
            })),
          ],
        }).id
      },
    })
  })
  afterAll(async () => {
    expect(bot.sandbox.refused).toEqual([])
    expect(bot.log.filter(line => line.level >= 50)).toEqual([])
    await bot.close()
  })
  const ada = () => bot.sandbox.person('ada')
  const alan = () => bot.sandbox.person('alan')
  const grace = () => bot.sandbox.person('grace')
  const channel = (name: string) =>
    [...bot.sandbox.world.channels.values()].find(one => one.name === name)?.id ?? ''

  describe('its daily picks', () => {
    let id = ''
    beforeAll(async () => {
      const set = (to: string, topic: string) =>
        ada().slash('general', 'daily set', { channel: to, time: '09:30', timezone: 'UTC', topic })
      await set(secret, 'reinforcement learning')
      const choices = await ada().suggest('general', 'daily why', 'schedule', '')
      id = String(choices?.[0]?.value)
      expect((await alan().slash('general', 'daily why')).content).toContain('no daily picks here')
      await set(channel('general'), 'attention')
    })
    const names = async (who: typeof ada, act: string) =>
      (await who().suggest('general', `daily ${act}`, 'schedule', ''))?.map(({ name }) => name.split(':')[0])

    it('are completed for those who can view it, and for whoever manages the server', async () => {
      for (const act of ['why', 'preview', 'pause', 'remove']) {
        expect(await names(alan, act)).toEqual(['#general'])
        for (const who of [ada, grace])
          expect((await names(who, act))?.toSorted()).toEqual(['#general', `#${hidden}`])
      }
    })

    it('are listed and shown to nobody else', async () => {
      const listed = async (who: typeof ada) => {
        const reply = await who().slash('general', 'daily list')
        return reply.embeds[0]?.description?.match(/reinforcement|attention/gu)?.toSorted()
      }
      expect(await listed(alan)).toEqual(['attention'])
      expect(await listed(grace)).toEqual(['attention', 'reinforcement'])
      expect(await listed(ada)).toEqual(['attention', 'reinforcement'])
      for (const act of ['why', 'preview']) {
        const forged = await alan().slash('general', `daily ${act}`, { schedule: id })
        expect(forged.content).toBe('Choose one of the suggested schedules.')
        expect((await grace().slash('general', `daily ${act}`, { schedule: id })).embeds).not.toEqual([])
        const only = await alan().slash('general', `daily ${act}`)
        expect(JSON.stringify(only.embeds)).not.toContain('reinforcement')
        expect(only.embeds).not.toEqual([])
      }
    })
  })

  describe('what was shared there', () => {
    const paper = (n: number) => bot.libraries.of(undefined).search.papers[n]!
    const titles = () => Array.from({ length: 6 }, (_, n) => paper(n).title)
    /** Numbers of the papers that a text names. */
    const named = (text: unknown) =>
      titles().flatMap((title, n) => (JSON.stringify(text).includes(title) ? [n] : []))
    let twin: string
    beforeAll(async () => {
      const put = async (n: number, where: string) => {
        const share = { id: `s${n}`, guildId: lab, channelId: where, userId: grace().person.user.id }
        await bot.store.posts.share({ ...share, paperId: paper(n).id, note: '', at: Date.now() })
        await bot.store.posts.arrived(`s${n}`, { messageId: `90000000000000000${n}` })
      }
      const { rest } = bot.connection.client
      const overwrites = [...(bot.sandbox.world.channels.get(secret)?.overwrites ?? [])].reverse()
      twin = bot.sandbox.addChannel(lab, { name: 'the same few', overwrites }).id
      const thread = async (where: string, type: ChannelType) =>
        z
          .looseObject({ id: z.string() })
          .parse(await rest.post(Routes.threads(where), { body: { name: 'aside', type } })).id
      await grace().slash(secret, 'share', { paper: choiceOf(paper(0).id), channel: secret })
      await put(1, channel('papers'))
      await put(2, await thread(secret, ChannelType.PublicThread))
      await put(3, await thread(channel('papers'), ChannelType.PublicThread))
      await put(4, await thread(channel('papers'), ChannelType.PrivateThread))
      await put(5, '400000000000000001')
      const [shared] = await bot.store.posts.list(lab, secret, 1)
      const vote = { guildId: lab, postId: shared?.id ?? '', paperId: paper(0).id, userId: '1', useful: true }
      await bot.store.votes.cast({ ...vote, at: Date.now() })
    })

    it('trends where those see it who could view it anyway, and nowhere else', async () => {
      const trend = async (who: typeof ada, where: string) =>
        named((await who().slash(where, 'trending')).embeds)
      expect(await trend(alan, 'general')).toEqual([1, 3])
      expect(await trend(grace, 'general')).toEqual([1, 3])
      expect(await trend(grace, secret)).toEqual([0, 1, 2, 3])
      expect(await trend(grace, twin)).toEqual([0, 1, 2, 3])
      expect(await trend(grace, 'papers')).toEqual([1, 3])
    })

    it('is found with `in` there alone', async () => {
      const look = async (where: string, n: number) => {
        const reply = await grace().slash(where, 'paper', { query: paper(n).title, in: 'posted' })
        return reply.embeds[0]?.title === paper(n).title
      }
      expect([await look('general', 0), await look('general', 1)]).toEqual([false, true])
      expect([await look(secret, 0), await look(secret, 1)]).toEqual([true, true])
      const suggest = async (where: string) =>
        named(await grace().suggest(where, 'paper', 'query', paper(0).title, { in: 'posted' }))
      expect(await suggest('general')).not.toContain(0)
      expect(await suggest(secret)).toContain(0)
    })

    const feed = async (format: string) => {
      const key = 'k'.repeat(43)
      await bot.store.feeds.set(lab, key, 1)
      const { channels } = bot.connection
      const app = feedRoutes({ ...bot, channels }, { publicUrl: 'https://lectern.example' })
      return app.request(`/feeds/${key}/shares.${format}`)
    }

    it('leaves the server in no feed', async () => {
      for (const format of ['rss', 'json']) {
        const answer = await feed(format)
        expect([answer.status, named(await answer.text())]).toEqual([200, [1, 3]])
      }
      expect((await (await feed('bib')).text()).match(/^@/gmu)).toHaveLength(2)
    })

    it('is named as the reason of picks there alone', async () => {
      const reasons = async (where: string) => {
        const topic = { time: '10:30', timezone: 'UTC', count: 5 }
        await ada().slash('general', 'daily set', { channel: where, ...topic })
        const choices = await ada().suggest('general', 'daily preview', 'schedule', '10:30')
        const schedule = String(choices?.[0]?.value)
        const preview = await ada().slash('general', 'daily preview', { schedule })
        await ada().slash('general', 'daily remove', { schedule })
        return preview.embeds.map(({ description = '' }) => description.split('\n').at(-1))
      }
      const here = await reasons(secret)
      expect([named(here).includes(0), named(here).includes(1)]).toEqual([true, false])
      const elsewhere = await reasons(channel('papers'))
      expect(JSON.stringify(elsewhere)).toContain('is close to what members like')
      expect(named(elsewhere)).not.toContain(0)
    })

    it('is told nowhere while Discord does not say who can view it', async () => {
      await bot.restart()
      const effect = { kind: 'status', status: 503 } as const
      bot.sandbox.faults.add({ method: 'GET', path: `^/guilds/${lab}/channels$`, times: 1_000, effect })
      const reply = await grace().slash(secret, 'trending', { private: true })
      expect([reply.embeds, reply.content]).toEqual([
        [],
        expect.stringContaining('Discord is not responding'),
      ])
      expect((await feed('json')).status).toBe(503)
      bot.sandbox.faults.clear()
      expect(named(await (await feed('json')).text())).toEqual([1, 3])
    })
  })
})
