import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arxivCalendar, dailyPapersCalendar, lastExpected, nextExpected } from '../../src/sources/calendar.ts'
import { holidayOn } from '../../src/sources/holidays.ts'
import type { Batch } from '../../src/sources/port.ts'
import { type SourceHealth, stateOf } from '../../src/sources/word.ts'

const at = (time: string) => Date.parse(time)

describe('the calendar of a source', () => {
  it.each([
    // 20:00 in New York is 01:00 UTC in winter and 00:00 in summer.
    ['2026-11-17T00:59:00Z', '2026-11-16', '2026-11-17'],
    ['2026-11-17T01:00:00Z', '2026-11-17', '2026-11-18'],
    ['2026-07-15T00:00:00Z', '2026-07-15', '2026-07-16'],
    ['2026-11-21T12:00:00Z', '2026-11-20', '2026-11-23'],
    ['2026-11-23T00:59:00Z', '2026-11-20', '2026-11-23'],
    // Thanksgiving and the day after.
    ['2026-11-27T12:00:00Z', '2026-11-25', '2026-11-30'],
    // The clocks go back on 1 November, and forward on 14 March.
    ['2026-11-02T00:30:00Z', '2026-10-30', '2026-11-02'],
    ['2027-03-15T00:00:00Z', '2027-03-15', '2027-03-16'],
  ])('at %s arXiv last announced %s, and next %s', (time, last, next) => {
    expect(lastExpected(arxivCalendar, at(time)).day).toBe(last)
    expect(nextExpected(arxivCalendar, at(time)).day).toBe(next)
  })

  it('knows holidays that move, and those that fall on a weekend', () => {
    const some = [
      '2026-01-01',
      '2026-05-25',
      '2026-07-03',
      '2026-09-07',
      '2026-11-26',
      '2026-12-25',
      '2027-12-24',
    ]
    for (const date of some) expect(holidayOn(date), date).toBe(true)
    for (const date of ['2026-11-17', '2026-07-06', '2026-05-18']) expect(holidayOn(date), date).toBe(false)
  })

  it('always has a last day before now and a next one after it, next to each other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') }),
        fc.constantFrom(arxivCalendar, dailyPapersCalendar),
        (now, calendar) => {
          const last = lastExpected(calendar, now)
          const next = nextExpected(calendar, now)
          expect(last.due).toBeLessThanOrEqual(now)
          expect(next.due).toBeGreaterThan(now)
          expect(last.day < next.day).toBe(true)
          expect(nextExpected(calendar, last.due)).toEqual(next)
          expect(next.due - last.due).toBeLessThanOrEqual(6 * 86_400_000)
        },
      ),
    )
  })
})

const batch = (day: string, more: Partial<Batch> = {}): Batch => ({
  part: 'cs.CL',
  day,
  announced: 5,
  taken: 5,
  ...more,
})
const health = (more: Partial<SourceHealth> = {}): SourceHealth => ({
  batches: [],
  readAt: 1,
  failure: undefined,
  ...more,
})

describe('the word for a source', () => {
  it.each([
    ['fresh', '2026-11-17T02:00:00Z', '2026-11-17'],
    ['fresh', '2026-11-18T00:59:00Z', '2026-11-17'],
    ['waiting', '2026-11-18T01:00:00Z', '2026-11-17'],
    ['waiting', '2026-11-18T08:59:00Z', '2026-11-17'],
    ['late', '2026-11-18T09:00:00Z', '2026-11-17'],
    ['late', '2026-11-19T08:59:00Z', '2026-11-17'],
    ['stalled', '2026-11-19T09:00:00Z', '2026-11-17'],
    ['fresh', '2026-11-20T12:00:00Z', '2026-11-20'],
    ['quiet', '2026-11-21T01:00:00Z', '2026-11-20'],
    ['quiet', '2026-11-23T00:59:00Z', '2026-11-20'],
    ['waiting', '2026-11-23T01:00:00Z', '2026-11-20'],
    // Friday's batch is missing all weekend: two days are missing only on Monday.
    ['late', '2026-11-22T12:00:00Z', '2026-11-19'],
    ['stalled', '2026-11-23T09:00:00Z', '2026-11-19'],
    // Announced sooner than expected.
    ['fresh', '2026-11-17T00:00:00Z', '2026-11-17'],
  ])('is %s at %s when it shows %s', (word, time, day) => {
    expect(stateOf(health({ batches: [batch(day)] }), arxivCalendar, at(time)).word).toBe(word)
  })

  it('is told by the worst of its parts, and by counts that are not reached', () => {
    const now = at('2026-11-18T02:00:00Z')
    const batches = [batch('2026-11-18'), batch('2026-11-17', { part: 'cs.IR' })]
    expect(stateOf(health({ batches }), arxivCalendar, now)).toEqual({
      word: 'waiting',
      reason: 'cs.IR: Wednesday 18 November has not come out; it still shows Tuesday 17 November',
    })
    const short = health({ batches: [batch('2026-11-18', { announced: 60, taken: 57 })] })
    expect(stateOf(short, arxivCalendar, now)).toEqual({
      word: 'waiting',
      reason: 'cs.CL: 57 of 60 papers of Wednesday 18 November are here',
    })
    expect(stateOf(short, arxivCalendar, now + 12 * 3_600_000).word).toBe('late')
  })

  it('is failing at once for what does not pass by itself, and after some tries for what may', () => {
    const now = at('2026-11-17T02:00:00Z')
    const failing = (kind: 'refused' | 'unreadable' | 'unreachable', count: number) =>
      stateOf(
        health({ batches: [batch('2026-11-17')], failure: { kind, reason: 'no', count, since: 1 } }),
        arxivCalendar,
        now,
      ).word
    expect(failing('refused', 1)).toBe('failing')
    expect(failing('unreadable', 1)).toBe('failing')
    expect([1, 2, 3].map(count => failing('unreachable', count))).toEqual(['fresh', 'fresh', 'failing'])
  })

  it('never says that all is well while a due day, or a part of one, is missing', () => {
    const day = fc
      .integer({ min: 0, max: 60 })
      .map(days => Temporal.PlainDate.from('2026-10-01').add({ days }).toString())
    const some = fc.array(
      fc.record({
        part: fc.constantFrom('cs.CL', 'cs.IR'),
        day,
        announced: fc.integer({ min: 0, max: 9 }),
        taken: fc.integer({ min: 0, max: 9 }),
      }),
      { minLength: 1, maxLength: 3 },
    )
    const times = fc.integer({ min: at('2026-10-01T00:00:00Z'), max: at('2026-12-15T00:00:00Z') })
    fc.assert(
      fc.property(some, times, (batches, now) => {
        const { word, reason } = stateOf(health({ batches }), arxivCalendar, now)
        const { day: due } = lastExpected(arxivCalendar, now)
        const whole = batches.every(one => one.day >= due && one.taken >= one.announced)
        expect(word === 'fresh' || word === 'quiet').toBe(whole)
        expect(reason.length).toBeGreaterThan(5)
      }),
    )
  })
})
