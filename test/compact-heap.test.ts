import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const module = new URL('../src/compact-heap.ts', import.meta.url).href

/** The heap in MiB before and after, of a process that leaves behind 40 MiB of strings. */
const program = `
  import { compactHeapAfterStart } from '${module}'
  let left = Array.from({ length: 400_000 }, (_, i) => 'a string of some hundred bytes, '.repeat(3) + i)
  compactHeapAfterStart(20)
  const mib = () => process.memoryUsage().heapTotal / 2 ** 20
  const before = mib()
  left = []
  setTimeout(() => console.log(JSON.stringify([before, mib(), left.length])), 200)`

async function heaps(options: readonly string[]): Promise<[before: number, after: number]> {
  const { stdout } = await run(process.execPath, [...options, '--input-type=module', '--eval', program])
  return JSON.parse(stdout) as [number, number]
}

test('what a start leaves behind is given back', async () => {
  const [before, after] = await heaps(['--expose-gc'])
  expect(after).toBeLessThan(before / 2)
})

test('nothing happens where the collector cannot be called', async () => {
  const [before, after] = await heaps([])
  expect(after).toBeGreaterThan(before / 2)
})
