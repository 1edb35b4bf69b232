import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { stateOfSource, syncNext } from '../../src/features/sources/sync.ts'
import { openHttp } from '../../src/sources/http/client.ts'
import { openSource } from '../../src/sources/open.ts'
import { mannersOf, parseSpec, sourceName } from '../../src/sources/spec.ts'
import { newId } from '../../src/store/ids.ts'
import { openSqlite } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { unpaced } from '../fixtures/unpaced.ts'

export interface Replay {
  readonly store: Store
  now(): number
  /** Runs every sync that comes due until then, at the pace that the bot keeps, and stays there. */
  until(at: string): Promise<void>
  /** Stays away until then, as a bot that does not run. */
  sleepUntil(at: string): Promise<void>
  /** The word and its reason at this time. */
  state(): Promise<string>
  word(): Promise<string>
  /** Papers that follows heard of, each as often as it was new to them. */
  readonly heard: readonly string[]
  /** When a look happened, and what the word was then. */
  readonly looks: readonly { at: string; word: string; announced: number }[]
  readonly id: string
}

/** A source over a real database, read from the given addresses, with a clock that is moved. */
export async function replay(
  clock: { now: number },
  words: readonly [kind: string, ...rest: string[]],
  env: Readonly<Record<string, string>>,
): Promise<Replay> {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-sources-'))
  const store = await openSqlite(join(folder, 'lectern.db'))
  const http = openHttp({
    clock: { now: () => clock.now, sleep: async () => {} },
    limits: unpaced,
    firstPause: 1,
    timeout: 5_000,
  })
  onTestFinished(async () => {
    await store.close()
    await http.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const { sources: addresses } = parseConfig(env)
  const [kind, ...rest] = words
  const spec = parseSpec(kind, rest)
  const id = newId('l')
  await store.sources.add({
    id,
    collection: '',
    name: sourceName(spec),
    spec,
    createdBy: undefined,
    lane: mannersOf(spec).lane,
    at: clock.now,
  })
  const heard: string[] = []
  const looks: { at: string; word: string; announced: number }[] = []
  const parts = {
    store,
    open: (one: typeof spec, publicOnly: boolean) => openSource(one, { http, addresses }, publicOnly),
    now: () => clock.now,
    log: pino({ level: 'silent' }),
    random: () => 0.5,
  }
  const state = async () => stateOfSource((await store.sources.get('', id))!, clock.now)
  return {
    store,
    id,
    heard,
    looks,
    now: () => clock.now,
    async until(at) {
      const end = Date.parse(at)
      for (let tries = 0; tries < 500; tries++) {
        const next = await store.sources.nextAt()
        if (next === undefined || next > end) break
        clock.now = Math.max(clock.now, next)
        const synced = await syncNext(parts, undefined)
        if (synced === undefined) throw new Error('a source is due that cannot be synced')
        looks.push({
          at: new Date(clock.now).toISOString(),
          word: synced.state.word,
          announced: synced.announced,
        })
        const after = await store.arrivals.after(clock.now - 1)
        if (after.size !== synced.announced)
          throw new Error(`announced ${synced.announced}, arrived ${after.size}`)
        heard.push(...after)
      }
      clock.now = end
    },
    sleepUntil: async at => {
      clock.now = Date.parse(at)
    },
    state: async () => {
      const { word, reason } = await state()
      return `${word}: ${reason}`
    },
    word: async () => (await state()).word,
  }
}

/** What became of the papers that were announced. */
export function balance(heard: readonly string[], announced: ReadonlySet<string>) {
  const once = new Set(heard)
  return {
    lost: [...announced.difference(once)],
    doubled: heard.length - once.size,
    old: [...once.difference(announced)],
  }
}

export const nothingWrong = { lost: [], doubled: 0, old: [] }
