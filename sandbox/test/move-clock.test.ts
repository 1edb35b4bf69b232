import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { type ClockView, type PersonEvent, paths } from '../src/person-api.ts'
import { type Sandbox, startSandbox } from '../src/sandbox.ts'
import { follow } from '../src/user-api/events.ts'

const minute = 60_000
const day = 24 * 60 * minute
/** Not on a quarter hour. */
const start = Date.UTC(2026, 10, 29, 12, 7)

const open: Sandbox[] = []
const begin = async () => {
  const sandbox = await startSandbox({ now: () => start })
  open.push(sandbox)
  return sandbox
}
afterEach(() => Promise.all(open.splice(0).map(sandbox => sandbox.close())))

async function move(sandbox: Sandbox, to: unknown): Promise<{ status: number; body: ClockView }> {
  const answer = await fetch(sandbox.url + paths.clock(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to }),
  })
  return { status: answer.status, body: (await answer.json()) as ClockView }
}

test('the clock stops at each quarter hour until who follows it is done', async () => {
  const sandbox = await begin()
  const seen: string[] = []
  let at = 0
  const stop = sandbox.followClock(async () => {
    at = sandbox.clock.now()
    await sleep(5)
    expect(sandbox.clock.now()).toBe(at)
    seen.push(new Date(at).toISOString().slice(11, 16))
  })
  expect(await move(sandbox, start + 50 * minute)).toEqual({
    status: 200,
    body: { now: start + 50 * minute },
  })
  expect(seen).toEqual(['12:15', '12:30', '12:45', '12:57'])
  expect(sandbox.clock.ahead()).toBe(50 * minute)
  stop()
  await move(sandbox, start + 60 * minute)
  expect(seen).toHaveLength(4)
  const { now } = (await (await fetch(sandbox.url + paths.clock())).json()) as ClockView
  expect(now).toBe(start + 60 * minute)
})

test('those who watch are told where it has come to', async () => {
  const sandbox = await begin()
  const told: PersonEvent[] = []
  const ada = sandbox.world.people.get('ada')
  if (ada === undefined) throw new Error('Ada is not here')
  const stop = follow(sandbox.world, ada, event => told.push(event))
  await move(sandbox, start + day)
  sandbox.simulate({ kind: 'jump', ms: minute })
  stop()
  const times = told.flatMap(event => (event.type === 'clock' ? [event.now] : []))
  expect(times.slice(-2)).toEqual([start + day, start + day + minute])
})

test('it goes forward, a month at once at most, and for one person at a time', async () => {
  const sandbox = await begin()
  for (const to of [start, start - 1, start + 32 * day, 1.5, 'tomorrow', undefined])
    expect((await move(sandbox, to)).status).toBe(400)
  expect(sandbox.clock.now()).toBe(start)
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  sandbox.followClock(() => held)
  const first = move(sandbox, start + 10 * minute)
  await expect.poll(async () => (await move(sandbox, start + day)).status).toBe(409)
  release()
  expect((await first).status).toBe(200)
})

test('it stands still once the sandbox is closed', async () => {
  const sandbox = await begin()
  sandbox.followClock(async () => sandbox.clock.stop())
  await move(sandbox, start + day)
  expect(sandbox.clock.now()).toBeLessThan(start + 15 * minute)
})
