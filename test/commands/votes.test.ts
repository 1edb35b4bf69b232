import type { APIMessage } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import share from '../../commands/share.ts'
import { choiceOf } from '../../src/bot/options.ts'
import { connect } from '../../src/discord/connect.ts'
import { papersFrom } from '../fixtures/members.ts'
import { openSharedServer, type SharedServer } from '../fixtures/shared-server.ts'
import { withSummaries } from './summaries.ts'

const papers = papersFrom([{ title: 'Key value caches for transformers' }, { title: 'Another one' }])
const open = () => openSharedServer({ papers, commands: [share], wrap: withSummaries })

async function shared(
  server: SharedServer,
  channelName = 'papers',
): Promise<{ post: APIMessage; id: string }> {
  const { world } = server.sandbox
  const channel = [...world.channels.values()].find(one => one.name === channelName)!
  await server.sandbox.person('ada').slash('general', 'share', { paper: choiceOf('p1'), channel: channel.id })
  const stored = (await server.bot.store.posts.latest(channel.id, 'p1'))!
  const place = stored.threadId ?? stored.channelId
  return {
    post: server.sandbox.person('ada').message({ channel_id: place, id: stored.messageId! }),
    id: stored.id,
  }
}

const labels = (server: SharedServer, post: APIMessage) =>
  (server.sandbox.person('ada').message(post).components as { components: { label?: string }[] }[])
    .flatMap(row => row.components)
    .map(part => part.label ?? '')
    .slice(0, 2)

const customIdOf = (postId: string) => `L1:share:vote::${postId},p1,u`

/** Resolves when the message shows these labels. */
async function untilShown(server: SharedServer, post: APIMessage, wanted: readonly string[]): Promise<void> {
  const shows = () => JSON.stringify(labels(server, post)) === JSON.stringify(wanted)
  if (shows()) return
  await new Promise<void>(resolve => {
    const stop = server.sandbox.world.bus.on(() => {
      if (!shows()) return
      stop()
      resolve()
    })
  })
}

const edits = (server: SharedServer) =>
  server.sandbox.requests.filter(({ method }) => method === 'PATCH').length

describe('votes', () => {
  it('count on the message, change, and go when the same is pressed again', async () => {
    const server = await open()
    const { post, id } = await shared(server)
    const [alan, grace] = [server.sandbox.person('alan'), server.sandbox.person('grace')]
    await alan.tap(post, 'Useful')
    await untilShown(server, post, ['Useful · 1', 'Not for us'])
    await grace.tap(post, 'Useful · 1')
    await alan.tap(post, 'Not for us')
    await untilShown(server, post, ['Useful · 1', 'Not for us · 1'])
    await alan.tap(post, 'Not for us · 1')
    await grace.tap(post, 'Useful · 1')
    await untilShown(server, post, ['Useful', 'Not for us'])
    expect(await server.bot.store.votes.tally(server.sandbox.guild('Lab').id, id)).toEqual(
      new Map([['p1', { useful: 0, notForUs: 0 }]]),
    )
    expect(server.sandbox.refused).toEqual([])
  })

  it('of a storm of clicks reach the message in a few writes, the last state included', async () => {
    const server = await open()
    const { post, id } = await shared(server)
    const crowd = Array.from({ length: 60 }, (_, i) => server.sandbox.addPerson(`voter${i}`, ['Lab']))
    const before = edits(server)
    await Promise.all(
      crowd.map(({ name }, i) =>
        server.sandbox.person(name).tap(post, `L1:share:vote::${id},p1,${i % 3 === 0 ? 'n' : 'u'}`),
      ),
    )
    await untilShown(server, post, ['Useful · 40', 'Not for us · 20'])
    expect(edits(server) - before).toBeLessThan(10)
  })

  it('count once when two processes hear of the same press', async () => {
    const lab = await open()
    const { post, id } = await shared(lab)
    const address = { apiUrl: lab.sandbox.apiUrl, token: lab.sandbox.token, guildId: undefined }
    const other = await connect(address, lab.bot, [share])
    for (const name of ['alan', 'grace', 'emmy']) await lab.sandbox.person(name).tap(post, customIdOf(id))
    await untilShown(lab, post, ['Useful · 3', 'Not for us'])
    const tally = await lab.bot.store.votes.tally(lab.sandbox.guild('Lab').id, id)
    expect(tally?.get('p1')).toEqual({ useful: 3, notForUs: 0 })
    await other.close()
  })

  it('work in a forum, and after a restart', async () => {
    const server = await open()
    const { post } = await shared(server, 'journal-club')
    await server.reconnect()
    await server.sandbox.person('alan').tap(post, 'Useful')
    await untilShown(server, post, ['Useful · 1', 'Not for us'])
  })

  it('prove that a share arrived whose answer was lost', async () => {
    const server = await open()
    const { post, id } = await shared(server)
    const { posts } = server.bot.store
    const guildId = server.sandbox.guild('Lab').id
    const known = (await posts.get(guildId, id))!
    await posts.withdraw(id)
    await posts.share({ ...known, userId: known.userId!, paperId: 'p1' })
    expect((await posts.get(guildId, id))?.messageId).toBeUndefined()
    await server.sandbox.person('alan').tap(post, 'Useful')
    await untilShown(server, post, ['Useful · 1', 'Not for us'])
    expect((await posts.get(guildId, id))?.messageId).toBe(post.id)
  })

  it('are not taken for what is forged: unknown posts, papers that are not in it, other channels and servers', async () => {
    const server = await open()
    const { post, id } = await shared(server)
    const alan = server.sandbox.person('alan')
    const elsewhere = await alan.slash('reading-group', 'share', {
      paper: choiceOf('p1'),
      channel: post.channel_id,
    })
    const lobby = [...server.sandbox.world.channels.values()].find(one => one.name === 'lobby')!
    const mallory = server.sandbox.person('mallory')
    const next = await mallory.slash('lobby', 'share', { paper: choiceOf('p1'), channel: lobby.id })
    for (const forged of [
      await alan.sendRaw(post, 'L1:share:vote::snobody,p1,u'),
      await alan.sendRaw(post, `L1:share:vote::${id},p2,u`),
      await alan.sendRaw(post, `L1:share:vote::`),
      await alan.sendRaw(elsewhere.message, `L1:share:vote::${id},p1,u`),
      await mallory.sendRaw(next.message, `L1:share:vote::${id},p1,u`),
    ]) {
      const refusal = await forged.followUp()
      expect((refusal.flags ?? 0) & 64).toBe(64)
      expect(refusal.content).toBe('I no longer have a record of this post, so it cannot be voted on.')
    }
    const tally = await server.bot.store.votes.tally(server.sandbox.guild('Lab').id, id)
    expect(tally?.get('p1')).toEqual({ useful: 0, notForUs: 0 })
  })

  it('reach the message after Discord was away for a while', async () => {
    const server = await open()
    const { post } = await shared(server)
    const path = `^/channels/${post.channel_id}/messages/${post.id}$`
    server.sandbox.faults.add({ method: 'PATCH', path, times: 4, effect: { kind: 'status', status: 503 } })
    await server.sandbox.person('alan').tap(post, 'Useful')
    await untilShown(server, post, ['Useful · 1', 'Not for us'])
  })
})
