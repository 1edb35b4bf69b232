import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openRateLimiter } from '../../src/delivery/rate-limiter.ts'

describe('the pace', () => {
  it('keeps the limit of all and of each place, whatever comes when', () => {
    const sends = fc.array(
      fc.record({
        place: fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 60 })),
        pause: fc.integer({ min: 0, max: 80 }),
      }),
      {
        maxLength: 150,
      },
    )
    fc.assert(
      fc.property(sends, list => {
        const limiter = openRateLimiter({ perSecond: 40, channelGap: 1_100 })
        let now = 5_000
        const times = list.map(({ place, pause }) => {
          now += pause
          const at = limiter.reserve(String(place), now)
          expect(at).toBeGreaterThanOrEqual(now)
          return { place, at }
        })
        const all = times.map(({ at }) => at).sort((a, b) => a - b)
        for (const [i, at] of all.entries())
          expect((all[i + 40] ?? Infinity) - at).toBeGreaterThanOrEqual(999)
        for (let place = 0; place <= 60; place++) {
          const here = times.filter(send => send.place === place).map(({ at }) => at)
          for (const [i, at] of here.entries())
            if (i > 0) expect(at - (here[i - 1] ?? 0)).toBeGreaterThanOrEqual(1_099)
        }
      }),
    )
  })

  it('comes evenly, and a busy place does not hold up the others', () => {
    const limiter = openRateLimiter({ perSecond: 40, channelGap: 1_100 })
    const busy = Array.from({ length: 5 }, () => limiter.reserve('busy', 0))
    expect(busy).toEqual([0, 1_100, 2_200, 3_300, 4_400])
    expect(Array.from({ length: 4 }, (_, i) => limiter.reserve(`p${i}`, 0))).toEqual([25, 50, 75, 100])
  })

  it('is shared by processes, which together keep the limit of one', () => {
    const limiters = Array.from({ length: 3 }, () => openRateLimiter({ perSecond: 30, channelGap: 0 }))
    for (const limiter of limiters) limiter.share(3)
    const sends = limiters.flatMap((limiter, i) =>
      Array.from({ length: 40 }, (_, j) => limiter.reserve(`${i} ${j}`, 0)),
    )
    for (let second = 0; second < 4; second++)
      expect(sends.filter(at => at >= second * 1_000 && at < second * 1_000 + 1_000)).toHaveLength(30)
  })

  it('forgets what a clock reserved that ran a year ahead', () => {
    const pace = openRateLimiter({ perSecond: 40, channelGap: 1_100 })
    const year = 365 * 86_400_000
    pace.hold(year + 10_000)
    pace.reserve('place', year + 5_000)
    expect(pace.reserve('place', 5_000)).toBeLessThan(5_100)
  })

  it('holds everything back when the bot is told to wait', () => {
    const limiter = openRateLimiter({ perSecond: 40, channelGap: 1_100 })
    limiter.hold(9_000)
    expect([limiter.reserve('a', 100), limiter.reserve('b', 100)]).toEqual([9_000, 9_025])
  })
})
