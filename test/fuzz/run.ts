import { parseArgs } from 'node:util'
import { payloads } from './payloads.ts'
import { readers } from './targets.ts'

/** `npm run fuzz -- [--runs N] [--seed S]`: hostile inputs for everything that is read, a million when not told. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const [runs, seed] = [Number(values.runs), Number(values.seed)]
if (!(runs > 0) || !Number.isSafeInteger(seed)) throw new Error('--runs and --seed are whole numbers')
process.stdout.write(`${runs} inputs, seed ${seed}\n`)
for (const { name, share, fuzz } of [...readers, payloads]) {
  const start = performance.now()
  const count = Math.ceil(runs * share)
  await fuzz(count, seed)
  const seconds = ((performance.now() - start) / 1_000).toFixed()
  process.stdout.write(`${name}: ${count} read or refused in words, ${seconds} s\n`)
}
