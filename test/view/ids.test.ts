import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeId, encodeId } from '../../src/view/ids.ts'

const name = fc.stringMatching(/^[a-z-]{1,12}$/)
const arg = fc.stringMatching(/^[A-Za-z0-9._~-]{1,20}$/)
const owner = fc.option(fc.stringMatching(/^\d{17,20}$/), { nil: undefined })

describe('component ids', () => {
  it('come back as they went out', () => {
    fc.assert(
      fc.property(name, name, owner, fc.array(arg, { maxLength: 2 }), (command, action, who, args) => {
        const id = { command, action, owner: who, args }
        const encoded = encodeId(id)
        expect(encoded.length).toBeLessThanOrEqual(100)
        expect(decodeId(encoded)).toEqual(id)
      }),
    )
  })

  it('take anything that was forged without a crash', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map(text => `L1:${text}`),
          fc.anything(),
        ),
        id => {
          const decoded = decodeId(id)
          if (decoded !== 'older') expect(encodeId(decoded)).toBe(id)
        },
      ),
    )
  })

  it('tell another version apart', () => {
    expect(decodeId('L0:paper:cite::p1')).toBe('older')
  })

  it('refuse to be made too long or with unsafe parts', () => {
    expect(() => encodeId({ command: 'paper', action: 'cite', args: ['x'.repeat(100)] })).toThrow(RangeError)
    expect(() => encodeId({ command: 'paper', action: 'cite', args: ['a:b'] })).toThrow(RangeError)
  })
})
