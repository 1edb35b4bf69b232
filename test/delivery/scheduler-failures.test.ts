import { describe, expect, it } from 'vitest'
import type { Clock } from '../../src/delivery/clock.ts'
import { openScheduler } from '../../src/delivery/scheduler.ts'
import type { Store } from '../../src/store/ports.ts'
import { dailyAt, runUntil } from '../fixtures/scheduler.ts'
import {
  channels,
  clock,
  create,
  guild,
  inChannel,
  lastSlot,
  minute,
  nine,
  open,
  seed,
  setter,
  store,
} from './scheduler-setup.ts'

describe('lost and broken answers', () => {
  it.each([
    ['lost after it was done', { kind: 'lost' }],
    ['dropped before it was done', { kind: 'dropped' }],
    ['done long after the connection broke', { kind: 'late', ms: 2 }],
    ['answered 502 though it was done', { kind: 'error', status: 502, done: true }],
    ['answered 500 and not done', { kind: 'error', status: 500, done: false }],
  ] as const)('a send that is %s is posted once', async (_, outcome) => {
    await create('d1')
    channels.outcomeOf = ({ method, count }) =>
      method === 'POST' && count <= 1 ? outcome : { kind: 'answer' }
    await runUntil(open(), clock, '2026-11-23T12:00Z')
    expect(inChannel('d1')).toHaveLength(1)
    expect(await lastSlot('d1')).toMatchObject({ state: 'posted', messageId: inChannel('d1')[0]?.id })
  })

  it('is looked for before it is sent again, even when the nonce is long forgotten', async () => {
    await create('d1')
    channels.outcomeOf = ({ method, count }) =>
      method === 'POST' ? { kind: 'lost' } : count < 12 ? { kind: 'dropped' } : { kind: 'answer' }
    await runUntil(open(), clock, '2026-11-24T08:00Z')
    expect(inChannel('d1')).toHaveLength(1)
    expect(clock.now() - (inChannel('d1')[0]?.at ?? 0)).toBeGreaterThan(10 * minute)
    expect(channels.requests.filter(request => request.method === 'POST')).toHaveLength(1)
    expect(await lastSlot('d1')).toMatchObject({ state: 'posted' })
  })

  it('is settled as unknown, and told, where the channel may not be read', async () => {
    await create('d1')
    channels.outcomeOf = ({ method, channel }) =>
      channel === setter
        ? { kind: 'answer' }
        : method === 'POST'
          ? { kind: 'lost' }
          : { kind: 'refused', why: 'permission', missing: ['Read Message History'] }
    const on = open()
    await runUntil(on, clock, '2026-11-23T12:00Z')
    expect(inChannel('d1')).toHaveLength(1)
    expect(await lastSlot('d1')).toMatchObject({ state: 'unknown', reason: 'unreadable' })
    expect(channels.messages.filter(kept => kept.channel === setter)).toHaveLength(1)
    expect(await store.notices.pending({ userId: setter, guildId: guild, manages: true })).toEqual([])
    expect(on.notes.join()).toContain('unknown')
  })

  it('waits as long as it is told, and no request comes before', async () => {
    for (const id of ['d1', 'd2', 'd3']) await create(id)
    let limited: number | undefined
    channels.outcomeOf = ({ method }) => {
      if (method !== 'POST' || limited !== undefined) return { kind: 'answer' }
      limited = clock.now()
      return { kind: 'limited', ms: 90_000, everywhere: true }
    }
    await runUntil(open(), clock, '2026-11-23T12:00Z')
    for (const id of ['d1', 'd2', 'd3']) expect(inChannel(id)).toHaveLength(1)
    const waited = channels.messages.filter(kept => kept.at >= (limited ?? 0) + 90_000)
    expect(waited.length).toBeGreaterThanOrEqual(1)
  })

  it('that last all the window are said to be so, and the next day goes on', async () => {
    await create('d1')
    channels.outcomeOf = () =>
      clock.now() < Date.parse('2026-11-24T00:00Z')
        ? { kind: 'limited', ms: 60_000, everywhere: false }
        : { kind: 'answer' }
    await runUntil(open(), clock, '2026-11-24T10:00Z')
    expect((await store.slots.history('d1', 5)).map(slot => [slot.date, slot.state, slot.reason])).toEqual([
      ['2026-11-24', 'posted', undefined],
      ['2026-11-23', 'missed', 'late'],
    ])
    const [first, ...more] = await store.slots.recentPicks('d1', 9)
    expect([first !== undefined, more]).toEqual([true, []])
  })
})

describe('what stops a schedule', () => {
  it('a missing permission is told once, others go on, and the day’s pick comes when it is fixed', async () => {
    await create('d1')
    await create('d2')
    let fixed = false
    channels.outcomeOf = ({ channel, method }) =>
      channel === 'channel-d1' && method === 'POST' && !fixed
        ? { kind: 'refused', why: 'permission', missing: ['Send Messages'] }
        : { kind: 'answer' }
    const on = open(seed, () => fixed)
    await runUntil(on, clock, '2026-11-23T10:30Z')
    expect(inChannel('d2')).toHaveLength(1)
    expect((await store.dailies.get(guild, 'd1'))?.problem).toMatchObject({
      kind: 'permission',
      missing: ['Send Messages'],
    })
    expect(channels.messages.filter(kept => kept.channel === setter)).toHaveLength(1)
    const chosen = (await lastSlot('d1'))?.picks
    expect(channels.requests.filter(request => request.channel === 'channel-d1')).toHaveLength(1)
    fixed = true
    await runUntil(on, clock, '2026-11-23T11:00Z')
    await runUntil(on, clock, '2026-11-23T11:05Z')
    expect(inChannel('d1')).toHaveLength(1)
    expect(await lastSlot('d1')).toMatchObject({ state: 'posted', picks: chosen })
    expect((await store.dailies.get(guild, 'd1'))?.problem).toBeUndefined()
    expect(channels.messages.filter(kept => kept.channel === setter)).toHaveLength(1)
  })

  it('that is never fixed settles each day with the reason, and does not knock again', async () => {
    await create('d1')
    channels.outcomeOf = ({ channel }) =>
      channel === setter
        ? { kind: 'refused', why: 'closed' }
        : { kind: 'refused', why: 'permission', missing: ['Embed Links'] }
    await runUntil(
      open(seed, () => false),
      clock,
      '2026-11-26T08:00Z',
    )
    expect((await store.slots.history('d1', 9)).map(slot => [slot.state, slot.reason])).toEqual(
      Array.from({ length: 3 }, () => ['missed', 'permission']),
    )
    expect(channels.requests.filter(request => request.channel === 'channel-d1')).toHaveLength(1)
    // Closed to direct messages: told at the next command.
    expect(await store.notices.pending({ userId: setter, manages: false })).toHaveLength(1)
  })

  it('a deleted channel stops it until another is set', async () => {
    await create('d1')
    channels.outcomeOf = ({ channel }) => ({
      kind: channel === 'channel-d1' ? 'refused' : 'answer',
      why: 'gone',
    })
    let isThere = false
    const on = open(seed, () => isThere)
    await runUntil(on, clock, '2026-11-24T10:00Z')
    expect((await store.dailies.get(guild, 'd1'))?.problem?.kind).toBe('gone')
    isThere = true
    await store.dailies.change(guild, 'd1', { channelId: 'channel-new' })
    await runUntil(on, clock, '2026-11-24T12:00Z')
    expect(inChannel('new').map(kept => kept.nonce)).toEqual(['d1-20261124'])
  })

  it('a channel that was gone is looked for again, and the day’s pick comes when it is back', async () => {
    await create('d1')
    let back = false
    channels.outcomeOf = ({ channel }) =>
      channel === 'channel-d1' && !back ? { kind: 'refused', why: 'gone' } : { kind: 'answer' }
    const on = open(seed, () => back)
    await runUntil(on, clock, '2026-11-23T09:30Z')
    expect((await store.dailies.get(guild, 'd1'))?.problem?.kind).toBe('gone')
    back = true
    await runUntil(on, clock, '2026-11-23T09:55Z')
    expect(inChannel('d1')).toHaveLength(0)
    await runUntil(on, clock, '2026-11-23T10:30Z')
    await runUntil(on, clock, '2026-11-23T10:35Z')
    expect(inChannel('d1').map(kept => kept.nonce)).toEqual(['d1-20261123'])
  })

  it('notices that Discord does not answer hold up nobody’s pick', async () => {
    await create('d1')
    await create('d2', {}, { ...nine, minute: 30 })
    let asked = 0
    channels.outcomeOf = ({ channel }) => {
      if (channel === setter) return { kind: 'silent', done: false, onReceived: () => asked++ }
      return channel === 'channel-d1' ? { kind: 'refused', why: 'gone' } : { kind: 'answer' }
    }
    const on = open()
    const roundAt = async (time: string) => {
      clock.set(Date.parse(`2026-11-23T${time}Z`))
      await on.runner.round()
    }
    await roundAt('09:00')
    await expect.poll(async () => (await store.dailies.get(guild, 'd1'))?.problem?.kind).toBe('gone')
    await roundAt('09:10')
    await expect.poll(() => asked).toBe(1)
    await roundAt('09:30')
    await expect.poll(() => inChannel('d2').length).toBe(1)
    expect(asked).toBe(1)
  })

  it('a message that Discord refuses is settled, and its papers are not tried again', async () => {
    await create('d1')
    channels.outcomeOf = ({ nonce }) =>
      nonce === 'd1-20261123' ? { kind: 'refused', why: 'invalid' } : { kind: 'answer' }
    await runUntil(open(), clock, '2026-11-24T10:00Z')
    const [second, first] = await store.slots.history('d1', 5)
    expect([first?.state, first?.reason, second?.state]).toEqual(['failed', 'invalid', 'posted'])
    expect(second?.picks[0]?.paperId).not.toBe(first?.picks[0]?.paperId)
  })

  it('a person’s pause before the post leaves the day out', async () => {
    await create('d1')
    channels.outcomeOf = ({ method }) =>
      method === 'POST' ? { kind: 'limited', ms: 30 * minute, everywhere: false } : { kind: 'answer' }
    const on = open()
    await runUntil(on, clock, '2026-11-23T09:10Z')
    await store.dailies.pause(guild, 'd1', clock.now())
    channels.outcomeOf = () => ({ kind: 'answer' })
    await runUntil(on, clock, '2026-11-24T12:00Z')
    expect(channels.messages).toEqual([])
    expect((await store.slots.history('d1', 5)).map(slot => [slot.date, slot.reason])).toEqual([
      ['2026-11-23', 'paused'],
    ])
  })

  it('one broken schedule does not hold up the others', async () => {
    await store.dailies.create({ ...dailyAt('bad', nine, clock.now()), timing: { ...nine, days: [] } })
    await create('d1')
    const on = open()
    await runUntil(on, clock, '2026-11-23T12:00Z')
    expect(inChannel('d1')).toHaveLength(1)
    expect((await store.dailies.unreadable(guild)).map(({ id }) => id)).toEqual(['bad'])
  })
})

describe('a stop', () => {
  it('gives back what was not sent, for the next process to post at once', async () => {
    for (let i = 0; i < 4; i++) await create(`d${i}`, { channelId: 'channel-one', topic: undefined })
    clock.set(Date.parse('2026-11-23T09:00Z'))
    const stop = new AbortController()
    channels.outcomeOf = () => {
      stop.abort()
      return { kind: 'answer' }
    }
    const first = open()
    const asleep: Clock = {
      ...clock,
      sleep: (ms, signal) =>
        new Promise(resolve => {
          if (ms <= 0 || signal?.aborted) resolve()
          signal?.addEventListener('abort', () => resolve(), { once: true })
        }),
    }
    await openScheduler({ ...first.delivery, clock: asleep }, { renderNotice: () => ({}) }).run(stop.signal)
    const posted = channels.messages.length
    expect(posted).toBe(1)
    const waiting = await Promise.all([0, 1, 2, 3].map(async i => (await lastSlot(`d${i}`))?.state))
    expect(waiting.filter(state => state === 'posted')).toHaveLength(posted)
    const second = open()
    await second.runner.round()
    await second.runner.idle()
    expect(channels.messages).toHaveLength(4)
  })
})

describe('a stale owner', () => {
  it('that slept through its lease neither posts nor settles', async () => {
    await create('d1')
    const first = open()
    const second = open()
    let asleep = false
    const { poster } = first.delivery
    // The first process falls asleep between its last look at the clock and its send.
    const suspended = {
      ...first.delivery,
      sources: {
        ...first.delivery.sources,
        store: {
          ...store,
          slots: {
            ...store.slots,
            sending: async (...args: Parameters<Store['slots']['sending']>) => {
              const sent = await store.slots.sending(...args)
              asleep = true
              clock.set(clock.now() + 10 * minute)
              await runUntil(second, clock, clock.now() + minute)
              return sent
            },
          },
        },
      },
      poster,
    }
    clock.set(Date.parse('2026-11-23T09:00Z'))
    const runner = openScheduler(suspended, { renderNotice: () => ({}) })
    await runner.round()
    await runner.idle()
    expect(asleep).toBe(true)
    expect(inChannel('d1')).toHaveLength(1)
    expect(channels.requests.filter(request => request.method === 'POST')).toHaveLength(1)
    expect(await lastSlot('d1')).toMatchObject({ state: 'posted', attempts: 2 })
  })
})
