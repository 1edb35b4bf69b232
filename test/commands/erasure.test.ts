import type { APIMessage } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import privacy from '../../commands/privacy.ts'
import queue from '../../commands/queue.ts'
import share from '../../commands/share.ts'
import type { ChannelInfo, MessageRef } from '../../src/bot/channels.ts'
import { eraseDue } from '../../src/features/privacy/erasure-task.ts'
import { openSharedServer, type SharedServer } from '../fixtures/shared-server.ts'
import { cache, channel, labels, papers, posts, threads } from './share-server.ts'
import { withSummaries } from './summaries.ts'

const open = () => openSharedServer({ papers, commands: [privacy, queue, share], wrap: withSummaries })
const into = (server: SharedServer, who: string, name: string, more = {}) =>
  server.sandbox
    .person(who)
    .slash('general', 'share', { paper: cache, channel: channel(server, name).id, note: 'my words', ...more })
const forget = async (server: SharedServer, who: string) => {
  const question = await server.sandbox.person(who).slash('general', 'privacy delete')
  return question.press('Delete it all')
}

/** Every text that the bot posted for everybody. */
const shownIn = (server: SharedServer): string =>
  [...server.sandbox.world.channels.values()]
    .flatMap(one => [...one.messages.values()])
    .filter(({ author, audience }) => author.id === server.sandbox.world.bot.id && audience === undefined)
    .map(({ data }) => data.content)
    .join('\n')

const labelsNow = (server: SharedServer, message: APIMessage) =>
  labels(server.sandbox.person('ada').message(message))

const until = (server: SharedServer, holds: () => boolean): Promise<void> =>
  holds()
    ? Promise.resolve()
    : new Promise(resolve => {
        const stop = server.sandbox.world.bus.on(() => {
          if (!holds()) return
          stop()
          resolve()
        })
      })
const gone = (server: SharedServer) => until(server, () => !/Alan|my words/u.test(shownIn(server)))
const denied = { kind: 'refused', status: 403, code: 50001, message: 'Missing Access' } as const

describe('what is deleted with /privacy delete', () => {
  it('goes from shares, proposals and the paper that comes next, and its votes from their counts', async () => {
    const server = await open()
    await into(server, 'alan', 'papers')
    await into(server, 'alan', 'journal-club')
    await into(server, 'grace', 'general', { note: 'from Grace' })
    const proposal = await server.sandbox
      .person('alan')
      .slash('general', 'queue propose', { paper: cache, note: 'my words' })
    const picked = await server.sandbox.person('grace').slash('general', 'queue pick')
    const hers = posts(server, 'general').find(message => message.content.includes('from Grace'))
    if (hers === undefined) throw new Error('no share')
    const vote = async (who: string) => {
      await server.sandbox.person(who).tap(hers, 'Useful')
      await server.sandbox.person(who).tap(proposal.message, 'Vote')
    }
    await vote('alan')
    await until(server, () => labelsNow(server, hers)?.includes('Useful · 1') ?? false)
    await until(server, () => labelsNow(server, proposal.message)?.includes('Vote · 1') ?? false)
    expect(picked.content).toContain('my words')
    await forget(server, 'alan')
    await gone(server)
    await until(server, () => labelsNow(server, hers)?.includes('Useful') ?? false)
    await until(server, () => labelsNow(server, proposal.message)?.includes('Vote') ?? false)
    expect(shownIn(server)).toContain('**Grace** shares a paper.\n> from Grace')
    expect(proposal.content).toBe('**Somebody** proposes a paper for the journal club.')
    expect(picked.content).toBe('Next in the journal club:')
    expect(posts(server, 'papers')[0]?.embeds).toHaveLength(1)
    expect(server.sandbox.refused).toEqual([])
  })

  it('goes from a share whose arrival nobody confirmed', async () => {
    const server = await open()
    const messages = `^/channels/${channel(server, 'papers').id}/messages$`
    server.sandbox.faults.add({ method: 'POST', path: messages, effect: { kind: 'lost-answer' } })
    server.sandbox.faults.add({ method: 'POST', path: messages, effect: denied })
    server.sandbox.faults.add({ method: 'GET', path: messages, effect: denied })
    expect((await into(server, 'alan', 'papers')).content).toContain('did not confirm')
    expect(shownIn(server)).toContain('my words')
    await forget(server, 'alan')
    await gone(server)
  })

  it('goes from a forum’s post that nobody confirmed and that was archived since', async () => {
    const server = await open()
    const forum = channel(server, 'journal-club')
    server.sandbox.faults.add({
      method: 'POST',
      path: `^/channels/${forum.id}/threads$`,
      effect: { kind: 'lost-answer' },
    })
    for (let i = 0; i < 6; i++)
      server.sandbox.faults.add({ method: 'GET', path: '^/guilds/\\d+/threads/active$', effect: denied })
    expect((await into(server, 'alan', 'journal-club')).content).toContain('did not confirm')
    server.sandbox.faults.clear()
    const [thread] = threads(server, 'journal-club')
    if (thread?.thread === undefined) throw new Error('no post')
    thread.thread.archived = true
    await forget(server, 'alan')
    await gone(server)
    await until(server, () => thread.thread?.archived === true)
  })

  it('goes after a restart when the process stopped before it was taken off', async () => {
    const server = await open()
    for (let i = 0; i < 3; i++) await into(server, 'alan', ['papers', 'general', 'journal-club'][i] ?? '')
    const away = { method: 'PATCH', path: '/messages/', effect: { kind: 'dropped' } } as const
    for (let i = 0; i < 200; i++) server.sandbox.faults.add(away)
    await server.connection.close()
    await server.bot.store.members.erase(server.sandbox.person('alan').person.user.id, Date.now())
    expect(shownIn(server)).toContain('Alan')
    server.sandbox.faults.clear()
    await server.reconnect()
    await gone(server)
  })
})

describe('bad weather', () => {
  it('holds nothing back for long: lost answers, proxies’ pages, rate limits, refusals that pass', async () => {
    const lab = await open()
    for (const name of ['papers', 'general', 'journal-club']) await into(lab, 'alan', name)
    const effects = [
      { kind: 'dropped' },
      { kind: 'status', status: 502 },
      { kind: 'lost-answer' },
      { kind: 'rate-limit', ms: 200 },
      { kind: 'status', status: 404 },
    ] as const
    for (const method of ['PATCH', 'GET'] as const)
      for (const effect of effects) lab.sandbox.faults.add({ method, path: '/messages/\\d+$', effect })
    await forget(lab, 'alan')
    await gone(lab)
    expect(lab.sandbox.faults.struck).toBe(10)
  })
})

describe('the erasures', () => {
  const when = Date.now()
  const post = { id: 's1', guildId: '1', channelId: '2', userId: 'ann', paperId: 'p1', note: 'n', at: when }

  const text = (id: string): ChannelInfo => ({
    id,
    name: 'x',
    guildId: '1',
    kind: 'text',
    parentId: undefined,
    needsTag: false,
  })

  /** A real store, and channels that behave as given. */
  async function workIn(place: {
    find?: () => Promise<undefined>
    read?: () => Promise<{ content: string; components: [] } | undefined>
  }) {
    const server = await open()
    await server.connection.close()
    let now = when
    let edits = 0
    const work = {
      store: server.bot.store,
      channels: {
        get: async (id: string) => text(id),
        find: place.find ?? (async () => undefined),
        read: place.read ?? (async () => ({ content: '', components: [] })),
        edit: async () => {
          edits++
          return true
        },
      },
      log: server.bot.log,
      now: () => now,
    }
    const round = () => eraseDue(work)
    return { store: server.bot.store, round, edits: () => edits, pass: (ms: number) => (now += ms) }
  }

  it('are finished by the next process when one stops in the middle, each once', async () => {
    const stopping = new AbortController()
    const edited: string[] = []
    const place = {
      get: async (id: string) => text(id),
      find: async () => undefined,
      read: async () => ({ content: '', components: [] }),
      edit: async ({ messageId }: MessageRef) => {
        edited.push(messageId)
        if (edited.length === 10) stopping.abort()
        return true
      },
    }
    const lab = await open()
    await lab.connection.close()
    const { store, log } = lab.bot
    const ids = Array.from({ length: 40 }, (_, i) => String(i))
    for (const id of ids) {
      await store.posts.share({ ...post, id: `s${id}` })
      await store.posts.arrived(`s${id}`, { messageId: id })
    }
    await store.members.erase('ann', when)
    await eraseDue({ store, channels: place, log }, stopping.signal)
    expect(edited).toHaveLength(10)
    expect(await eraseDue({ store, channels: place, log })).toBeUndefined()
    expect(edited.toSorted()).toEqual(ids.toSorted())
  })

  it('look again for a message that may still be on its way, and then let it be', async () => {
    const { store, round, pass } = await workIn({})
    await store.posts.share(post)
    await store.members.erase('ann', when)
    expect(await round()).toBe(when + 20 * 60_000)
    pass(20 * 60_000)
    expect(await round()).toBeUndefined()
  })

  it('try for a month what cannot be reached, less and less often, and then give it up', async () => {
    let looks = 0
    const { store, round, pass } = await workIn({
      read: async () => {
        looks++
        throw new Error('50013')
      },
    })
    await store.posts.share(post)
    await store.posts.arrived('s1', { messageId: '3' })
    await store.members.erase('ann', when)
    let next = await round()
    for (let at = when; next !== undefined; next = await round()) {
      pass(next - at)
      at = next
    }
    expect(looks).toBeGreaterThan(50)
    expect(looks).toBeLessThan(100)
  })
})
