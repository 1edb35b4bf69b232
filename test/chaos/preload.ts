/**
 * Loaded into the bot's process before its own code: lets the run set its wall clock, as a time server or a person
 * does, and look at what it holds.
 */
export type Order = { readonly kind: 'clock'; readonly ahead: number } | { readonly kind: 'measure' }

export interface Measured {
  /** MiB after a garbage collection. */
  readonly heap: number
  readonly rss: number
  /** Timers, sockets and files that are open, by kind. */
  readonly handles: Readonly<Record<string, number>>
  /** The runtime's warnings; among them the one of listeners that pile up. */
  readonly warnings: readonly string[]
}

let ahead = 0
const real = Date
globalThis.Date = new Proxy(real, {
  construct: (target, args, self) =>
    Reflect.construct(target, args.length === 0 ? [real.now() + ahead] : args, self),
  get: (target, name, self) => (name === 'now' ? () => real.now() + ahead : Reflect.get(target, name, self)),
})

const warnings: string[] = []
process.on('warning', ({ name }) => warnings.push(name))

const mebibyte = 1024 ** 2

function measure(): Measured {
  const { gc } = globalThis
  gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  const kinds = Map.groupBy(process.getActiveResourcesInfo(), kind => kind)
  const handles = Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]))
  return { heap: heapUsed / mebibyte, rss: rss / mebibyte, handles, warnings }
}

process.on('message', (order: Order) => {
  if (order.kind === 'clock') ahead = order.ahead
  else process.send?.(measure())
})
// The run has gone: nobody would stop this process any more.
process.on('disconnect', () => process.exit())
