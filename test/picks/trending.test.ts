import { describe, expect, it } from 'vitest'
import { trending } from '../../src/picks/trending.ts'

const day = 86_400_000
const now = 1_000 * day
const activity = (
  paperId: string,
  kind: 'useful' | 'not-for-us' | 'save' | 'share',
  daysAgo: number,
  count = 1,
) => ({ paperId, kind, hour: now - daysAgo * day, count })

describe('trending papers', () => {
  it('are those that most turned to, lately', () => {
    const found = trending(
      [
        activity('a', 'useful', 0.1, 2),
        activity('b', 'share', 0.1),
        activity('b', 'useful', 0.2, 2),
        activity('c', 'share', 6, 2),
      ],
      now,
      7,
    )
    expect(found.map(trend => trend.paperId)).toEqual(['b', 'a', 'c'])
    expect(found[0]).toMatchObject({ useful: 2, shares: 1, notForUs: 0 })
  })

  it('show nothing of what is on private lists, alone or beside what everybody saw', () => {
    const seen = [activity('a', 'useful', 1), activity('b', 'useful', 2)]
    const saved = [activity('b', 'save', 0, 9), activity('c', 'save', 0, 9)]
    expect(trending([...seen, ...saved], now, 7)).toEqual(trending(seen, now, 7))
  })

  it('leave out what is older, and what more people turned away from', () => {
    expect(
      trending(
        [activity('old', 'share', 8), activity('no', 'not-for-us', 1, 2), activity('no', 'useful', 1)],
        now,
        7,
      ),
    ).toEqual([])
  })

  it('count half after a third of the days', () => {
    const [fresh, older] = trending([activity('a', 'useful', 0), activity('b', 'useful', 3)], now, 9)
    expect(older?.score).toBeCloseTo((fresh?.score ?? 0) / 2)
  })

  it('keep a steady order among equals', () => {
    const acts = ['c', 'a', 'b'].map(id => activity(id, 'useful', 1))
    expect(trending(acts, now, 7).map(trend => trend.paperId)).toEqual(['a', 'b', 'c'])
  })
})
