import { validateModal } from 'discord-sandbox'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Follow } from '../../src/schedule/schedule.ts'
import type { Save } from '../../src/store/ports.ts'
import type { Notice } from '../../src/store/schedule-ports.ts'
import type { Entry } from '../../src/view/entry.ts'
import { entryCard, entryForm, removalQuestion, removedCard } from '../../src/view/entry-card.ts'
import { type FollowView, followCard, followList } from '../../src/view/follow-card.ts'
import { libraryPage, pageSize } from '../../src/view/library-page.ts'
import { stateArgs, stateIn, stateOf, tagRef } from '../../src/view/list-state.ts'
import { scheduleNotices } from '../../src/view/notices.ts'
import { deletionDone, deletionQuestion } from '../../src/view/privacy-card.ts'
import { dayChoices, daysFrom, digitsOf } from '../../src/view/timing.ts'
import { whenForm } from '../../src/view/when-form.ts'
import { zoneNames } from '../../src/view/zone-names.ts'
import { paper } from './arbitrary.ts'
import { expectToFit } from './fits.ts'

const mean = fc.constantFrom(
  '*',
  '_',
  '#',
  '`',
  '@everyone',
  '<@1>',
  '\n',
  'x',
  ' ',
  '1.',
  '- ',
  '😀',
  '||',
  ']',
)
const written = (max: number) =>
  fc.array(mean, { maxLength: max }).map(parts => [...parts.join('')].slice(0, max).join('').trim())
const note = fc.oneof(
  written(1000),
  fc.constantFrom('*'.repeat(1000), '😀'.repeat(1000), '#\n'.repeat(500).trim()),
)
const tag = written(40).map(text => text.replaceAll(/[\n,;]/gu, '').toLowerCase() || 'x')
const save: fc.Arbitrary<Save> = fc.record({
  paperId: fc.string({ minLength: 1, maxLength: 300 }),
  status: fc.constantFrom('to-read', 'reading', 'read'),
  note,
  tags: fc.uniqueArray(tag, { maxLength: 10 }),
  savedAt: fc.nat(4e12),
  changedAt: fc.nat(4e12),
})
const entry: fc.Arbitrary<Entry> = fc
  .record({ save, paper: fc.option(paper, { nil: undefined }) })
  .map(one => (one.paper === undefined ? one : { ...one, save: { ...one.save, paperId: one.paper.id } }))
const state = fc.record({
  page: fc.nat(1250),
  status: fc.constantFrom('to-read', 'reading', 'read', undefined),
  tag: fc.option(tag.map(tagRef), { nil: undefined }),
} as const)

describe('a member’s list fits Discord', () => {
  it('as an entry, a form and a removal', () => {
    fc.assert(
      fc.property(entry, fc.option(state, { nil: undefined }), (one, back) => {
        const card = entryCard(one, 'Saved.', back)
        expectToFit(card)
        if (back !== undefined) expect(stateIn(card.components)).toEqual(back)
        expectToFit(removalQuestion(one, back))
        expectToFit(removedCard(one, back))
        validateModal(JSON.parse(JSON.stringify(entryForm(one).modal)))
      }),
    )
  })

  it('as a page that shows every entry it holds', () => {
    const distinct = fc.uniqueArray(entry, {
      minLength: 1,
      maxLength: pageSize,
      selector: one => one.save.paperId,
    })
    const tags = fc.array(fc.record({ tag, count: fc.nat(10_000) }), { maxLength: 60 })
    fc.assert(
      fc.property(distinct, tags, state, fc.nat(10_000), (entries, all, at, extra) => {
        const known = [...new Map(all.map(one => [tagRef(one.tag), one])).values()]
        const page = libraryPage({ state: at, entries, total: entries.length + extra, tags: known })
        expectToFit(page)
        const last = at.page * pageSize + entries.length
        expect(page.embeds?.[0]?.description).toContain(`**${last}.** `)
      }),
    )
  })

  it('and its state survives a custom id', () => {
    fc.assert(
      fc.property(state, one => {
        expect(stateOf(stateArgs(one))).toEqual(one)
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 5 }), args => {
        const found = stateOf(args)
        expect(Number.isSafeInteger(found.page) && found.page >= 0).toBe(true)
      }),
    )
  })
})

const zone = fc.constantFrom(...zoneNames())
const days = fc
  .uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 })
  .map(list => list.sort())
const follow: fc.Arbitrary<Follow> = fc.record({
  kind: fc.constant('follow'),
  id: fc.stringMatching(/^f[a-z2-7]{11}$/u),
  userId: fc.constant('123456789012345678'),
  timing: fc.record({ hour: fc.nat(23), minute: fc.nat(59), zone, days }),
  topic: fc.oneof(
    fc.record({ query: written(200) }),
    fc.record({ paperId: fc.string({ minLength: 1, maxLength: 300 }) }),
    fc.constant(undefined),
  ),
  createdAt: fc.nat(4e12),
  pausedAt: fc.option(fc.nat(), { nil: undefined }),
  problem: fc.option(
    fc.record({ kind: fc.constantFrom('closed', 'gone'), missing: fc.constant([]), at: fc.nat() }),
    {
      nil: undefined,
    },
  ),
  next: fc.record({ at: fc.nat(4e12), offset: fc.integer({ min: -840, max: 840 }) }),
  lastDigestAt: fc.constant(undefined),
} as const)
const view: fc.Arbitrary<FollowView> = fc.record({ follow, paper: fc.option(paper, { nil: undefined }) })

describe('follows fit Discord', () => {
  it('as a card and as a list that shows all of them', () => {
    fc.assert(
      fc.property(view, fc.array(paper, { maxLength: 5 }), (one, examples) => {
        expectToFit(followCard({ ...one, headline: 'Done.', examples }))
      }),
    )
    const full = fc.uniqueArray(view, { minLength: 25, maxLength: 25, selector: one => one.follow.id })
    fc.assert(
      fc.property(full, views => {
        const list = followList(views, 'Changed.')
        expectToFit(list)
        expect(list.embeds?.[0]?.description).toContain('**25.** ')
      }),
    )
  })

  it('as a form', () => {
    fc.assert(
      fc.property(follow, fc.option(written(200), { nil: undefined }), ({ timing, id }, topic) => {
        const form = whenForm({
          id: { command: 'follow', action: 'timed', args: [id] },
          timing,
          asked: topic === undefined ? undefined : { field: 'author', text: topic },
        })
        validateModal(JSON.parse(JSON.stringify(form.modal)))
      }),
    )
  })

  it('and their days survive being written as digits', () => {
    fc.assert(
      fc.property(days, list => {
        expect(daysFrom(digitsOf(list))).toEqual(list)
      }),
    )
    for (const { value } of dayChoices) expect(digitsOf(daysFrom(value) ?? [])).toBe(value)
    for (const none of ['', '0', '89', 'abc']) expect(daysFrom(none)).toBeUndefined()
  })
})

const notice: fc.Arbitrary<Notice> = fc.record({
  id: fc.constant('n'),
  kind: fc.constantFrom('stopped', 'unknown'),
  schedule: fc.record({ id: fc.constant('x'), kind: fc.constantFrom('daily', 'follow') }),
  userId: fc.constant(undefined),
  guildId: fc.constant(undefined),
  channelId: fc.option(fc.constant('123456789012345678'), { nil: undefined }),
  problem: fc.option(
    fc.record({
      kind: fc.constantFrom('permission', 'gone', 'removed', 'closed'),
      missing: fc.array(fc.constantFrom('Send Messages', '@everyone'), { maxLength: 8 }),
      at: fc.nat(),
    }),
    { nil: undefined },
  ),
  date: fc.option(fc.constant('2026-11-23+1'), { nil: undefined }),
  at: fc.nat(),
} as const)

describe('notices and what is stored fit Discord', () => {
  it('however many there are', () => {
    fc.assert(
      fc.property(fc.array(notice, { minLength: 1, maxLength: 100 }), list =>
        expectToFit(scheduleNotices(list).message),
      ),
    )
    const kinds = fc.constantFrom('saves', 'tags', 'shares', 'follows', 'a kind of tomorrow')
    fc.assert(
      fc.property(fc.dictionary(kinds, fc.nat(10_000)), holdings => {
        expectToFit(deletionQuestion(holdings))
        expectToFit(deletionDone(holdings))
      }),
    )
  })
})
