import { describe, expect, it } from 'vitest'
import { openMetrics } from '../../src/http/metrics.ts'
import { operationsRoutes } from '../../src/http/operations.ts'

const metrics = () =>
  openMetrics({
    papers: () => 107,
    nextSlotAt: async () => 1_000,
    sendingSince: async () => 81_000,
    queue: () => ({ waiting: 3, oldest: 1_500 }),
    remembered: () => 12,
    isConnected: () => true,
    now: () => 91_000,
  })
const checks = (discord: boolean, database: () => Promise<boolean>) => [
  { name: 'discord', run: () => discord },
  { name: 'database', run: database },
]
const ask = async (app: ReturnType<typeof operationsRoutes>, path: string) => {
  const response = await app.request(path)
  return { status: response.status, text: await response.text() }
}

describe('health', () => {
  it.each([
    [true, async () => true, 200],
    [false, async () => true, 503],
    [true, async () => false, 503],
    [true, () => Promise.reject(new Error('postgres://user:secret@host')), 503],
    [true, () => new Promise<boolean>(() => {}), 503],
  ])('with Discord %s and that database is ready with %s', async (discord, database, status) => {
    const app = operationsRoutes(checks(discord, database), metrics())
    const answer = await ask(app, '/health/ready')
    expect(answer.status).toBe(status)
    expect(answer.text).not.toContain('secret')
    expect((await ask(app, '/health/live')).status).toBe(200)
  })
})

describe('metrics', () => {
  it('are in the form that Prometheus reads, and hold what was counted', async () => {
    const open = metrics()
    open.interaction('paper', 'answered', 0.03)
    open.interaction('paper', 'failed', 0.2)
    open.acknowledged(0.012)
    open.slotSettled('posted', '')
    open.rateLimited(1.5)
    open.turn(0.004, 0.02)
    const app = operationsRoutes([], open)
    const { text } = await ask(app, '/metrics')
    for (const line of [
      'lectern_interactions_total{command="paper",outcome="answered"} 1',
      'lectern_interactions_total{command="paper",outcome="failed"} 1',
      'lectern_interaction_seconds_count{command="paper"} 2',
      'lectern_acknowledgement_seconds_bucket{le="0.025"} 1',
      'lectern_slots_total{state="posted",reason=""} 1',
      'lectern_rate_limit_wait_seconds_total 1.5',
      'lectern_papers 107',
      'lectern_connected 1',
      'lectern_slot_overdue_seconds 90',
      'lectern_slot_sending_seconds 10',
      'lectern_queue_jobs 3',
      'lectern_queue_oldest_seconds 1.5',
      'lectern_remembered_results 12',
      'lectern_queue_wait_seconds_bucket{le="0.005"} 1',
      'lectern_work_seconds_bucket{le="0.025"} 1',
    ])
      expect(text).toContain(`${line}\n`)
    expect(text).toContain('nodejs_eventloop_lag_seconds')
  })

  it.each([
    ['is away', () => Promise.reject(new Error('away'))],
    ['is frozen', () => new Promise<undefined>(() => {})],
  ])('outlive a database that %s', async (_, nextSlotAt) => {
    const open = openMetrics({
      papers: () => 0,
      nextSlotAt,
      sendingSince: async () => undefined,
      queue: () => undefined,
      remembered: () => 0,
      isConnected: () => false,
      now: () => 0,
    })
    expect(await open.text()).toContain('lectern_slot_overdue_seconds 0\n')
  })
})
