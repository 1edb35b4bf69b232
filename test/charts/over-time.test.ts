import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { described, papersOverTime, readingOverTime, weeksShown } from '../../src/charts/over-time.ts'

const now = new Date('2026-11-29T12:00:00Z')
const one = (published: string | undefined, ...categories: string[]) => ({ published, categories })

describe('papers over time', () => {
  it('are counted by year and by their first field', () => {
    const found = papersOverTime(
      [one('2023-05-01', 'cs.CL', 'cs.LG'), one('2025', 'cs.CL'), one('2025-01'), one(undefined, 'cs.LG')],
      now,
    )
    expect(found.periods).toEqual(['2023', '2024', '2025'])
    expect(found.series).toEqual([
      { name: 'cs.CL', counts: [1, 0, 1] },
      { name: 'no field named', counts: [0, 0, 1] },
    ])
    expect(found.subtitle).toBe('4 papers by year, 1 without a date')
    expect(described(found)).toBe(
      'Papers over time: 4 papers by year, 1 without a date. Most in 2025: 2. cs.CL 2, no field named 1.',
    )
  })

  it('are counted by month when all are of few months', () => {
    const found = papersOverTime([one('2026-01-05'), one('2025-12-30')], now)
    expect(found.periods).toEqual(['Dec 2025', 'Jan 2026'])
  })

  it('tell of years that are too long ago, and take none from the future', () => {
    const found = papersOverTime([one('1900'), one('2026-02'), one('2999'), one('0000')], now)
    expect(found.periods).toHaveLength(30)
    expect(found.subtitle).toBe('4 papers by year, 1 before 1997, 2 without a date')
  })

  it('are a picture of nothing when none has a date', () => {
    expect(papersOverTime([one(undefined)], now)).toMatchObject({ periods: [], series: [] })
    expect(papersOverTime([], now).subtitle).toBe('0 papers by year')
    expect(papersOverTime([one('2025'), one('2019')], now, 7_000).subtitle).toBe('2 of 7,000 papers by year')
  })

  it('count each dated paper once, whatever the dates are', () => {
    const date = fc.option(fc.stringMatching(/^\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?$/u), { nil: undefined })
    const paper = fc.record({
      published: date,
      categories: fc.array(fc.constantFrom(...'abcdefgh'), { maxLength: 2 }),
    })
    fc.assert(
      fc.property(fc.array(paper, { maxLength: 60 }), papers => {
        const { series, periods, subtitle } = papersOverTime(papers, now)
        const sum = series.flatMap(({ counts }) => counts).reduce((a, b) => a + b, 0)
        const told = (what: string) => Number(new RegExp(`(\\d+) ${what}`, 'u').exec(subtitle)?.[1] ?? 0)
        expect(sum + told('before') + told('without')).toBe(papers.length)
        expect(periods.length).toBeLessThanOrEqual(30)
        expect(series.length).toBeLessThanOrEqual(7)
      }),
    )
  })

  it('are counted for a hundred thousand', () => {
    const many = Array.from({ length: 150_000 }, (_, i) => one(String(2000 + (i % 20)), 'cs.CL'))
    expect(papersOverTime(many, now).series[0]?.counts).toHaveLength(20)
  })
})

describe('reading over time', () => {
  it('is counted by week, the last one up to now', () => {
    const day = Math.floor(now.getTime() / 86_400_000) * 86_400_000
    const found = readingOverTime(
      [
        { kind: 'share', day, count: 2 },
        { kind: 'vote', day: day - 8 * 86_400_000, count: 1 },
      ],
      now.getTime(),
    )
    expect(found.subtitle).toBe('By week: 2 shares, 0 picks, 1 vote')
    expect(found.series[0]?.counts.at(-1)).toBe(2)
    expect(found.series[2]?.counts.at(-2)).toBe(1)
    expect(found.periods).toHaveLength(weeksShown)
    expect(found.periods.at(-1)).toBe('Nov 29')
  })
})
