import { expect, it } from 'vitest'
import { forbidden, isAllowed } from '../../scripts/licences.ts'

it.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['MIT AND GPL-3.0', false],
  ['GPL-3.0-only', false],
  ['__proto__', false],
])('of %s says %s', (licence, expected) => {
  expect(isAllowed(licence)).toBe(expected)
})

it('names packages whose licence is not allowed, or not stated', () => {
  const packages = {
    '': { license: 'UNLICENSED' },
    'node_modules/good': { license: 'MIT' },
    'node_modules/bad': { license: 'AGPL-3.0' },
    'node_modules/@some/silent': {},
    'node_modules/own': { link: true },
  }
  expect(forbidden({ packages })).toEqual(['bad: AGPL-3.0', '@some/silent: no licence stated'])
})
