import { describe, expect, it } from 'vitest'
import share from '../../commands/share.ts'
import { Failure } from '../../src/errors.ts'
import { type Lab, openLab } from '../fixtures/shared-server.ts'
import { cache, channel, open, papers, posts, threads } from './share-lab.ts'
import { withSummaries } from './summaries.ts'

describe('once, whatever happens', () => {
  const intoPapers = (lab: Lab, more = {}) =>
    lab.sandbox
      .person('alan')
      .slash('general', 'share', { paper: cache, channel: channel(lab, 'papers').id, ...more })

  it('warns of an earlier share with a link to it, and posts again when told to, once for two clicks', async () => {
    const lab = await open()
    await intoPapers(lab)
    const [first] = posts(lab, 'papers')
    const warned = await lab.sandbox.person('grace').slash('general', 'share', {
      paper: cache,
      channel: channel(lab, 'papers').id,
      note: 'still good',
    })
    expect(warned.content).toContain(`/${first?.id}`)
    expect(posts(lab, 'papers')).toHaveLength(1)
    await lab.reconnect()
    const clicks = await Promise.all([warned.press('Share anyway'), warned.press('Share anyway')])
    expect(posts(lab, 'papers')).toHaveLength(2)
    expect(posts(lab, 'papers')[1]?.content).toContain('**Grace** shares a paper.\n> still good')
    for (const click of clicks) expect(click.content).toContain(posts(lab, 'papers')[1]?.id)
  })

  it('shares once when the gateway tells the same interaction twice', async () => {
    const lab = await open()
    const { client } = lab.connection
    client.once('interactionCreate', interaction => client.emit('interactionCreate', interaction))
    const forum = channel(lab, 'journal-club')
    expect((await intoPapers(lab, { channel: forum.id })).content).toContain('Shared in')
    client.once('interactionCreate', interaction => client.emit('interactionCreate', interaction))
    expect((await intoPapers(lab)).content).toContain('Shared in')
    expect(threads(lab, 'journal-club')).toHaveLength(1)
    expect(posts(lab, 'papers')).toHaveLength(1)
  })

  it('makes one post of a forum for two clicks', async () => {
    const lab = await open()
    const forum = channel(lab, 'journal-club')
    await intoPapers(lab, { channel: forum.id })
    const warned = await intoPapers(lab, { channel: forum.id })
    const slow = { kind: 'slow', ms: 300 } as const
    lab.sandbox.faults.add({ method: 'POST', path: `^/channels/${forum.id}/threads$`, effect: slow })
    await Promise.all([warned.press('Share anyway'), warned.press('Share anyway')])
    expect(threads(lab, 'journal-club')).toHaveLength(2)
  })

  it.each([
    ['a lost answer', { kind: 'lost-answer' }],
    ['an answer of 502 after it was done', { kind: 'status', status: 502, executed: true }],
    ['an answer of 502 before it was done', { kind: 'status', status: 502 }],
    ['a broken connection', { kind: 'dropped' }],
    ['a rate limit', { kind: 'rate-limit', ms: 300 }],
  ] as const)('posts once through %s', async (_name, effect) => {
    const lab = await open()
    const path = `^/channels/(${channel(lab, 'papers').id}/messages|${channel(lab, 'journal-club').id}/threads)$`
    lab.sandbox.faults.add({ method: 'POST', path, effect })
    const reply = await intoPapers(lab)
    expect(reply.content).toContain('Shared in')
    expect(posts(lab, 'papers')).toHaveLength(1)
    lab.sandbox.faults.add({ method: 'POST', path, effect })
    const forum = await intoPapers(lab, { channel: channel(lab, 'journal-club').id })
    expect(forum.content).toContain('Shared in')
    expect(threads(lab, 'journal-club')).toHaveLength(1)
    expect(lab.sandbox.faults.struck).toBe(2)
  })

  it('takes back what Discord refuses: nothing was shared, and nothing warns later', async () => {
    const lab = await open()
    const path = `^/channels/${channel(lab, 'papers').id}/messages$`
    const effect = { kind: 'refused', status: 403, code: 50013, message: 'Missing Permissions' } as const
    lab.sandbox.faults.add({ method: 'POST', path, effect })
    const reply = await intoPapers(lab)
    expect(reply.content).toContain('Discord refuses my posts in **#papers**')
    expect(await lab.bot.store.posts.latest(channel(lab, 'papers').id, 'p1')).toBeUndefined()
    expect((await intoPapers(lab)).content).toContain('Shared in')
  })

  it('says when nobody can tell, keeps the share, and finds out later', async () => {
    const lab = await open()
    const messages = `^/channels/${channel(lab, 'papers').id}/messages$`
    const denied = { kind: 'refused', status: 403, code: 50001, message: 'Missing Access' } as const
    lab.sandbox.faults.add({ method: 'POST', path: messages, effect: { kind: 'lost-answer' } })
    lab.sandbox.faults.add({ method: 'POST', path: messages, effect: denied })
    lab.sandbox.faults.add({ method: 'GET', path: messages, effect: denied })
    const reply = await intoPapers(lab)
    expect(reply.content).toContain('Discord did not confirm')
    expect(posts(lab, 'papers')).toHaveLength(1)
    await reply.press('Check again')
    expect(reply.content).toContain(posts(lab, 'papers')[0]?.id)
    expect(posts(lab, 'papers')).toHaveLength(1)
    const stored = await lab.bot.store.posts.latest(channel(lab, 'papers').id, 'p1')
    expect(stored?.messageId).toBe(posts(lab, 'papers')[0]?.id)
  })

  it('keeps the share when its thread cannot be opened, and says so', async () => {
    const lab = await open()
    const effect = { kind: 'refused', status: 403, code: 50013, message: 'Missing Permissions' } as const
    lab.sandbox.faults.add({ method: 'POST', path: '/threads$', effect })
    const reply = await intoPapers(lab, { thread: true })
    expect(reply.content).toContain('Shared in')
    expect(reply.content).toContain('The thread could not be opened')
    expect(posts(lab, 'papers')).toHaveLength(1)
  })

  it('opens one thread through a lost answer', async () => {
    const lab = await open()
    lab.sandbox.faults.add({ method: 'POST', path: '/threads$', effect: { kind: 'lost-answer' } })
    const reply = await intoPapers(lab, { thread: true })
    expect(reply.content).not.toContain('could not')
    expect(threads(lab, 'papers')).toHaveLength(1)
  })
})

describe('when the database is away', () => {
  /** A bot whose store fails at one step of a share. */
  const without = (step: 'share' | 'arrived' | 'withdraw') =>
    openLab({
      papers,
      commands: [share],
      bend: base => {
        const bot = withSummaries(base)
        const fail = async () => {
          throw new Failure('busy', 'The database does not answer.')
        }
        return { ...bot, store: { ...bot.store, posts: { ...bot.store.posts, [step]: fail } } }
      },
    })
  const intoPapers = (lab: Lab) =>
    lab.sandbox.person('alan').slash('general', 'share', { paper: cache, channel: channel(lab, 'papers').id })

  it('posts nothing that it could not record', async () => {
    const lab = await without('share')
    expect((await intoPapers(lab)).content).toBe('The database does not answer.')
    expect(posts(lab, 'papers')).toEqual([])
  })

  it('does not call a share lost that stands', async () => {
    const lab = await without('arrived')
    expect((await intoPapers(lab)).content).toContain('Shared in')
    expect(posts(lab, 'papers')).toHaveLength(1)
    const again = await intoPapers(lab)
    expect(again.content).toContain('may have been shared')
    expect(again.buttons).toEqual(['Share anyway'])
  })

  it('names what Discord said when even taking it back fails', async () => {
    const lab = await without('withdraw')
    const path = `^/channels/${channel(lab, 'papers').id}/messages$`
    const effect = { kind: 'refused', status: 403, code: 50013, message: 'Missing Permissions' } as const
    lab.sandbox.faults.add({ method: 'POST', path, effect })
    expect((await intoPapers(lab)).content).toContain('Discord refuses my posts')
  })
})
