import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../../src/delivery/clock.ts'
import { openScheduler } from '../../../src/delivery/scheduler.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { openPostgres, openSqlite } from '../../../src/store/open.ts'
import type { Store } from '../../../src/store/ports.ts'
import { httpPoster } from '../../fixtures/http-poster.ts'
import { stage } from '../../fixtures/scheduler.ts'
import { type Orders, speed } from './orders.ts'
import { library } from './papers.ts'

/** A process of the bot without Discord: it delivers until it is killed, or kills itself where it was told to. */
const orders = JSON.parse(process.argv[2] ?? '') as Orders

const clock: Clock = {
  now: () => orders.start + (Date.now() - orders.start) * speed,
  elapsed: () => performance.now() * speed,
  sleep: (ms, signal) => wait(Math.max(0, ms) / speed, undefined, signal ? { signal } : {}).catch(() => {}),
  deadline: ms => AbortSignal.timeout(ms / speed),
}

const die = (): never => {
  process.kill(process.pid, 'SIGKILL')
  // The signal may take a moment: nothing more is to happen here.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

let passed = 0
/** Dies at the point, when it is passed for the n-th time. */
const at = (point: Orders['dies']): void => {
  if (orders.dies === point && ++passed >= orders.nth) die()
}

function mortal(store: Store): Store {
  const { slots } = store
  return {
    ...store,
    slots: {
      ...slots,
      async claim(...args) {
        at('before the claim')
        const claims = await slots.claim(...args)
        if (claims.length > 0) at('after the claim')
        return claims
      },
      async choose(...args) {
        const stored = await slots.choose(...args)
        if (stored === 'stored') at('after the choice')
        return stored
      },
    },
  }
}

const open = async (): Promise<Store> => {
  try {
    return await (orders.postgres ? openPostgres(orders.database) : openSqlite(orders.database))
  } catch {
    await wait(100)
    return open()
  }
}

const store = mortal(await open())
const poster = httpPoster(orders.channels, clock.now, () => true, orders.name)
const { delivery } = stage(store, await buildSearch(library), poster, clock)
const mortalDelivery = {
  ...delivery,
  poster: {
    ...poster,
    async post(...args: Parameters<typeof poster.post>) {
      const outcome = await poster.post(...args)
      if (outcome.kind === 'posted') at('after the answer')
      return outcome
    },
  },
}
process.send?.('ready')
await once(process, 'message')
const runner = openScheduler(mortalDelivery, { renderNotice: () => ({}), lease: 25_000, concurrency: 2 })
await runner.run(new AbortController().signal)
