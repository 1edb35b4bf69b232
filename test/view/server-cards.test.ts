import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paperRef } from '../../src/corpus/ids.ts'
import { newId } from '../../src/store/ids.ts'
import { decodeId } from '../../src/view/ids.ts'
import { nextCard, proposalCard, type Queued, queueList, queuePoll } from '../../src/view/queue-card.ts'
import {
  chooseShare,
  type Pending,
  pendingNote,
  pendingShare,
  shareCard,
  threadName,
  tidyNote,
} from '../../src/view/share-card.ts'
import { shareForm } from '../../src/view/share-form.ts'
import { reasons, trendingList } from '../../src/view/trending-list.ts'
import { recounted, voteButtons } from '../../src/view/votes.ts'
import { paper, related, summaryOf } from './arbitrary.ts'
import { expectToFit } from './fits.ts'

const member = '12345678901234567890'
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc.string({ unit: fc.constantFrom(...'*_`@<>|[]#-\\ '), maxLength: 600 }),
)
const pending: fc.Arbitrary<Pending> = fc.record({
  paper,
  channelId: fc.constant(member),
  note: typed.map(tidyNote),
  thread: fc.boolean(),
  seed: fc.constant(member),
})
const count = fc.integer({ min: 0, max: 1_000_000 })
const queued: fc.Arbitrary<Queued[]> = fc
  .array(
    fc.record({
      paper: fc.option(paper, { nil: undefined }),
      note: typed.map(tidyNote),
      votes: count,
      state: fc.constantFrom('proposed' as const, 'picked' as const),
    }),
    { maxLength: 30 },
  )
  .map(list =>
    list.map(({ paper: shown, ...entry }, i) => ({
      paper: shown,
      entry: {
        ...entry,
        paperId: shown === undefined ? `gone-${i}` : `${shown.id}-${i}`,
        proposedBy: member,
        proposedAt: 0,
        changedAt: 0,
      },
    })),
  )

describe('every view of the lab’s life fits Discord for any paper and any words', () => {
  it('shares, and what asks before one', () => {
    fc.assert(
      fc.property(pending, related, fc.array(paper, { maxLength: 30 }), typed, (one, near, others, name) => {
        expectToFit(
          shareCard({
            postId: 'd'.repeat(25),
            paper: one.paper,
            summary: summaryOf(one.paper),
            related: near,
            sharer: name,
            note: one.note,
          }),
        )
        expectToFit(pendingShare(one, 'Really?', 'Share'))
        expectToFit(chooseShare(one, others))
        expect(threadName(one.paper).length).toBeLessThanOrEqual(100)
        expect(threadName(one.paper).trim()).not.toBe('')
        expect(
          shareForm(one.paper, { channelId: member, note: one.note, thread: true }, member).custom_id.length,
        ).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('the queue', () => {
    fc.assert(
      fc.property(
        queued,
        fc.integer({ min: -3, max: 9 }),
        fc.constantFrom('waiting' as const, 'discussed' as const),
        (list, page, section) => {
          for (const detailed of [true, false])
            expectToFit(queueList({ section, queued: list, page, owner: member, detailed }), member)
          if (list.length < 2) return
          const poll = queuePoll(list, 24)
          expect(poll.answers.length).toBeLessThanOrEqual(10)
          expect(new Set(poll.answers).size).toBe(poll.answers.length)
          for (const answer of poll.answers) {
            expect(answer.length).toBeLessThanOrEqual(55)
            expect(answer.trim()).not.toBe('')
          }
        },
      ),
    )
  })

  it('proposals and the next paper', () => {
    fc.assert(
      fc.property(paper, related, typed, typed, count, (one, near, note, name, votes) => {
        const texts = { note: tidyNote(note), mark: newId('q') }
        const card = { paper: one, summary: summaryOf(one), related: near, votes, ...texts }
        expectToFit(proposalCard(card, name, true))
        expectToFit(nextCard(card))
      }),
    )
  })

  it('what trends', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(paper, count, count, count), { maxLength: 30 }), list => {
        const trending = list.map(([one, useful, notForUs, shares]) => ({
          paper: one,
          trend: { paperId: one.id, score: 1, useful, notForUs, shares },
        }))
        expectToFit(trendingList(trending, 90))
      }),
    )
  })
})

describe('the note of a share that waits', () => {
  it('comes back from its message as it was', () => {
    fc.assert(
      fc.property(pending, one => {
        const [embed] = pendingShare(one, 'Really?', 'Share').embeds ?? []
        expect(pendingNote(embed?.description)).toBe(one.note)
      }),
    )
  })
})

describe('votes on a message', () => {
  it('are shown on the buttons of their own paper, and nothing else changes', () => {
    const papers = ['p1', '10.1145/2407085.2407086'].map(id => ({ id }))
    const rows = papers.map(one => ({ type: 1 as const, components: voteButtons('s1', one) }))
    const tallies = new Map([[papers[1]!.id, { useful: 3, notForUs: 0 }]])
    const labels = recounted(rows, tallies).map(row =>
      row.components.map(part => ('label' in part ? part.label : '')),
    )
    expect(labels).toEqual([
      ['Useful', 'Not for us'],
      ['Useful · 3', 'Not for us'],
    ])
    expect(recounted(recounted(rows, tallies), new Map())).toEqual(rows)
  })

  it('carry the post’s id first, and any slot’s mark fits', () => {
    for (const part of voteButtons('d'.repeat(25), { id: 'x'.repeat(400) })) {
      const id = 'custom_id' in part ? decodeId(part.custom_id) : 'older'
      expect(id).toMatchObject({ args: ['d'.repeat(25), paperRef('x'.repeat(400)), expect.any(String)] })
    }
  })
})

describe('the reasons for what trends', () => {
  it.each([
    [{ useful: 3, notForUs: 0, shares: 0 }, '3 useful'],
    [{ useful: 1, notForUs: 1, shares: 1 }, '1 useful, 1 not for us, shared once'],
    [{ useful: 0, notForUs: 0, shares: 2 }, 'shared 2 times'],
  ])('%j', (counts, text) => {
    expect(reasons({ paperId: 'p', score: 1, ...counts })).toBe(text)
  })
})
