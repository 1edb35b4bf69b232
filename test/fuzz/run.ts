import { parseArgs } from 'node:util'
import { fuzz, targets } from './targets.ts'

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
for (const target of targets) {
  await fuzz(target, runs, seed)
  process.stdout.write(`${target.name}: ${Math.ceil(runs * target.share)} read or refused in words\n`)
}
