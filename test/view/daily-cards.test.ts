import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Daily } from '../../src/schedule/schedule.ts'
import { type DailyView, dailyList, type WhyCard, whyCard } from '../../src/view/daily-card.ts'
import { followList } from '../../src/view/follow-card.ts'
import { type LessOf, lessOfEmbed, lessOfText, takeBackRows } from '../../src/view/less-of.ts'
import { type Origin, originText } from '../../src/view/origin.ts'
import { paperCard } from '../../src/view/paper-card.ts'
import { exhaustedCard, pickCard, unsettledCard } from '../../src/view/pick-card.ts'
import { sourceList } from '../../src/view/source-card.ts'
import { paper, related, summaryOf } from './arbitrary.ts'
import { expectToFit } from './fits.ts'

const slotKey = 'dabcdefghijk-20261123-1'
const words = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength }).map(text => text.toWellFormed()),
    fc.string({ unit: fc.constantFrom(...'*_`@<>|[]#-\\ \n'), maxLength }),
    fc.constantFrom('@everyone', '<@1>', 'x'.repeat(maxLength), '😀'.repeat(maxLength / 2)),
  )
const lessOf: fc.Arbitrary<LessOf> = fc.record({
  dislikes: fc.array(
    fc.record({
      paperId: fc.string({ minLength: 1, maxLength: 300 }),
      title: words(400),
      members: fc.integer({ min: 1, max: 1e6 }),
      mayTakeBack: fc.boolean(),
    }),
    { maxLength: 60 },
  ),
  mutes: fc.array(
    fc.record({
      kind: fc.constantFrom('word' as const, 'author' as const),
      key: words(400),
      said: words(100),
    }),
    { maxLength: 25 },
  ),
  mayUnmute: fc.boolean(),
})
const daily: fc.Arbitrary<Daily> = fc.record({
  kind: fc.constant('daily' as const),
  id: fc.constant('dabcdefghijk'),
  guildId: fc.constant('1'),
  channelId: fc.constant('12345678901234567890'),
  timing: fc.constant({ hour: 23, minute: 59, zone: 'America/Argentina/ComodRivadavia', days: [1, 3, 5, 7] }),
  topic: fc.constant(undefined),
  count: fc.integer({ min: 1, max: 5 }),
  createdAt: fc.constant(1),
  createdBy: fc.constant(undefined),
  pausedAt: fc.constant(undefined),
  problem: fc.option(
    fc.record({
      kind: fc.constant('permission' as const),
      missing: fc.array(words(60), { maxLength: 9 }),
      at: fc.nat(),
    }),
    { nil: undefined },
  ),
  exhaustedAt: fc.constant(undefined),
  source: fc.option(words(200), { nil: undefined }),
  holdMinutes: fc.option(fc.integer({ min: 1, max: 1_439 }), { nil: undefined }),
  thread: fc.constantFrom('thread' as const, 'forum' as const, undefined),
  next: fc.constant({ at: 4e12, offset: 0 }),
})
const view: fc.Arbitrary<DailyView> = fc.record({
  daily,
  topic: words(200),
  last: fc.option(words(300), { nil: undefined }),
  sourceWord: fc.constantFrom('late', 'removed', undefined),
  less: lessOf.map(lessOfText),
})

describe('daily picks fit Discord, whatever is in them', () => {
  it('as the message of a pick or a digest', () => {
    const one = fc
      .tuple(paper, words(400), fc.constantFrom('12345678901234567890', undefined))
      .map(([some, why, ownOf]) => ({ paper: some, summary: summaryOf(some), why, ownOf }))
    const some = fc.uniqueArray(one, { minLength: 1, maxLength: 5, selector: pick => pick.paper.id })
    fc.assert(
      fc.property(some, fc.constantFrom('daily', 'follow', 'preview'), (picks, kind) => {
        const card = pickCard({ headline: '**Picks of the day**', picks, slotKey, kind })
        expectToFit(card)
        for (const row of card.components ?? []) expect(JSON.stringify(row)).toContain(slotKey)
      }),
    )
  })

  it('as a notice that there is none', () => {
    fc.assert(
      fc.property(words(400), text => {
        expectToFit(exhaustedCard(text, slotKey))
        expectToFit(unsettledCard('arxiv cs.CL', text, slotKey))
      }),
    )
  })

  it('as a list, and as the reasons of the last days with what there is to be less of', () => {
    const day = fc.record({
      date: fc.constant('2026-11-23+1'),
      outcome: words(300),
      picks: fc.array(fc.record({ title: words(300), why: words(400) }), { maxLength: 5 }),
    })
    const why: fc.Arbitrary<WhyCard> = fc.record({
      dailyId: fc.constant('dabcdefghijk'),
      topic: words(200),
      days: fc.array(day, { maxLength: 5 }),
      lessOf,
      headline: fc.constant('Taken back.'),
    })
    fc.assert(
      fc.property(why, fc.array(view, { maxLength: 25 }), (card, views) => {
        expectToFit(whyCard(card))
        expectToFit(dailyList(views, [{ id: 'd1', channelId: '1' }], 'Done.'))
      }),
    )
  })
})

describe('what there is to be less of fits Discord', () => {
  it('beside what a member follows, with a menu for all that can be taken back', () => {
    fc.assert(
      fc.property(lessOf, less => {
        expectToFit(followList([], 'Muted.', [], less))
        const embed = lessOfEmbed(less)
        expect(embed === undefined).toBe(less.dislikes.length + less.mutes.length === 0)
        for (const row of takeBackRows('follow', [], less)) expect(JSON.stringify(row)).toContain('"value"')
      }),
    )
  })
})

describe('where a paper comes from', () => {
  const sources = fc.array(words(200), { maxLength: 8 })
  const origin: fc.Arbitrary<Origin> = fc.record({
    shared: fc.option(fc.record({ sources, isShipped: fc.boolean() }), { nil: undefined }),
    own: fc.option(fc.record({ sources }), { nil: undefined }),
  })
  it('fits its card, whatever the sources are called', () => {
    fc.assert(
      fc.property(paper, related, origin, (some, near, from) => {
        const card = { paper: some, summary: summaryOf(some), related: near, owner: '1' }
        expectToFit(paperCard({ ...card, origin: originText(from), note: '-# Only in your own list.' }))
      }),
    )
  })
})

describe('a list that has no room for all', () => {
  const timing = { hour: 9, minute: 0, zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] }

  it('says of how many daily picks it does not tell', () => {
    const one = fc.sample(daily, 1)[0]!
    const last = `2026-11-29: posted ${'a paper on the glymphatic system '.repeat(4)}`
    const views = Array.from({ length: 25 }, (_, i) => ({
      daily: { ...one, timing, source: 'arxiv cs.CL', holdMinutes: 90 },
      topic: `topic ${i}`,
      last,
      sourceWord: 'fresh',
    }))
    const text = dailyList(views, []).embeds?.[0]?.description ?? ''
    const told = text.match(/topic \d+/gu)?.length ?? 0
    expect(told).toBeLessThan(25)
    expect(text.split('\n').at(-1)).toBe(`… and ${25 - told} more`)
  })

  it('says so of sources, and of those that are everybody’s tells what may be told in public', () => {
    const state = { word: 'fresh' as const, reason: `read ${'as it should be '.repeat(12)}`.trim() }
    const source = { state, isPaused: false, readAt: 1, nextAt: 2 }
    const own = Array.from({ length: 25 }, (_, i) => ({ ...source, name: `rss ${i}`, isShared: false }))
    const text = sourceList(own).embeds?.[0]?.description ?? ''
    const told = text.match(/rss \d+/gu)?.length ?? 0
    expect(told).toBeLessThan(25)
    expect(text.split('\n').at(-1)).toBe(`… and ${25 - told} more`)
    const shared = { ...source, name: 'rss https://feeds.example.org/lab?key=s3cret', isShared: true }
    const said = sourceList([shared]).embeds?.[0]?.description
    expect(said).toContain('**rss feeds.example.org** · **fresh**')
    expect(said).not.toContain('s3cret')
  })
})
