import type { APIMessage } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import queue from '../../commands/queue.ts'
import { choiceOf } from '../../src/bot/options.ts'
import { connect } from '../../src/discord/connect.ts'
import { maxQueue } from '../../src/store/queue-ports.ts'
import { papersFrom } from '../fixtures/members.ts'
import { openSharedServer, type SharedServer } from '../fixtures/shared-server.ts'
import { withSummaries } from './summaries.ts'

const titles = ['Key value caches', 'Speculative decoding', 'Mixture of experts', 'Reward models']
const papers = papersFrom(
  [...titles, ...Array.from({ length: 20 }, (_, i) => `Paper number ${i}`)].map(title => ({ title })),
)
const open = () => openSharedServer({ papers, commands: [queue], wrap: withSummaries })
const propose = (server: SharedServer, who: string, paper: string, note?: string) =>
  server.sandbox
    .person(who)
    .slash('general', 'queue propose', { paper: choiceOf(paper), ...(note === undefined ? {} : { note }) })
const run = (server: SharedServer, who: string, line: string, options = {}) =>
  server.sandbox.person(who).slash('general', `queue ${line}`, options)
const list = async (server: SharedServer, who = 'emmy', options = {}) =>
  (await run(server, who, 'list', options)).embeds[0]?.description ?? ''
const states = async (server: SharedServer) =>
  (await server.bot.store.queue.list(server.sandbox.guild('Lab').id)).map(entry => [
    entry.paperId,
    entry.state,
  ])

const labels = (server: SharedServer, message: APIMessage) =>
  (
    server.sandbox.person('ada').message(message).components as { components: { label?: string }[] }[]
  ).flatMap(row => row.components.map(part => part.label ?? ''))

async function until(server: SharedServer, holds: () => boolean): Promise<void> {
  if (holds()) return
  await new Promise<void>(resolve => {
    const stop = server.sandbox.world.bus.on(() => {
      if (!holds()) return
      stop()
      resolve()
    })
  })
}

describe('/queue', () => {
  it('takes proposals and votes, and lists them by votes', async () => {
    const server = await open()
    const card = await propose(server, 'alan', 'p1', 'for *Thursday* <@1>')
    expect(card.ephemeral).toBe(false)
    expect(card.content).toBe(
      '**Alan** proposes a paper for the journal club.\n> for \\*Thursday\\* \\<\\@1\\>',
    )
    await propose(server, 'alan', 'p2')
    const there = await propose(server, 'emmy', 'p1')
    expect(there.ephemeral).toBe(true)
    expect(there.content).toContain('is already in the queue')
    const voted = await run(server, 'emmy', 'vote', { paper: choiceOf('p2') })
    expect(voted.content).toBe(
      'Your vote counts: **Speculative decoding** has 1 vote now. Vote again to take it back.',
    )
    const found = await list(server)
    expect(found.indexOf('Speculative')).toBeLessThan(found.indexOf('Key value'))
    expect(found).toContain('1 vote')
    expect(found).not.toMatch(/proposed by|Thursday/u)
    const mine = await list(server, 'emmy', { private: true })
    expect(mine).toContain(`1 vote · proposed by <@${server.sandbox.person('alan').person.user.id}>`)
    expect(mine).toContain('Thursday')
    const back = await run(server, 'emmy', 'vote', { paper: 'specul' })
    expect(back.content).toContain('taken back: **Speculative decoding** has 0 votes')
    expect(server.sandbox.refused).toEqual([])
  })

  it('votes by the button under a proposal, quietly, and by the menu of the list', async () => {
    const server = await open()
    const card = await propose(server, 'alan', 'p1')
    await server.sandbox.person('emmy').tap(card.message, 'Vote')
    await until(server, () => labels(server, card.message)[0] === 'Vote · 1')
    const shown = await run(server, 'grace', 'list')
    const vote = await server.sandbox.person('alan').choose(shown.message, 'p1')
    expect(vote.ephemeral).toBe(true)
    expect(vote.content).toContain('**Key value caches** has 2 votes now')
    await until(server, () => shown.embeds[0]?.description?.includes('2 votes') === true)
    await server.sandbox.person('emmy').tap(card.message, 'Vote · 1')
    await until(server, () => labels(server, card.message)[0] === 'Vote · 1')
    const private_ = await server.sandbox.person('emmy').press(card.message, 'The queue')
    expect(private_.ephemeral).toBe(true)
    expect(private_.embeds[0]?.description).toContain('Key value caches')
    // One member alone sees this list: it changes with the answer to their vote, and not by the channel's path.
    const own = await private_.choose('p1')
    expect(own.content).toContain('**Key value caches** has 2 votes now')
    expect(own.embeds[0]?.description).toContain('2 votes')
    expect(own.message.id).toBe(private_.message.id)
    expect(server.sandbox.refused).toEqual([])
  })

  it('counts each request once when two processes hear of it', async () => {
    const server = await open()
    const address = { apiUrl: server.sandbox.apiUrl, token: server.sandbox.token, guildId: undefined }
    const other = await connect(address, server.bot, [queue])
    const entries = async () =>
      (await server.bot.store.queue.list(server.sandbox.guild('Lab').id)).map(
        ({ paperId, state, votes }) => `${paperId} ${state} ${votes}`,
      )
    const cards = []
    for (const paper of ['p1', 'p2', 'p3']) cards.push(await propose(server, 'alan', paper))
    for (const card of cards) expect(card.content).toContain('proposes a paper')
    const votes = await Promise.all(
      ['alan', 'emmy', 'grace'].map(who => run(server, who, 'vote', { paper: choiceOf('p2') })),
    )
    for (const vote of votes) expect(vote.content).toContain('Your vote counts')
    const shown = await run(server, 'grace', 'list')
    for (const who of ['alan', 'emmy', 'grace'])
      expect((await server.sandbox.person(who).choose(shown.message, 'p3')).content).toContain('counts')
    expect(await entries()).toEqual(['p2 proposed 3', 'p3 proposed 3', 'p1 proposed 0'])
    const picked = await run(server, 'grace', 'pick')
    expect(picked.embeds[0]?.title).toBe('Speculative decoding')
    await other.close()
    await server.connection.close()
    expect(await entries()).toEqual(['p3 proposed 3', 'p1 proposed 0', 'p2 picked 3'])
  })

  it('offers for each subcommand the papers that it can name', async () => {
    const server = await open()
    await propose(server, 'alan', 'p1')
    await propose(server, 'alan', 'p2')
    await run(server, 'grace', 'discussed', { paper: 'Key value caches' })
    const offered = async (line: string, text = '') =>
      (await server.sandbox.person('grace').suggest('general', `queue ${line}`, 'paper', text))?.map(
        ({ name }) => name,
      )
    expect(await offered('vote')).toEqual(['Speculative decoding'])
    expect(await offered('pick')).toEqual(['Speculative decoding'])
    expect(await offered('remove', 'KEY')).toEqual(['Key value caches'])
    expect(await offered('propose', 'reward')).toContain('Reward models')
  })

  it('picks the first, marks it as discussed and takes it up again', async () => {
    const server = await open()
    for (const paper of ['p1', 'p2', 'p3']) await propose(server, 'alan', paper)
    await run(server, 'emmy', 'vote', { paper: choiceOf('p3') })
    const picked = await run(server, 'grace', 'pick')
    expect(picked.content).toBe('Next in the journal club, with 1 vote:')
    expect(picked.embeds[0]?.title).toBe('Mixture of experts')
    expect(await list(server)).toMatch(/^\*\*Next:\*\* .*Mixture of experts/u)
    await run(server, 'grace', 'pick', { paper: choiceOf('p1') })
    expect(await states(server)).toEqual([
      ['p3', 'proposed'],
      ['p2', 'proposed'],
      ['p1', 'picked'],
    ])
    const done = await run(server, 'grace', 'discussed')
    expect(done.content).toBe('**Key value caches** is marked as discussed.')
    expect(await list(server, 'emmy', { show: 'discussed' })).toContain('Key value caches')
    expect(await list(server)).not.toContain('Key value caches')
    expect((await run(server, 'grace', 'discussed')).content).toContain('No paper has been picked')
    expect((await propose(server, 'emmy', 'p1')).content).toContain(
      'proposes a paper for the journal club again',
    )
  })

  it('turns pages for its asker, and gives others a page of their own', async () => {
    const server = await open()
    for (let i = 5; i < 25; i++) await propose(server, 'alan', `p${i}`)
    const shown = await run(server, 'emmy', 'list')
    expect(shown.embeds[0]?.footer?.text).toBe('20 papers · page 1 of 3')
    const copy = await server.sandbox.person('alan').press(shown.message, 'Next page')
    expect(copy.ephemeral).toBe(true)
    expect(shown.embeds[0]?.footer?.text).toContain('page 1')
    await shown.press('Next page')
    expect(shown.embeds[0]?.footer?.text).toContain('page 2')
    await server.sandbox.person('alan').choose(shown.message, 'p14')
    await until(server, () => shown.embeds[0]?.description?.includes('Paper number 7') === true)
    expect(shown.embeds[0]?.footer?.text).toContain('page 2')
  })

  it('posts a poll over the proposals, for those who may', async () => {
    const server = await open()
    await propose(server, 'alan', 'p1')
    expect((await run(server, 'alan', 'poll')).content).toContain('A poll needs at least two proposals')
    await propose(server, 'alan', 'p2')
    const poll = await run(server, 'alan', 'poll', { hours: 48 })
    expect(poll.message.poll?.question.text).toBe('Which paper shall we discuss next?')
    expect(poll.message.poll?.answers.map(answer => answer.poll_media.text)).toEqual([
      'Key value caches',
      'Speculative decoding',
    ])
    expect(server.sandbox.refused).toEqual([])
  })

  it('says so when it is full, empty or unknown', async () => {
    const server = await open()
    expect(await list(server)).toContain('Nothing has been proposed yet')
    expect((await run(server, 'grace', 'pick')).content).toContain('Nothing has been proposed yet')
    expect((await run(server, 'grace', 'vote', { paper: 'zzz' })).content).toContain(
      'not waiting in the queue',
    )
    const guildId = server.sandbox.guild('Lab').id
    for (let i = 0; i < maxQueue; i++)
      await server.bot.store.queue.propose({ guildId, paperId: `gone${i}`, userId: '1', note: '', at: i })
    expect((await propose(server, 'alan', 'p1')).content).toContain(`holds ${maxQueue} papers already`)
    expect(await list(server)).toContain('gone0')
    await run(server, 'grace', 'pick', { paper: choiceOf('gone3') })
    expect((await run(server, 'grace', 'remove', { paper: choiceOf('gone3') })).content).toContain(
      'no longer in the queue',
    )
  })
})

describe('whose the queue is', () => {
  it('lets members neither pick nor touch what others proposed, by command or by forged id', async () => {
    const server = await open()
    const card = await propose(server, 'alan', 'p1')
    await propose(server, 'alan', 'p2')
    await run(server, 'grace', 'pick', { paper: choiceOf('p1') })
    const emmy = server.sandbox.person('emmy')
    for (const reply of [
      await run(server, 'emmy', 'discussed'),
      await run(server, 'emmy', 'remove', { paper: choiceOf('p2') }),
      await emmy.sendRaw(card.message, 'L1:queue:done::p1'),
    ]) {
      expect(reply.content).toContain('Only the member who proposed the paper')
      expect(reply.ephemeral, reply.content).toBe(true)
    }
    expect((await run(server, 'alan', 'pick')).content).toContain('You need **Manage Messages**')
    expect(await states(server)).toEqual([
      ['p2', 'proposed'],
      ['p1', 'picked'],
    ])
  })

  it('lets whoever proposed a paper mark and remove it', async () => {
    const server = await open()
    await propose(server, 'alan', 'p1')
    await propose(server, 'alan', 'p2')
    const picked = await run(server, 'ada', 'pick', { paper: choiceOf('p1') })
    const done = await server.sandbox.person('alan').press(picked.message, 'Mark as discussed')
    expect(done.content).toContain('is marked as discussed')
    expect((await run(server, 'alan', 'remove', { paper: choiceOf('p2') })).content).toContain('no longer')
    expect(await states(server)).toEqual([['p1', 'discussed']])
  })

  it('marks a paper as discussed for the first of two who press at once', async () => {
    const server = await open()
    await propose(server, 'alan', 'p1')
    const picked = await run(server, 'grace', 'pick')
    const press = (who: string) => server.sandbox.person(who).press(picked.message, 'Mark as discussed')
    const replies = await Promise.all([press('alan'), press('grace'), press('alan')])
    const [done, ...more] = replies.filter(({ ephemeral }) => !ephemeral)
    expect(done?.content).toContain('is marked as discussed')
    expect(more).toEqual([])
    for (const { content } of replies.filter(({ ephemeral }) => ephemeral))
      expect(content).toContain('not waiting in the queue')
  })

  it('keeps servers apart, whatever an admin next door forges', async () => {
    const server = await open()
    await propose(server, 'alan', 'p1')
    const mallory = server.sandbox.person('mallory')
    const theirs = await mallory.slash('lobby', 'queue list')
    expect(theirs.embeds[0]?.description).toContain('Nothing has been proposed yet')
    const done = await mallory.sendRaw(theirs.message, 'L1:queue:done::p1')
    expect(done.content).toContain('not waiting in the queue')
    for (const id of ['L1:queue:vote::p1', 'L1:queue:vote::']) {
      const vote = await mallory.sendRaw(theirs.message, id)
      expect((await vote.followUp()).content, id).toContain('not waiting in the queue')
    }
    expect((await mallory.sendRaw(theirs.message, 'L1:queue:choose::0,x', ['p1'])).ephemeral).toBe(true)
    const page = await mallory.sendRaw(theirs.message, 'L1:queue:page::nonsense,-7')
    expect(page.embeds[0]?.description).toContain('Nothing has been proposed yet')
    expect((await server.bot.store.queue.get(server.sandbox.guild('Lab').id, 'p1'))?.votes).toBe(0)
    expect(await states(server)).toEqual([['p1', 'proposed']])
  })
})
