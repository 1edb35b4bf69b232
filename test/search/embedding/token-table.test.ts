import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../../src/errors.ts'
import { parseTokenTable } from '../../../src/search/embedding/token-table.ts'
import { rows, tableBytes, vocabulary } from './table.ts'

const text = vocabulary.join('\n')

describe('parseTokenTable', () => {
  it('reads what was written', () => {
    const table = parseTokenTable(tableBytes(rows), text)
    expect(table.dimensions).toBe(4)
    expect(table.vocabulary).toEqual(vocabulary)
    expect([...table.rows]).toEqual(rows.flat())
    expect(table.scales[3]).toBeCloseTo(0.01)
  })

  it('reads bytes that lie within other bytes', () => {
    const bytes = tableBytes(rows)
    const around = new Uint8Array(bytes.length + 3)
    around.set(bytes, 3)
    expect([...parseTokenTable(around.subarray(3), text).rows]).toEqual(rows.flat())
    expect([...parseTokenTable(Buffer.from(around).subarray(3), text).rows]).toEqual(rows.flat())
  })

  it('refuses a table that was cut or has bytes too many', () => {
    const bytes = tableBytes(rows)
    for (let length = 0; length < bytes.length; length++)
      expect(() => parseTokenTable(bytes.subarray(0, length), text)).toThrow(Failure)
    expect(() => parseTokenTable(Uint8Array.of(...bytes, 0), text)).toThrow(/bytes instead of/)
  })

  it("refuses another's vocabulary, another magic word and scales that are no numbers", () => {
    expect(() => parseTokenTable(tableBytes(rows), `${text}\nmore`)).toThrow(/7 rows for 8 tokens/)
    expect(() => parseTokenTable(tableBytes(rows).fill(0, 0, 1), text)).toThrow(/LTT1/)
    expect(() => parseTokenTable(tableBytes(rows, Number.NaN), text)).toThrow(/scale/)
  })

  it('throws nothing but one clear failure, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.string(), (bytes, words) => {
        const named = Uint8Array.of(76, 84, 84, 49, ...bytes)
        for (const tried of [bytes, named]) {
          try {
            parseTokenTable(tried, words)
          } catch (error) {
            expect(error).toBeInstanceOf(Failure)
            expect((error as Failure).message).toMatch(/^The token table cannot be used: /)
          }
        }
      }),
    )
  })
})
