import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catchUpWindow, nextSlot, planOf, type Rule, zoneIsKnown } from '../../src/schedule/due-slots.ts'

const every = [1, 2, 3, 4, 5, 6, 7]
const rule = (zone: string, hour: number, minute = 0, days = every): Rule => ({ zone, hour, minute, days })
const at = (text: string) => Date.parse(text)
const slots = (of: Rule, after: string, count: number) => {
  const found: [string, string][] = []
  let time = at(after)
  for (let i = 0; i < count; i++) {
    const slot = nextSlot(of, time)
    found.push([slot.date, new Date(slot.at).toISOString().slice(0, 16)])
    time = slot.at
  }
  return found
}

const day = 86_400_000
const clocks = new Map<string, Intl.DateTimeFormat>()
/** What the clocks there read, by another engine than the one that is tested: 2026-03-29 03:00:00. */
function wall(timeZone: string, time: number): string {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  clocks.set(timeZone, clock)
  return clock.format(time)
}
/** Whether the clocks have read that time already, perhaps before they were set back. */
const hasRead = (zone: string, now: number, wanted: string): boolean =>
  Array.from({ length: 241 }, (_, minutes) => minutes).some(ago => wall(zone, now - ago * 60_000) >= wanted)
const happens = (zone: string, until: number, date: string): boolean =>
  Array.from({ length: 49 }, (_, hours) => hours).some(ago =>
    wall(zone, until - ago * 3_600_000).startsWith(date),
  )

describe('the next slot', () => {
  it('keeps the local time over both clock changes', () => {
    expect(slots(rule('Europe/Berlin', 9), '2026-03-28T00:00Z', 3)).toEqual([
      ['2026-03-28', '2026-03-28T08:00'],
      ['2026-03-29', '2026-03-29T07:00'],
      ['2026-03-30', '2026-03-30T07:00'],
    ])
    expect(slots(rule('America/New_York', 9), '2026-10-31T00:00Z', 3)).toEqual([
      ['2026-10-31', '2026-10-31T13:00'],
      ['2026-11-01', '2026-11-01T14:00'],
      ['2026-11-02', '2026-11-02T14:00'],
    ])
  })

  it('that the clocks skip comes when they jump', () => {
    expect(slots(rule('Europe/Berlin', 2, 30), '2026-03-28T12:00Z', 2)).toEqual([
      ['2026-03-29', '2026-03-29T01:00'],
      ['2026-03-30', '2026-03-30T00:30'],
    ])
    // From the first minute of the gap to the first behind it.
    for (const [hour, minute] of [
      [2, 0],
      [2, 59],
      [3, 0],
    ] as const)
      expect(slots(rule('Europe/Berlin', hour, minute), '2026-03-28T12:00Z', 1)).toEqual([
        ['2026-03-29', '2026-03-29T01:00'],
      ])
    // Lord Howe's clocks jump by half an hour.
    expect(slots(rule('Australia/Lord_Howe', 2, 15), '2026-10-03T00:00Z', 2)).toEqual([
      ['2026-10-04', '2026-10-03T15:30'],
      ['2026-10-05', '2026-10-04T15:15'],
    ])
    // Midnight itself is skipped.
    expect(slots(rule('Africa/Cairo', 0, 0), '2026-04-23T12:00Z', 1)).toEqual([
      ['2026-04-24', '2026-04-23T22:00'],
    ])
  })

  it('that the clocks repeat comes once, the first time', () => {
    expect(slots(rule('Europe/Berlin', 2, 30), '2026-10-24T12:00Z', 2)).toEqual([
      ['2026-10-25', '2026-10-25T00:30'],
      ['2026-10-26', '2026-10-26T01:30'],
    ])
  })

  it('belongs to its own date even where the clocks jump from one date into the next', () => {
    // Toronto's clocks went from 23:30 to 00:30.
    expect(slots(rule('America/Toronto', 23, 45), '1919-03-30T12:00Z', 2)).toEqual([
      ['1919-03-30', '1919-03-31T04:30'],
      ['1919-03-31', '1919-04-01T03:45'],
    ])
  })

  it('knows no date that a place skips', () => {
    expect(slots(rule('Pacific/Apia', 9), '2011-12-29T12:00Z', 2)).toEqual([
      ['2011-12-29', '2011-12-29T19:00'],
      ['2011-12-31', '2011-12-30T19:00'],
    ])
  })

  it('works in zones off by half and quarter hours', () => {
    expect(slots(rule('Asia/Kolkata', 9), '2026-01-01T00:00Z', 1)).toEqual([
      ['2026-01-01', '2026-01-01T03:30'],
    ])
    expect(slots(rule('Asia/Kathmandu', 0, 5), '2026-01-01T00:00Z', 1)).toEqual([
      ['2026-01-02', '2026-01-01T18:20'],
    ])
    expect(slots(rule('Pacific/Chatham', 12, 45), '2026-01-01T00:00Z', 1)).toEqual([
      ['2026-01-02', '2026-01-01T23:00'],
    ])
  })

  it('comes on its weekdays alone', () => {
    expect(slots(rule('Asia/Tokyo', 8, 0, [1, 5]), '2026-11-23T00:00Z', 3).map(([date]) => date)).toEqual([
      '2026-11-27',
      '2026-11-30',
      '2026-12-04',
    ])
  })

  it('keeps the last offset where the zone’s name has vanished', () => {
    expect(zoneIsKnown('Atlantis/Poseidonis')).toBe(false)
    expect(zoneIsKnown('Europe/Berlin')).toBe(true)
    const slot = nextSlot(rule('Atlantis/Poseidonis', 9), at('2026-11-23T00:00Z'), { lastOffset: 330 })
    expect(new Date(slot.at).toISOString()).toBe('2026-11-23T03:30:00.000Z')
    expect(slot.offset).toBe(330)
  })

  it('knows no zone by what Temporal reads besides names', () => {
    for (const name of ['', 'Z', '2020-01-01T00:00Z', '2020-01-01T00:00[Europe/Berlin]', '20:00'])
      expect(zoneIsKnown(name)).toBe(false)
    for (const name of ['europe/berlin', 'Asia/Calcutta', 'US/Pacific', 'Etc/GMT+5'])
      expect(zoneIsKnown(name)).toBe(true)
  })

  it('comes whatever the offset that was kept', () => {
    for (const lastOffset of [-1e9, -1440, -90, -0.4, 1439, 1e9])
      expect(
        nextSlot(rule('Atlantis/Poseidonis', 9), at('2026-11-23T00:00Z'), { lastOffset }).at,
      ).toBeGreaterThan(at('2026-11-23T00:00Z'))
  })

  it('is when Intl’s clocks there first read the time or jump over it, and none is left out', () => {
    const zones = Intl.supportedValuesOf('timeZone')
    const any = fc.record({
      zone: fc.constantFrom(...zones),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
      after: fc.integer({ min: at('1975-01-01'), max: at('2037-12-31') }),
    })
    fc.assert(
      fc.property(any, ({ zone, hour, minute, after }) => {
        const found = nextSlot(rule(zone, hour, minute), after)
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`
        const wanted = `${found.date} ${time}`
        expect(found.at).toBeGreaterThan(after)
        expect(wall(zone, found.at) >= wanted).toBe(true)
        expect(wall(zone, found.at - 1_000) < wanted).toBe(true)
        const before = new Date(at(found.date) - day).toISOString().slice(0, 10)
        expect(hasRead(zone, after, `${before} ${time}`) || !happens(zone, found.at, before)).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })

  it('never comes twice for a date, and never goes back', () => {
    const zones = [
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Pacific/Apia',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: at('2008-01-01'), max: at('2030-01-01') }),
        (zone, hour, minute, start) => {
          const dates: string[] = []
          let time = start
          for (let i = 0; i < 20; i++) {
            const slot = nextSlot(rule(zone, hour, minute), time)
            expect(slot.at).toBeGreaterThan(time)
            dates.push(slot.date)
            time = slot.at
          }
          expect(new Set(dates).size).toBe(20)
          expect(dates.toSorted()).toEqual(dates)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a plan', () => {
  const nine = rule('UTC', 9)
  const next = { at: at('2026-11-20T09:00Z'), offset: 0 }

  it('holds nothing before the slot and the slot from then on', () => {
    expect(planOf(nine, next, next.at - 1)).toEqual({ slots: [], next: nextSlot(nine, next.at - 1) })
    expect(planOf(nine, next, next.at).slots).toMatchObject([
      { date: '2026-11-20', at: next.at, expiresAt: next.at + catchUpWindow },
    ])
    expect(planOf(nine, next, next.at).next.date).toBe('2026-11-21')
  })

  it('catches up within the window and notes what is too late', () => {
    const late = planOf(nine, next, at('2026-11-23T14:59Z'))
    expect(late.slots.map(slot => [slot.date, slot.reason])).toEqual([
      ['2026-11-20', 'late'],
      ['2026-11-21', 'late'],
      ['2026-11-22', 'late'],
      ['2026-11-23', undefined],
    ])
    expect(planOf(nine, next, at('2026-11-23T15:00Z')).slots.at(-1)?.reason).toBe('late')
  })

  it('does not make up for what may have been posted before a backup was restored', () => {
    const restored = planOf(nine, next, at('2026-11-22T09:30Z'), { restoredAt: at('2026-11-22T09:20Z') })
    expect(restored.slots.map(slot => slot.reason)).toEqual(['restored', 'restored', 'restored'])
    expect(
      planOf(nine, next, at('2026-11-20T09:30Z'), { restoredAt: at('2026-11-20T08:59Z') }).slots[0]?.reason,
    ).toBeUndefined()
  })

  it('is bounded after years of sleep', () => {
    const { slots: found, next: after } = planOf(nine, next, at('2036-11-20T10:00Z'))
    expect(found.length).toBeLessThan(70)
    expect(found.at(-1)).toMatchObject({ date: '2036-11-20' })
    expect(after.date).toBe('2036-11-21')
  })
})
