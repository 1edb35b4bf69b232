import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { allCases, casesFolder } from './cases.ts'
import { Bench, evaluate, nameOf, type Verdict } from './check.ts'

/** Checks of a case that are known to be wrong; a case that gets better has to leave this list. */
const knownWrong: Readonly<Record<string, number>> = {
  sentences: 1,
}

const cases = allCases()

test.skipIf(!existsSync(casesFolder))('there are cases, and every known fault is one of theirs', () => {
  expect(cases.length).toBeGreaterThan(20)
  expect(cases.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(knownWrong)))
})

describe.each(cases)('$id: $situation', one => {
  test('gives the right values', async () => {
    const bench = new Bench(one)
    const wrong: Record<string, Verdict> = {}
    for (const check of one.checks) {
      const verdict = await evaluate(check, bench)
      if (!isDeepStrictEqual(verdict.seen, verdict.right)) wrong[nameOf(check)] = verdict
    }
    const known = knownWrong[one.id]
    if (known === undefined) expect(wrong).toEqual({})
    else expect(Object.keys(wrong), 'the known faults have changed').toHaveLength(known)
  })
})
