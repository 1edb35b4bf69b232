import { DatabaseSync } from 'node:sqlite'
import type { Sandbox } from 'discord-sandbox'
import { draw, type Random } from '../fixtures/random.ts'
import type { Fleet } from './fleet.ts'
import type { PickPlan } from './picks.ts'
import type { Windows } from './windows.ts'

export interface Scene {
  readonly sandbox: Sandbox
  readonly fleet: Fleet
  readonly windows: Windows
  readonly picks: PickPlan
  readonly random: Random
  /** Kills the database's program and starts it again; undefined: it is a SQLite file, which is locked instead. */
  readonly restartDatabase: (() => Promise<void>) | undefined
  readonly file: string
  /** Resolves after that time, or early when the run ends. */
  pause(ms: number): Promise<void>
}

export interface Incident {
  readonly name: string
  /** What the log must say of it afterwards. */
  readonly trace?: RegExp
  run(scene: Scene): Promise<void>
}

/** Longer than a claim is held. */
const frozenFor = 65_000
const year = 365 * 24 * 3_600_000
const posts = '^/channels/\\d+/messages'
const callbacks = '^/interactions/\\d+/[^/]+/callback$'

type Simulated = Parameters<Sandbox['simulate']>[0]
type Effect = Parameters<Sandbox['faults']['add']>[0]['effect']

const gateway = (name: string, incident: Simulated): Incident => ({
  name,
  trace: /reconnecting|resumed/u,
  async run({ sandbox, windows, pause }) {
    const close = windows.open('gateway down')
    sandbox.simulate(incident)
    await pause(100)
    await sandbox.online()
    close()
  },
})

/** Strikes the next requests of each kind. Twice an acknowledgement, which has three tries. */
const rest = (
  name: string,
  effects: (random: Random) => { path: string; effect: Effect; times: number }[],
): Incident => ({
  name,
  async run({ sandbox, random }) {
    for (const { path, effect, times } of effects(random)) sandbox.faults.add({ path, effect, times })
  },
})

const everywhere = (times: number, effect: Effect) =>
  [posts, callbacks].map(path => ({ path, effect, times: path === callbacks ? Math.min(2, times) : times }))

export const leap: Incident = {
  name: 'clock leaps a year and back',
  trace: /the clock was set/u,
  async run({ fleet, pause }) {
    const { main } = fleet
    main.setClock(year)
    await pause(6_000)
    main.setClock(0)
  },
}

export const freeze: Incident = {
  name: 'process frozen past its lease',
  run: ({ fleet, pause }) => fleet.freeze(frozenFor, pause),
}

/** A process that is frozen between the begin and the commit of a transaction: its lock of the file outlives it. */
export const freezeWriting: Incident = {
  name: 'process frozen while it writes',
  async run(scene) {
    const locked = lockFile(scene, frozenFor)
    await Promise.all([locked, freeze.run(scene)])
  },
}

const databaseAway: Incident = {
  name: 'database away',
  run: scene => scene.restartDatabase?.() ?? lockFile(scene, 3_000),
}

/** Holds the lock for writing of a SQLite file; one that is held already is as good. */
async function lockFile({ restartDatabase, file, windows, pause }: Scene, ms: number): Promise<void> {
  if (restartDatabase !== undefined) return
  const holder = new DatabaseSync(file, { timeout: 20 })
  const close = windows.open('database locked', 'writes')
  try {
    for (let tries = 0; tries < 100 && !begins(holder); tries++) await pause(20)
    await pause(ms)
  } finally {
    holder.close()
    close()
  }
}

function begins(holder: DatabaseSync): boolean {
  try {
    holder.exec('begin immediate')
    return true
  } catch {
    return false
  }
}

const leaving: Incident = {
  name: 'server leaves and joins again',
  async run({ sandbox, picks, pause, random }) {
    // The latest one's picks may be under way: those of a server that is gone are not posted.
    const guild = draw(random, picks.guilds.slice(0, -1))
    if (guild === undefined) return
    sandbox.simulate({ kind: 'remove-bot', guild })
    await pause(4_000)
    sandbox.simulate({ kind: 'invite-bot', guild })
  },
}

/** What befalls a bot, once each in a round; after a leap and a freeze the others come in any order. */
export const others: readonly Incident[] = [
  gateway('gateway drops, to be resumed', { kind: 'drop-sockets' }),
  gateway('gateway drops, session gone', { kind: 'drop-sockets', resumable: false }),
  gateway('gateway asks to reconnect', { kind: 'reconnect' }),
  gateway('gateway says invalid session', { kind: 'invalid-session' }),
  rest('429', () => everywhere(3, { kind: 'rate-limit', ms: 400 })),
  rest('429 everywhere', () => everywhere(1, { kind: 'rate-limit', ms: 500, global: true })),
  rest('5xx', random => everywhere(4, { kind: 'status', status: draw(random, [500, 502, 503]) })),
  rest('5xx, though done', () => everywhere(2, { kind: 'status', status: 502, executed: true })),
  rest('answers lost', () => everywhere(3, { kind: 'lost-answer' })),
  rest('connections cut', () => everywhere(3, { kind: 'dropped' })),
  rest('401 once', () => [{ path: posts, effect: { kind: 'status', status: 401 }, times: 1 }]),
  rest('no answer for 20 s', () => [{ path: posts, effect: { kind: 'slow', ms: 20_000 }, times: 2 }]),
  databaseAway,
  leaving,
  { name: 'process killed', run: ({ fleet }) => fleet.crash() },
  { name: 'upgrade, old and new together', run: ({ fleet }) => fleet.upgrade() },
]

export const traces = (name: string): RegExp | undefined =>
  [leap, freeze, freezeWriting, ...others].find(incident => incident.name === name)?.trace

/** Lets incidents happen until the run ends. @returns how often each did, and when it began last */
export async function happen(
  scene: Scene,
  until: number,
): Promise<Map<string, { count: number; at: number }>> {
  const happened = new Map<string, { count: number; at: number }>()
  const strike = async (incident: Incident) => {
    happened.set(incident.name, { count: (happened.get(incident.name)?.count ?? 0) + 1, at: Date.now() })
    await incident.run(scene)
  }
  const left = () => until - Date.now()
  while (left() > 0) {
    await strike(leap)
    // The others strike whoever answers meanwhile.
    const kind = scene.random() < 0.5 ? freeze : freezeWriting
    const frozen = left() > frozenFor + 15_000 ? strike(kind) : undefined
    // What fails in it is told when it is waited for, after the others.
    frozen?.catch(() => {})
    await scene.pause(8_000)
    const deck = [...others]
      .map(incident => ({ incident, key: scene.random() }))
      .sort((a, b) => a.key - b.key)
    for (const { incident } of deck) {
      if (left() <= 0) break
      await strike(incident)
      await scene.pause(2_000 + scene.random() * 4_000)
    }
    await frozen
  }
  return happened
}
