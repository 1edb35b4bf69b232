import { beforeEach, describe, expect, it } from 'vitest'
import type { Setting } from './fixture.ts'

const day = '2026-11-23'
const bytes = (...values: number[]) => Uint8Array.from(values)

/** Vectors of a model, kept by the content of their texts. */
export function vectorContract(setting: () => Setting) {
  describe('vectors', () => {
    beforeEach(async () => {
      await setting().rows.deleteFrom('vectors').execute()
    })

    it('come back as they were, to every process and for their own model alone', async () => {
      const { store, other } = setting()
      // All values of a byte: a database that takes bytes for text changes some of them.
      const all = Uint8Array.from({ length: 256 }, (_, i) => i)
      await store.vectors.put(
        'm1',
        [
          { hash: 'a', bytes: all },
          { hash: 'b', bytes: bytes() },
        ],
        day,
      )
      const found = await other.vectors.get('m1', ['a', 'b', 'c', 'a'], day)
      expect(found).toEqual(
        new Map([
          ['a', all],
          ['b', bytes()],
        ]),
      )
      expect(await other.vectors.get('m2', ['a'], day)).toEqual(new Map())
      expect(await other.vectors.get('m1', [], day)).toEqual(new Map())
    })

    it('are replaced, also twice in one call', async () => {
      const { vectors } = setting().store
      await vectors.put('m', [{ hash: 'a', bytes: bytes(1) }], day)
      await vectors.put(
        'm',
        [
          { hash: 'a', bytes: bytes(2) },
          { hash: 'a', bytes: bytes(3) },
        ],
        day,
      )
      expect(await vectors.get('m', ['a'], day)).toEqual(new Map([['a', bytes(3)]]))
    })

    it('are forgotten when nobody asked for them, and kept by being asked for', async () => {
      const { vectors } = setting().store
      await vectors.put(
        'm',
        [
          { hash: 'asked', bytes: bytes(1) },
          { hash: 'left', bytes: bytes(2) },
        ],
        '2026-10-01',
      )
      await vectors.get('m', ['asked'], day)
      expect(await vectors.forget('2026-10-02')).toBe(1)
      expect([...(await vectors.get('m', ['asked', 'left'], day)).keys()]).toEqual(['asked'])
    })

    it('are kept by the thousand', async () => {
      const { vectors } = setting().store
      const many = Array.from({ length: 3000 }, (_, i) => ({ hash: `h${i}`, bytes: bytes(i % 256, 7) }))
      await vectors.put('m', many, day)
      const found = await vectors.get(
        'm',
        many.map(({ hash }) => hash),
        day,
      )
      expect(found.size).toBe(3000)
      expect(found.get('h2999')).toEqual(bytes(2999 % 256, 7))
    })
  })
}
