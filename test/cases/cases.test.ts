import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { allCases, casesFolder } from './cases.ts'
import { Bench, evaluate, nameOf, type Verdict } from './check.ts'

const cases = allCases()

test.skipIf(!existsSync(casesFolder))('there are cases', () => {
  expect(cases.length).toBeGreaterThan(20)
})

describe.each(cases)('$id: $situation', one => {
  test('gives the right values', async () => {
    const bench = new Bench(one)
    const wrong: Record<string, Verdict> = {}
    for (const check of one.checks) {
      const verdict = await evaluate(check, bench)
      if (!isDeepStrictEqual(verdict.seen, verdict.right)) wrong[nameOf(check)] = verdict
    }
    expect(wrong).toEqual({})
  })
})
