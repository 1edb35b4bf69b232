import { isDeepStrictEqual } from 'node:util'
import { allCases } from '../cases/cases.ts'
import { Bench, evaluate, nameOf } from '../cases/check.ts'

/** `node test/quality/count-cases.ts`: how many checks of each case from the field are right, and what the others saw. */
let right = 0
let all = 0
for (const one of allCases()) {
  const bench = new Bench(one)
  const wrong: string[] = []
  for (const check of one.checks) {
    const verdict = await evaluate(check, bench)
    if (!isDeepStrictEqual(verdict.seen, verdict.right))
      wrong.push(
        `    ${nameOf(check)}\n      saw ${JSON.stringify(verdict.seen)}\n      not ${JSON.stringify(verdict.right)}`,
      )
  }
  const held = one.checks.length - wrong.length
  right += held
  all += one.checks.length
  console.log([`${one.id}: ${held} of ${one.checks.length}`, ...wrong].join('\n'))
}
console.log(`${right} of ${all} checks are right`)
