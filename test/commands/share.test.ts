import { describe, expect, it } from 'vitest'
import { choiceOf } from '../../src/bot/options.ts'
import type { SharedServer } from '../fixtures/shared-server.ts'
import { cache, channel, labels, openServer, posts, threads } from './share-server.ts'

describe('/share', () => {
  it('posts the paper with who shares it and the note, and pings nobody', async () => {
    const server = await openServer()
    const reply = await server.sandbox.person('alan').slash('general', 'share', {
      paper: cache,
      channel: channel(server, 'papers').id,
      note: '  *Read* this, <@100000000000000011> @everyone\nplease ',
    })
    const [post, ...more] = posts(server, 'papers')
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
    expect(server.sandbox.refused).toEqual([])
  })

  it('offers papers, and asks which one is meant when one was typed', async () => {
    const server = await openServer()
    const ada = server.sandbox.person('ada')
    const choices = await ada.suggest('general', 'share', 'paper', 'specul')
    expect(choices?.[0]?.value).toBe(choiceOf('p2'))
    const asked = await ada.slash('general', 'share', {
      paper: 'decoding experts caches',
      channel: channel(server, 'papers').id,
      note: 'why *not*',
    })
    expect(posts(server, 'papers')).toEqual([])
    await asked.choose('p2')
    expect(asked.embeds[0]?.title).toBe('Speculative decoding of long answers')
    await asked.press('Share')
    expect(asked.content).toContain('Shared in')
    expect(asked.buttons).toEqual([])
    const [post] = posts(server, 'papers')
    expect(post?.embeds[0]?.title).toBe('Speculative decoding of long answers')
    expect(post?.content).toContain('> why \\*not\\*')
  })

  it('says so when nothing fits', async () => {
    const server = await openServer()
    const reply = await server.sandbox
      .person('ada')
      .slash('general', 'share', { paper: 'zzzqqq', channel: channel(server, 'papers').id })
    expect(reply.ephemeral).toBe(true)
    expect(reply.embeds[0]?.description).toContain('No paper here fits')
  })

  it('opens a thread to discuss it, and names both after the paper', async () => {
    const server = await openServer()
    await server.sandbox
      .person('alan')
      .slash('general', 'share', { paper: cache, channel: channel(server, 'papers').id, thread: true })
    const [thread] = threads(server, 'papers')
    const [post] = posts(server, 'papers')
    expect(thread?.name).toBe('Key value caches for transformers')
    expect(thread?.id).toBe(post?.id)
    const stored = await server.bot.store.posts.latest(channel(server, 'papers').id, 'p1')
    expect(stored).toMatchObject({ messageId: post?.id, threadId: thread?.id })
  })

  it('posts in threads, and makes posts of their own in forums', async () => {
    const server = await openServer()
    const alan = server.sandbox.person('alan')
    const thread = alan.startThread('papers', 'caches')
    const inThread = await alan.slash('general', 'share', { paper: cache, channel: thread.id, thread: true })
    expect(inThread.content).toContain(`/${thread.id}/`)
    const forum = channel(server, 'journal-club')
    const inForum = await alan.slash('general', 'share', { paper: cache, channel: forum.id })
    const [made] = threads(server, 'journal-club')
    expect(made?.name).toBe('Key value caches for transformers')
    expect(inForum.content).toContain(`/${made?.id}/${made?.id}`)
    const again = await alan.slash('general', 'share', { paper: cache, channel: forum.id })
    expect(again.content).toContain(`/${made?.id}/${made?.id}`)
    expect(threads(server, 'journal-club')).toHaveLength(1)
  })
})

describe('what people and the bot may do', () => {
  const into = async (server: SharedServer, who: string, name: string, more = {}) =>
    server.sandbox
      .person(who)
      .slash('general', 'share', { paper: cache, channel: channel(server, name).id, ...more })

  it('names what the member lacks', async () => {
    const server = await openServer()
    const reply = await into(server, 'alan', 'announcements')
    expect(reply.content).toContain(
      'You may not post that in **#announcements**: you lack **Send Messages**.',
    )
    expect(posts(server, 'announcements')).toEqual([])
  })

  it('names all that the bot lacks', async () => {
    const server = await openServer()
    expect((await into(server, 'ada', 'announcements')).content).toContain('I lack **Send Messages**')
    expect((await into(server, 'grace', 'organisers')).content).toContain('I lack **View Channel**')
    server.sandbox.simulate({
      kind: 'deny',
      channel: 'papers',
      permissions: ['EmbedLinks', 'CreatePublicThreads'],
    })
    await server.reconnect()
    expect((await into(server, 'ada', 'papers')).content).toContain('I lack **Embed Links**.')
    expect((await into(server, 'ada', 'papers', { thread: true })).content).toContain(
      'I lack **Embed Links**, **Create Public Threads**.',
    )
    expect(posts(server, 'papers')).toEqual([])
    expect(await server.bot.store.posts.latest(channel(server, 'papers').id, 'p1')).toBeUndefined()
  })

  it('knows no channel that the member cannot see, and none of another server', async () => {
    const server = await openServer()
    const reply = await into(server, 'alan', 'papers')
    const nowhere = 'There is no such channel here, or you cannot see it.'
    for (const name of ['organisers', 'lobby']) {
      const forged = await server.sandbox
        .person('alan')
        .sendRaw(reply.message, `L1:share:go::p1,${channel(server, name).id},-,100000000000000099`)
      expect(forged.content).toBe(nowhere)
    }
    for (const where of ['x', '..', '100000000000009999']) {
      const forged = await server.sandbox
        .person('alan')
        .sendRaw(reply.message, `L1:share:go::p1,${where},-,100000000000000099`)
      expect(forged.content, where).toBe(nowhere)
    }
    const mallory = await server.sandbox
      .person('mallory')
      .slash('lobby', 'share', { paper: cache, channel: channel(server, 'lobby').id })
    const out = await server.sandbox
      .person('mallory')
      .sendRaw(mallory.message, `L1:share:go::p1,${channel(server, 'papers').id},-,100000000000000099`)
    expect(out.content).toBe(nowhere)
    expect(posts(server, 'papers')).toHaveLength(1)
  })

  it('does not post in a private thread that the member is not in', async () => {
    const server = await openServer()
    const { world } = server.sandbox
    const thread = server.sandbox.person('ada').startThread('papers', 'secret')
    ;(world.channels.get(thread.id) as { type: number }).type = 12
    await server.reconnect()
    const reply = await into(server, 'alan', 'papers')
    const forged = await server.sandbox
      .person('alan')
      .sendRaw(reply.message, `L1:share:go::p1,${thread.id},-,100000000000000099`)
    expect(forged.content).toBe('There is no such channel here, or you cannot see it.')
  })
})

describe('the Share button', () => {
  it('asks where and why in a form', async () => {
    const server = await openServer()
    const alan = server.sandbox.person('alan')
    const first = await alan.slash('general', 'share', {
      paper: cache,
      channel: channel(server, 'papers').id,
    })
    expect(first.content).toContain('Shared in')
    const form = await alan.press(posts(server, 'papers')[0]!, 'Share')
    expect(form.modal.title).toBe('Share a paper')
    const done = await form.submit({
      channel: [channel(server, 'reading-group').id],
      note: 'For Thursday',
      thread: ['yes'],
    })
    expect(done.ephemeral).toBe(true)
    expect(done.content).toContain('Shared in')
    expect(posts(server, 'reading-group')[0]?.content).toBe('**Alan** shares a paper.\n> For Thursday')
    expect(threads(server, 'reading-group')).toHaveLength(1)
    const again = await alan.press(posts(server, 'papers')[0]!, 'Share')
    const plain = await again.submit({ channel: [channel(server, 'papers').id], note: '', thread: [] })
    expect(plain.buttons).toEqual(['Share anyway'])
  })
})
