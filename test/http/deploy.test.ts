import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import project from '../../package.json' with { type: 'json' }
import { openMetrics } from '../../src/http/metrics.ts'

const read = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8')
const metrics = openMetrics({
  papers: () => 1,
  nextSlotAt: async () => undefined,
  sendingSince: async () => undefined,
  queue: () => undefined,
  remembered: () => 0,
  isConnected: () => true,
  now: () => 0,
})

it.each(['operations.md', 'deploy/alerts.yaml', 'deploy/dashboard.json'])(
  'names in docs/%s only metrics that there are',
  async file => {
    const known = new Set(
      [...(await metrics.text()).matchAll(/^# TYPE (\S+)/gmu)].flatMap(([, name = '']) => [
        name,
        `${name}_bucket`,
        `${name}_count`,
      ]),
    )
    const named = [...read(file).matchAll(/\b(?:lectern|nodejs|process)_[a-z0-9_]+/gu)].map(([name]) => name)
    expect(named.length).toBeGreaterThan(4)
    // `nodejs_*` stands for all of them.
    expect(named.filter(name => !known.has(name) && !name.endsWith('_'))).toEqual([])
  },
)

it('explains every alert', () => {
  const alerts = [...read('deploy/alerts.yaml').matchAll(/alert: (\w+)/gu)].map(([, name = '']) => name)
  expect(alerts.length).toBeGreaterThan(5)
  for (const name of alerts) expect(read('operations.md')).toContain(`| ${name} |`)
})

it.each([
  ['lectern.service', /^TimeoutStopSec=(\d+)$/mu],
  ['compose.yaml', /stop_grace_period: (\d+)s/u],
  ['kubernetes.yaml', /terminationGracePeriodSeconds: (\d+)/u],
])('gives a stop in %s the time that it may take', (file, seconds) => {
  // Shards are ended after 45 seconds, one process after 40.
  expect(Number(seconds.exec(read(`deploy/${file}`))?.[1])).toBeGreaterThan(45)
})

it('starts node itself as a service: npm ends before it, and systemd then signals the rest a second time', () => {
  const unit = read('deploy/lectern.service')
  const [, command] = /^ExecStart=\S+\/node_modules\/\.bin\/(node .+)$/mu.exec(unit) ?? []
  expect(command).toBe(project.scripts.start)
  expect(unit).toContain('KillMode=mixed')
})
