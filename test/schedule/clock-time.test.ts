import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockTime } from '../../src/schedule/clock-time.ts'

const said = (text: string) => {
  const time = clockTime(text)
  return time && `${time.hour}:${String(time.minute).padStart(2, '0')}`
}

describe('a time of day', () => {
  it.each([
    ['9', '9:00'],
    ['at 9', '9:00'],
    ['At 9:15', '9:15'],
    ['@ 9', '9:00'],
    ['um 18 Uhr', '18:00'],
    ['18 Uhr', '18:00'],
    ['18Uhr', '18:00'],
    ['18 Uhr 30', '18:30'],
    ['18:30 Uhr', '18:30'],
    ['7.45 Uhr', '7:45'],
    ['à 9h30', '9:30'],
    ['09:30h', '9:30'],
    ['09:30 h', '9:30'],
    ['21h', '21:00'],
    ['0930', '9:30'],
    ['0930h', '9:30'],
    ['1800 hours', '18:00'],
    ['1800 hrs', '18:00'],
    ['9:30:00', '9:30'],
    ["9 o'clock", '9:00'],
    ['9 o’clock', '9:00'],
    ['9 oclock pm', '21:00'],
    ['at 5 pm', '17:00'],
    ['5 p.m.', '17:00'],
    ['9:30PM', '21:30'],
    ['0930 am', '9:30'],
    ['9 in the morning', '9:00'],
    ['half past 9', '9:30'],
    ['half past nine', undefined],
    ['quarter to 10 pm', '21:45'],
    ['quarter past noon', '12:15'],
    ['10 to midnight', '23:50'],
    ['10 past 9', '9:10'],
    ['noon', '12:00'],
    ['at noon', '12:00'],
    ['12 noon', '12:00'],
    ['Midday', '12:00'],
    ['midnight', '0:00'],
    ['Mitternacht', '0:00'],
    ['12 am', '0:00'],
    ['12 pm', '12:00'],
    ['９：３０', '9:30'],
    // What may mean several times, or none.
    ['24:00', undefined],
    ['25:00', undefined],
    ['8:5', undefined],
    ['930', undefined],
    ['9:60', undefined],
    ['13 pm', undefined],
    ['0 am', undefined],
    ['halb zehn', undefined],
    ['half past', undefined],
    ['half to 9', undefined],
    ['half past 9:30', undefined],
    ['teatime', undefined],
    ['at', undefined],
    ['', undefined],
    ['9 or 10', undefined],
    ['9-10', undefined],
    ['9 tomorrow', undefined],
    ['-9', undefined],
  ])('%j is %s', (text, right) => {
    expect(said(text)).toBe(right)
  })

  it('is what was written, in whatever way', () => {
    const time = fc.record({ hour: fc.nat(23), minute: fc.nat(59) })
    fc.assert(
      fc.property(time, fc.constantFrom('', 'at ', 'um '), ({ hour, minute }, before) => {
        const two = (part: number) => String(part).padStart(2, '0')
        const half = `${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)} ${hour < 12 ? 'am' : 'p.m.'}`
        const ways = [
          `${two(hour)}:${two(minute)}`,
          `${two(hour)}${two(minute)}`,
          `${hour}.${two(minute)} Uhr`,
          half,
        ]
        for (const way of ways) expect(clockTime(before + way), way).toEqual({ hour, minute })
      }),
    )
  })

  it('is a time of the day or none, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const time = clockTime(text)
        if (time === undefined) return
        expect(time.hour * 60 + time.minute).toBeLessThan(24 * 60)
      }),
    )
  })
})
