import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../../src/delivery/clock.ts'
import { openScheduler } from '../../../src/delivery/scheduler.ts'
import { buildSearch } from '../../../src/search/build-search.ts'
import { openPostgres, openSqlite } from '../../../src/store/open.ts'
import type { Store } from '../../../src/store/ports.ts'
import { httpPoster } from '../../fixtures/http-poster.ts'
import { schedulerFixture } from '../../fixtures/scheduler.ts'
import { type CrashOptions, speed } from './options.ts'
import { library } from './papers.ts'

/** A process of the bot without Discord: it delivers until it is killed, or kills itself where it was told to. */
const options = JSON.parse(process.argv[2] ?? '') as CrashOptions

const clock: Clock = {
  now: () => options.start + (Date.now() - options.start) * speed,
  elapsed: () => performance.now() * speed,
  sleep: (ms, signal) => wait(Math.max(0, ms) / speed, undefined, signal ? { signal } : {}).catch(() => {}),
  deadline: ms => AbortSignal.timeout(ms / speed),
}

const crash = (): never => {
  process.kill(process.pid, 'SIGKILL')
  // The signal may take a moment: nothing more is to happen here.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

let passed = 0
/** Dies at the point, when it is passed for the n-th time. */
const at = (point: CrashOptions['crashAt']): void => {
  if (options.crashAt === point && ++passed >= options.nth) crash()
}

function crashing(store: Store): Store {
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
    return await (options.postgres ? openPostgres(options.database) : openSqlite(options.database))
  } catch {
    await wait(100)
    return open()
  }
}

const store = crashing(await open())
const poster = httpPoster(options.channels, clock.now, () => true, options.name)
const { delivery } = schedulerFixture(store, await buildSearch(library), poster, clock)
const crashingDelivery = {
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
const runner = openScheduler(crashingDelivery, { renderNotice: () => ({}), lease: 25_000, concurrency: 2 })
await runner.run(new AbortController().signal)
