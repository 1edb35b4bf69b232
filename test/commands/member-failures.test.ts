import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, vi } from 'vitest'
import type { BotContext } from '../../src/bot/context.ts'
import { choiceOf } from '../../src/bot/options.ts'
import { Failure } from '../../src/errors.ts'
import type { Follow } from '../../src/schedule/schedule.ts'
import { papersFrom } from '../fixtures/members.ts'
import { openSharedServer, type SharedServer, type SharedServerOptions } from '../fixtures/shared-server.ts'
import { withSummaries } from './summaries.ts'

const papers = papersFrom([
  { title: 'Key value caches for transformers', url: 'https://arxiv.org/abs/2405.00001' },
  { title: 'Speculative decoding of long answers' },
  { id: '10.1145/2407085.2407086', title: 'Mixture of experts at the edge' },
])
const open = (options: Partial<SharedServerOptions> = {}) =>
  openSharedServer({ papers, wrap: withSummaries, ...options })
const idOf = (server: SharedServer, name: string) => server.sandbox.person(name).person.user.id

/** A follow of the member, stopped because their direct messages are closed. */
async function stopped(bot: Omit<BotContext, 'channels'>, userId: string): Promise<void> {
  const at = Date.now() - 60_000
  const follow: Parameters<typeof bot.store.follows.create>[0] = {
    id: 'faaaaaaaaaaa',
    userId,
    timing: { hour: 8, minute: 0, zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7] },
    topic: { query: 'caches' },
    createdAt: at,
    next: { at, offset: 0 },
  }
  await bot.store.follows.create(follow)
  const made = (await bot.store.follows.get(userId, follow.id)) as Follow
  const next = { at: at + 86_400_000, offset: 0 }
  await bot.store.slots.plan(made, [{ date: '2026-11-23', at, expiresAt: at + 1e7 }], next, at)
  const [claim] = await bot.store.slots.claim('me', at, at + 30_000, 1)
  if (claim === undefined) throw new Error('nothing to claim')
  await bot.store.slots.stop(claim, { kind: 'closed', missing: [], at }, at)
}

describe('what a member has not been told', () => {
  it('comes with their next command, to them alone, once', async () => {
    const server = await open()
    await stopped(server.bot, idOf(server, 'alan'))
    const [ada, alan] = [server.sandbox.person('ada'), server.sandbox.person('alan')]
    expect((await ada.slash('general', 'about')).followUps).toEqual([])
    const reply = await alan.slash('general', 'about')
    expect(reply.ephemeral).toBe(false)
    const notice = await reply.followUp()
    expect(notice.flags).toBe(64)
    expect(notice.embeds[0]?.description).toContain('direct messages are closed')
    expect(JSON.stringify(ada.messages('general'))).not.toContain('direct messages are closed')
    await alan.slash('general', 'help')
    const again = await alan.slash('general', 'about')
    await alan.slash('general', 'about')
    expect(again.followUps).toEqual([])
    expect(server.sandbox.refused).toEqual([])
  })

  it('does not spoil or hold up the reply when the database is away', async () => {
    let asked = 0
    let release = () => {}
    const away = (bot: Omit<BotContext, 'channels'>) => ({
      ...bot,
      store: {
        ...bot.store,
        notices: {
          ...bot.store.notices,
          pending: () => {
            asked += 1
            if (asked === 1) return Promise.reject(new Failure('busy', 'away'))
            return new Promise<never[]>(resolve => {
              release = () => resolve([])
            })
          },
        },
      },
    })
    const server = await open({ wrap: away })
    const alan = server.sandbox.person('alan')
    for (let i = 0; i < 2; i++) expect((await alan.slash('general', 'help')).state).toBe('replied')
    await vi.waitFor(() => expect(asked).toBe(2))
    release()
  })
})

describe('a database that fails', () => {
  const texts = {
    busy: new Failure('busy', 'The database is busy. Please try again in a moment.'),
    storage: new Failure('storage', 'The disk that holds the database is full. Nothing was changed.'),
  }

  it('is told in its own words, privately, and leaves what stands on the screen', async () => {
    let failure: Failure | undefined
    const failing = <T extends object>(part: T): T =>
      new Proxy(part, {
        get: (target, name) => {
          const method = Reflect.get(target, name) as unknown as (...args: unknown[]) => unknown
          return (...args: unknown[]) => (failure ? Promise.reject(failure) : method(...args))
        },
      })
    const wrap = (whole: Omit<BotContext, 'channels'>) => {
      const bot = withSummaries(whole)
      const { saves, follows, members } = bot.store
      const store = {
        ...bot.store,
        saves: failing(saves),
        follows: failing(follows),
        members: failing(members),
      }
      return { ...bot, store }
    }
    const server = await open({ wrap })
    const ada = server.sandbox.person('ada')
    const paper = await ada.slash('general', 'paper', { query: choiceOf('p1') })
    const card = await ada.slash('general', 'save', { paper: choiceOf('p1'), note: 'kept' })
    const form = await card.press('Note and tags')
    for (const next of Object.values(texts)) {
      failure = next
      const before = JSON.stringify(card.message)
      const replies = [
        await ada.press(paper.message, 'Save'),
        await ada.slash('general', 'save', { paper: choiceOf('p1') }),
        await ada.slash('general', 'library'),
        await card.press('Read'),
        await card.press('My list'),
        await card.press('Note and tags'),
        await ada.slash('general', 'follow list'),
        await ada.slash('general', 'privacy export'),
        await ada.slash('general', 'privacy delete'),
      ]
      for (const reply of replies) {
        expect(reply.ephemeral).toBe(true)
        expect(reply.content).toBe(next.message)
      }
      expect(JSON.stringify(card.message)).toBe(before)
      expect(await ada.suggest('general', 'library', 'paper', 'key')).toEqual([])
      expect(await ada.suggest('general', 'follow pause', 'follow', '')).toEqual([])
      failure = undefined
    }
    failure = texts.busy
    const lost = await form.submit({ note: 'a long thought', tags: '' })
    expect(lost.content).toBe(texts.busy.message)
    expect(lost.embeds[0]?.description).toBe('> a long thought')
    expect(server.sandbox.refused).toEqual([])
  })
})

describe('a database that another program holds', () => {
  it('is told after “thinking…”, and serves again once it is free', async () => {
    let other: DatabaseSync | undefined
    const server = await open({
      fill: database => {
        other = new DatabaseSync(database)
      },
    })
    const ada = server.sandbox.person('ada')
    other?.exec('begin immediate')
    const refused = await ada.slash('general', 'save', { paper: choiceOf('p1') })
    expect(refused.ephemeral).toBe(true)
    expect(refused.content).toContain('The database is busy')
    other?.exec('rollback')
    const saved = await ada.slash('general', 'save', { paper: choiceOf('p1') })
    expect(saved.content).toBe('Saved to your list.')
    other?.close()
  })
})
