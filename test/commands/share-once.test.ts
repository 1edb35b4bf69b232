import { describe, expect, it } from 'vitest'
import share from '../../commands/share.ts'
import { systemClock } from '../../src/delivery/clock.ts'
import { Failure } from '../../src/errors.ts'
import { openSharedServer, type SharedServer } from '../fixtures/shared-server.ts'
import { cache, channel, openServer, papers, posts, threads } from './share-server.ts'
import { withSummaries } from './summaries.ts'

describe('once, whatever happens', () => {
  const shareIntoPapers = (server: SharedServer, more = {}) =>
    server.sandbox
      .person('alan')
      .slash('general', 'share', { paper: cache, channel: channel(server, 'papers').id, ...more })

  it('warns of an earlier share with a link to it, and posts again when told to, once for two clicks', async () => {
    const server = await openServer()
    await shareIntoPapers(server)
    const [first] = posts(server, 'papers')
    const warned = await server.sandbox.person('grace').slash('general', 'share', {
      paper: cache,
      channel: channel(server, 'papers').id,
      note: 'still good',
    })
    expect(warned.content).toContain(`/${first?.id}`)
    expect(posts(server, 'papers')).toHaveLength(1)
    await server.reconnect()
    const clicks = await Promise.all([warned.press('Share anyway'), warned.press('Share anyway')])
    expect(posts(server, 'papers')).toHaveLength(2)
    expect(posts(server, 'papers')[1]?.content).toContain('**Grace** shares a paper.\n> still good')
    for (const click of clicks) expect(click.content).toContain(posts(server, 'papers')[1]?.id)
  })

  it('shares once when the gateway tells the same interaction twice', async () => {
    const server = await openServer()
    const { client } = server.connection
    client.once('interactionCreate', interaction => client.emit('interactionCreate', interaction))
    const forum = channel(server, 'journal-club')
    expect((await shareIntoPapers(server, { channel: forum.id })).content).toContain('Shared in')
    client.once('interactionCreate', interaction => client.emit('interactionCreate', interaction))
    expect((await shareIntoPapers(server)).content).toContain('Shared in')
    expect(threads(server, 'journal-club')).toHaveLength(1)
    expect(posts(server, 'papers')).toHaveLength(1)
  })

  it('makes one post of a forum for two clicks', async () => {
    const server = await openServer()
    const forum = channel(server, 'journal-club')
    await shareIntoPapers(server, { channel: forum.id })
    const warned = await shareIntoPapers(server, { channel: forum.id })
    const slow = { kind: 'slow', ms: 300 } as const
    server.sandbox.faults.add({ method: 'POST', path: `^/channels/${forum.id}/threads$`, effect: slow })
    await Promise.all([warned.press('Share anyway'), warned.press('Share anyway')])
    expect(threads(server, 'journal-club')).toHaveLength(2)
  })

  it.each([
    ['a lost answer', { kind: 'lost-answer' }],
    ['an answer of 502 after it was done', { kind: 'status', status: 502, executed: true }],
    ['an answer of 502 before it was done', { kind: 'status', status: 502 }],
    ['a broken connection', { kind: 'dropped' }],
    ['a rate limit', { kind: 'rate-limit', ms: 300 }],
  ] as const)('posts once through %s', async (_name, effect) => {
    const server = await openServer()
    const path = `^/channels/(${channel(server, 'papers').id}/messages|${channel(server, 'journal-club').id}/threads)$`
    server.sandbox.faults.add({ method: 'POST', path, effect })
    const reply = await shareIntoPapers(server)
    expect(reply.content).toContain('Shared in')
    expect(posts(server, 'papers')).toHaveLength(1)
    server.sandbox.faults.add({ method: 'POST', path, effect })
    const forum = await shareIntoPapers(server, { channel: channel(server, 'journal-club').id })
    expect(forum.content).toContain('Shared in')
    expect(threads(server, 'journal-club')).toHaveLength(1)
    expect(server.sandbox.faults.struck).toBe(2)
  })

  it('takes back what Discord refuses: nothing was shared, and nothing warns later', async () => {
    const server = await openServer()
    const path = `^/channels/${channel(server, 'papers').id}/messages$`
    const effect = { kind: 'refused', status: 403, code: 50013, message: 'Missing Permissions' } as const
    server.sandbox.faults.add({ method: 'POST', path, effect })
    const reply = await shareIntoPapers(server)
    expect(reply.content).toContain('Discord refuses my posts in **#papers**')
    expect(await server.bot.store.posts.latest(channel(server, 'papers').id, 'p1')).toBeUndefined()
    expect((await shareIntoPapers(server)).content).toContain('Shared in')
  })

  it('says when nobody can tell, keeps the share, and finds out later', async () => {
    const server = await openServer()
    const messages = `^/channels/${channel(server, 'papers').id}/messages$`
    const denied = { kind: 'refused', status: 403, code: 50001, message: 'Missing Access' } as const
    server.sandbox.faults.add({ method: 'POST', path: messages, effect: { kind: 'lost-answer' } })
    server.sandbox.faults.add({ method: 'POST', path: messages, effect: denied })
    server.sandbox.faults.add({ method: 'GET', path: messages, effect: denied })
    const reply = await shareIntoPapers(server)
    expect(reply.content).toContain('Discord did not confirm')
    expect(posts(server, 'papers')).toHaveLength(1)
    await reply.press('Check again')
    expect(reply.content).toContain(posts(server, 'papers')[0]?.id)
    expect(posts(server, 'papers')).toHaveLength(1)
    const stored = await server.bot.store.posts.latest(channel(server, 'papers').id, 'p1')
    expect(stored?.messageId).toBe(posts(server, 'papers')[0]?.id)
  })

  it('looks for a share by Discord’s time, whatever the machine’s clock says since', async () => {
    let ahead = 0
    const now = () => Date.now() + ahead
    const server = await openServer({ clock: { ...systemClock, now } })
    const forum = channel(server, 'journal-club')
    const path = `^/channels/${forum.id}/threads$`
    const denied = { kind: 'refused', status: 403, code: 50001, message: 'Missing Access' } as const
    server.sandbox.faults.add({ method: 'POST', path, effect: { kind: 'lost-answer' } })
    server.sandbox.faults.add({ method: 'GET', path: '/threads/active$', effect: denied })
    const reply = await shareIntoPapers(server, { channel: forum.id })
    expect(reply.content).toContain('Discord did not confirm')
    ahead = -86_400_000
    await server.reconnect()
    await reply.press('Check again')
    expect(reply.content).toContain('Shared in')
    expect(threads(server, 'journal-club')).toHaveLength(1)
  })

  it('keeps the share when its thread cannot be opened, and says so', async () => {
    const server = await openServer()
    const effect = { kind: 'refused', status: 403, code: 50013, message: 'Missing Permissions' } as const
    server.sandbox.faults.add({ method: 'POST', path: '/threads$', effect })
    const reply = await shareIntoPapers(server, { thread: true })
    expect(reply.content).toContain('Shared in')
    expect(reply.content).toContain('The thread could not be opened')
    expect(posts(server, 'papers')).toHaveLength(1)
  })

  it('opens one thread through a lost answer', async () => {
    const server = await openServer()
    server.sandbox.faults.add({ method: 'POST', path: '/threads$', effect: { kind: 'lost-answer' } })
    const reply = await shareIntoPapers(server, { thread: true })
    expect(reply.content).not.toContain('could not')
    expect(threads(server, 'papers')).toHaveLength(1)
  })
})

describe('when the database is away', () => {
  /** A bot whose store fails at one step of a share. */
  const without = (step: 'share' | 'arrived' | 'withdraw') =>
    openSharedServer({
      papers,
      commands: [share],
      wrap: base => {
        const bot = withSummaries(base)
        const fail = async () => {
          throw new Failure('busy', 'The database does not answer.')
        }
        return { ...bot, store: { ...bot.store, posts: { ...bot.store.posts, [step]: fail } } }
      },
    })
  const shareIntoPapers = (server: SharedServer) =>
    server.sandbox
      .person('alan')
      .slash('general', 'share', { paper: cache, channel: channel(server, 'papers').id })

  it('posts nothing that it could not record', async () => {
    const server = await without('share')
    expect((await shareIntoPapers(server)).content).toBe('The database does not answer.')
    expect(posts(server, 'papers')).toEqual([])
  })

  it('does not call a share lost that stands', async () => {
    const server = await without('arrived')
    expect((await shareIntoPapers(server)).content).toContain('Shared in')
    expect(posts(server, 'papers')).toHaveLength(1)
    const again = await shareIntoPapers(server)
    expect(again.content).toContain('may have been shared')
    expect(again.buttons).toEqual(['Share anyway'])
  })

  it('names what Discord said when even taking it back fails', async () => {
    const server = await without('withdraw')
    const path = `^/channels/${channel(server, 'papers').id}/messages$`
    const effect = { kind: 'refused', status: 403, code: 50013, message: 'Missing Permissions' } as const
    server.sandbox.faults.add({ method: 'POST', path, effect })
    expect((await shareIntoPapers(server)).content).toContain('Discord refuses my posts')
  })
})
