import type { Hono } from 'hono'
import type { BaseContext } from '../bot/context.ts'
import { openMetrics } from './metrics.ts'
import { operationsRoutes } from './operations.ts'

export type Routes = Hono

export interface Operations {
  readonly metrics: BaseContext['metrics']
  readonly routes: Routes
  /** Until then the process is alive and not ready. */
  connected(connection: Observed): void
}

/** What is watched of a connection to Discord. */
interface Observed {
  isConnected(): boolean
  readonly queue: { readonly waiting: number; readonly oldest: number }
}

type Watched = Pick<BaseContext, 'libraries' | 'store'> & {
  /** Undefined: nothing is remembered. */
  readonly memory?: { readonly size: number } | undefined
  /** The search engine that has the papers, where one has. */
  readonly engine?: WatchedEngine | undefined
}

interface WatchedEngine {
  /** Told of each call. */
  observe: ((kind: string, seconds: number, answered: boolean) => void) | undefined
  /** Rejects when it does not answer. */
  check(): Promise<void>
}

/** Health and metrics of one bot. */
export function openOperations({ libraries, store, memory, engine }: Watched): Operations {
  const papers = () => libraries.of(undefined).search.count
  if (engine !== undefined) engine.observe = (...call) => metrics.engineCall(...call)
  let connection: Observed | undefined
  const isConnected = () => connection?.isConnected() === true
  const metrics = openMetrics({
    papers,
    nextSlotAt: () => store.slots.nextAt(),
    sendingSince: () => store.slots.sendingSince(),
    queue: () => connection?.queue,
    remembered: () => memory?.size ?? 0,
    isConnected,
    now: Date.now,
  })
  const checks = [
    { name: 'discord', run: isConnected },
    { name: 'papers', run: () => papers() > 0 },
    {
      name: 'database',
      async run() {
        await store.check()
        return true
      },
    },
    ...(engine === undefined
      ? []
      : [
          {
            name: 'search engine',
            async run() {
              await engine.check()
              return true
            },
          },
        ]),
  ]
  return {
    metrics,
    routes: operationsRoutes(checks, metrics),
    connected(opened) {
      connection = opened
    },
  }
}
