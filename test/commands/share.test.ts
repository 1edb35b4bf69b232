import { describe, expect, it } from 'vitest'
import { choiceOf } from '../../src/bot/options.ts'
import type { Lab } from '../fixtures/shared-server.ts'
import { cache, channel, labels, open, posts, threads } from './share-lab.ts'

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
