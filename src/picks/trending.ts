import type { Activity } from '../store/ports.ts'

export interface Trend {
  readonly paperId: string
  readonly score: number
  readonly useful: number
  readonly notForUs: number
  readonly shares: number
}

const day = 86_400_000
const activityWeights = { useful: 1, 'not-for-us': -1, share: 2 } as const
const field = { useful: 'useful', 'not-for-us': 'notForUs', share: 'shares' } as const

/**
 * What a server's members turned to in the last `days` where everybody could see it, most first: what somebody put on a
 * private list is nobody else's to see. An activity counts half after a third of the days. Papers that more people turned
 * away from than to are not among them.
 */
export function trending(activities: readonly Activity[], now: number, days: number): Trend[] {
  const halfLife = (Math.max(1, days) * day) / 3
  const trends = new Map<string, { -readonly [Key in keyof Trend]: Trend[Key] }>()
  for (const { paperId, kind, hour, count } of activities) {
    if (kind === 'save' || hour <= now - days * day - 3_600_000) continue
    const none = { paperId, score: 0, useful: 0, notForUs: 0, shares: 0 }
    const trend = trends.get(paperId) ?? none
    trend.score += activityWeights[kind] * count * 0.5 ** (Math.max(0, now - hour) / halfLife)
    trend[field[kind]] += count
    trends.set(paperId, trend)
  }
  return [...trends.values()]
    .filter(trend => trend.score > 0)
    .sort((a, b) => b.score - a.score || (a.paperId < b.paperId ? -1 : 1))
}
