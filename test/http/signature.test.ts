import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openVerifier } from '../../src/http/signature.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const hex = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
const now = 1_790_000_000_000
const verify = openVerifier(hex, [() => now])
const at = (ms: number) => String(Math.floor(ms / 1_000))
const signed = (body: Uint8Array, timestamp = at(now)) => ({
  body,
  timestamp,
  signature: sign(null, Buffer.concat([Buffer.from(timestamp), body]), privateKey).toString('hex'),
})

it('takes what was signed with the key, whatever it is', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), body => verify(signed(body))))
})

it('refuses what was changed in any byte', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.nat(199),
      fc.integer({ min: 1, max: 255 }),
      (body, index, change) => {
        const request = signed(body)
        const other = Uint8Array.from(body)
        other[index % body.length] = (other[index % body.length] ?? 0) ^ change
        return !verify({ ...request, body: other })
      },
    ),
  )
})

it('refuses headers that are none', () => {
  const body = new Uint8Array([1])
  fc.assert(
    fc.property(fc.option(fc.string({ maxLength: 300 }), { nil: undefined }), text => {
      expect(verify({ ...signed(body), signature: text })).toBe(false)
      expect(verify({ ...signed(body), timestamp: text })).toBe(text === at(now))
    }),
  )
})

it.each([
  [-301_000, false],
  [-299_000, true],
  [299_000, true],
  [301_000, false],
])('of a request signed %i ms away from Discord’s time: %s', (offset, taken) => {
  expect(verify(signed(new Uint8Array([2]), at(now + offset)))).toBe(taken)
})

it('takes what one of two clocks agrees with', () => {
  const either = openVerifier(hex, [() => now - 3_600_000, () => now])
  const taken = [-3_600_000, -1_800_000, 0].map(ms => either(signed(new Uint8Array([2]), at(now + ms))))
  expect(taken).toEqual([true, false, true])
})

it.each(['', 'ab', 'z'.repeat(64), `${hex}00`])('is not opened with the key “%s”', key => {
  expect(() => openVerifier(key, [() => now])).toThrow(RangeError)
})
