import type { APIMessage } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import share from '../../commands/share.ts'
import { choiceOf } from '../../src/bot/options.ts'
import { Failure } from '../../src/errors.ts'
import { papersFrom } from '../fixtures/members.ts'
import { type Lab, openLab } from '../fixtures/shared-server.ts'
import { withSummaries } from './summaries.ts'

const papers = papersFrom([
  { title: 'Key value caches for transformers', url: 'https://arxiv.org/abs/2405.00001' },
  { title: 'Speculative decoding of long answers' },
  { id: '10.1145/2407085.2407086', title: 'Mixture of experts at the edge' },
])
const cache = choiceOf('p1')
const open = () => openLab({ papers, commands: [share], bend: withSummaries })
const channel = (lab: Lab, name: string) =>
  [...lab.sandbox.world.channels.values()].find(one => one.name === name)!
const posts = (lab: Lab, name: string): APIMessage[] =>
  lab.sandbox
    .person('ada')
    .messages(name)
    .filter(message => message.author.bot && ((message.flags ?? 0) & 64) === 0)
const threads = (lab: Lab, parent: string) =>
  [...lab.sandbox.world.channels.values()].filter(
    one => one.thread !== undefined && one.parentId === channel(lab, parent).id,
  )
const labels = (message: APIMessage) =>
  (message.components as { components?: { label?: string }[] }[] | undefined)
    ?.flatMap(row => row.components ?? [])
    .map(part => part.label)

describe('/share', () => {
  it('posts the paper with who shares it and the note, and pings nobody', async () => {
    const lab = await open()
    const reply = await lab.sandbox.person('alan').slash('general', 'share', {
      paper: cache,
      channel: channel(lab, 'papers').id,
      note: '  *Read* this, <@100000000000000011> @everyone\nplease ',
    })
    const [post, ...more] = posts(lab, 'papers')
    expect(more).toEqual([])
    expect(reply.ephemeral).toBe(true)
    expect(reply.content).toContain(`/${post!.channel_id}/${post!.id}`)
    expect(post!.content).toBe(
      '**Alan** shares a paper.\n> \\*Read\\* this, \\<\\@100000000000000011\\> \\@everyone please',
    )
    expect(post!.mentions).toEqual([])
    expect(post!.mention_everyone).toBe(false)
    expect(post!.embeds[0]?.title).toBe('Key value caches for transformers')
    expect(labels(post!)).toEqual([
      'Useful',
      'Not for us',
      'Whole abstract',
      'Related papers',
      'Cite',
      'Save',
      'Share',
    ])
    expect(lab.sandbox.refused).toEqual([])
  })

  it('offers papers, and asks which one is meant when one was typed', async () => {
    const lab = await open()
    const ada = lab.sandbox.person('ada')
    const choices = await ada.suggest('general', 'share', 'paper', 'specul')
    expect(choices?.[0]?.value).toBe(choiceOf('p2'))
    const asked = await ada.slash('general', 'share', {
      paper: 'decoding experts caches',
      channel: channel(lab, 'papers').id,
      note: 'why *not*',
    })
    expect(posts(lab, 'papers')).toEqual([])
    await asked.choose('p2')
    expect(asked.embeds[0]?.title).toBe('Speculative decoding of long answers')
    await asked.press('Share')
    expect(asked.content).toContain('Shared in')
    expect(asked.buttons).toEqual([])
    const [post] = posts(lab, 'papers')
    expect(post?.embeds[0]?.title).toBe('Speculative decoding of long answers')
    expect(post?.content).toContain('> why \\*not\\*')
  })

  it('says so when nothing fits', async () => {
    const lab = await open()
    const reply = await lab.sandbox
      .person('ada')
      .slash('general', 'share', { paper: 'zzzqqq', channel: channel(lab, 'papers').id })
    expect(reply.ephemeral).toBe(true)
    expect(reply.embeds[0]?.description).toContain('No paper here fits')
  })

  it('opens a thread to discuss it, and names both after the paper', async () => {
    const lab = await open()
    await lab.sandbox
      .person('alan')
      .slash('general', 'share', { paper: cache, channel: channel(lab, 'papers').id, thread: true })
    const [thread] = threads(lab, 'papers')
    const [post] = posts(lab, 'papers')
    expect(thread?.name).toBe('Key value caches for transformers')
    expect(thread?.id).toBe(post?.id)
    const stored = await lab.bot.store.posts.latest(channel(lab, 'papers').id, 'p1')
    expect(stored).toMatchObject({ messageId: post?.id, threadId: thread?.id })
  })

  it('posts in threads, and makes posts of their own in forums', async () => {
    const lab = await open()
    const alan = lab.sandbox.person('alan')
    const thread = alan.startThread('papers', 'caches')
    const inThread = await alan.slash('general', 'share', { paper: cache, channel: thread.id, thread: true })
    expect(inThread.content).toContain(`/${thread.id}/`)
    const forum = channel(lab, 'journal-club')
    const inForum = await alan.slash('general', 'share', { paper: cache, channel: forum.id })
    const [made] = threads(lab, 'journal-club')
    expect(made?.name).toBe('Key value caches for transformers')
    expect(inForum.content).toContain(`/${made?.id}/${made?.id}`)
    const again = await alan.slash('general', 'share', { paper: cache, channel: forum.id })
    expect(again.content).toContain(`/${made?.id}/${made?.id}`)
    expect(threads(lab, 'journal-club')).toHaveLength(1)
  })
})

describe('what people and the bot may do', () => {
  const into = async (lab: Lab, who: string, name: string, more = {}) =>
    lab.sandbox
      .person(who)
      .slash('general', 'share', { paper: cache, channel: channel(lab, name).id, ...more })

  it('names what the member lacks', async () => {
    const lab = await open()
    const reply = await into(lab, 'alan', 'announcements')
    expect(reply.content).toContain(
      'You may not post that in **#announcements**: you lack **Send Messages**.',
    )
    expect(posts(lab, 'announcements')).toEqual([])
  })

  it('names all that the bot lacks', async () => {
    const lab = await open()
    expect((await into(lab, 'ada', 'announcements')).content).toContain('I lack **Send Messages**')
    expect((await into(lab, 'grace', 'organisers')).content).toContain('I lack **View Channel**')
    lab.sandbox.simulate({
      kind: 'deny',
      channel: 'papers',
      permissions: ['EmbedLinks', 'CreatePublicThreads'],
    })
    await lab.reconnect()
    expect((await into(lab, 'ada', 'papers')).content).toContain('I lack **Embed Links**.')
    expect((await into(lab, 'ada', 'papers', { thread: true })).content).toContain(
      'I lack **Embed Links**, **Create Public Threads**.',
    )
    expect(posts(lab, 'papers')).toEqual([])
    expect(await lab.bot.store.posts.latest(channel(lab, 'papers').id, 'p1')).toBeUndefined()
  })

  it('knows no channel that the member cannot see, and none of another server', async () => {
    const lab = await open()
    const reply = await into(lab, 'alan', 'papers')
    const nowhere = 'There is no such channel here, or none that you can see.'
    for (const name of ['organisers', 'lobby']) {
      const forged = await lab.sandbox
        .person('alan')
        .sendRaw(reply.message, `L1:share:go::p1,${channel(lab, name).id},-,100000000000000099`)
      expect(forged.content).toBe(nowhere)
    }
    for (const where of ['x', '..', '100000000000009999']) {
      const forged = await lab.sandbox
        .person('alan')
        .sendRaw(reply.message, `L1:share:go::p1,${where},-,100000000000000099`)
      expect(forged.content, where).toBe(nowhere)
    }
    const mallory = await lab.sandbox
      .person('mallory')
      .slash('lobby', 'share', { paper: cache, channel: channel(lab, 'lobby').id })
    const out = await lab.sandbox
      .person('mallory')
      .sendRaw(mallory.message, `L1:share:go::p1,${channel(lab, 'papers').id},-,100000000000000099`)
    expect(out.content).toBe(nowhere)
    expect(posts(lab, 'papers')).toHaveLength(1)
  })

  it('does not post in a private thread that the member is not in', async () => {
    const lab = await open()
    const { world } = lab.sandbox
    const thread = lab.sandbox.person('ada').startThread('papers', 'secret')
    ;(world.channels.get(thread.id) as { type: number }).type = 12
    await lab.reconnect()
    const reply = await into(lab, 'alan', 'papers')
    const forged = await lab.sandbox
      .person('alan')
      .sendRaw(reply.message, `L1:share:go::p1,${thread.id},-,100000000000000099`)
    expect(forged.content).toBe('There is no such channel here, or none that you can see.')
  })
})

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

describe('the Share button', () => {
  it('asks where and why in a form', async () => {
    const lab = await open()
    const alan = lab.sandbox.person('alan')
    const first = await alan.slash('general', 'share', { paper: cache, channel: channel(lab, 'papers').id })
    expect(first.content).toContain('Shared in')
    const form = await alan.press(posts(lab, 'papers')[0]!, 'Share')
    expect(form.modal.title).toBe('Share a paper')
    const done = await form.submit({
      channel: [channel(lab, 'reading-group').id],
      note: 'For Thursday',
      thread: ['yes'],
    })
    expect(done.ephemeral).toBe(true)
    expect(done.content).toContain('Shared in')
    expect(posts(lab, 'reading-group')[0]?.content).toBe('**Alan** shares a paper.\n> For Thursday')
    expect(threads(lab, 'reading-group')).toHaveLength(1)
    const again = await alan.press(posts(lab, 'papers')[0]!, 'Share')
    const plain = await again.submit({ channel: [channel(lab, 'papers').id], note: '', thread: [] })
    expect(plain.buttons).toEqual(['Share anyway'])
  })
})
