/** By then a start is over, in ms. */
const afterStart = 2_000

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

/**
 * Gives back what a start took and needs no more, some 25 MiB, in one pause of about 80 ms. V8 would keep it until the heap
 * is full. Needs Node's `--expose-gc`, which `npm start` and the containers give; does nothing without.
 */
export function compactHeapAfterStart(delay = afterStart): void {
  const { gc } = globalThis as { gc?: Collect }
  setTimeout(() => gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' }), delay).unref()
}
