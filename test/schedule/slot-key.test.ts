import { describe, expect, it } from 'vitest'
import { carries, slotKeyOf } from '../../src/schedule/slot-key.ts'
import { newId } from '../../src/store/ids.ts'
import { maxExtras } from '../../src/store/schedule-ports.ts'
import { encodeId } from '../../src/view/ids.ts'

describe('a slot’s mark', () => {
  it('fits a nonce and a custom id, for every schedule and date', () => {
    for (const kind of ['d', 'f'] as const) {
      const mark = slotKeyOf(newId(kind), `2026-11-23+${maxExtras}`)
      // Discord takes 25 characters.
      expect(mark.length).toBeLessThanOrEqual(25)
      const id = encodeId({ command: 'daily', action: 'why', args: [mark, 'x'] })
      expect(carries(['L1:other:one::', id], mark)).toBe(true)
    }
  })

  it('is not found in another’s, nor within a longer one', () => {
    const id = encodeId({ command: 'daily', action: 'why', args: [slotKeyOf('dab', '2026-11-23+1')] })
    expect(carries([id], slotKeyOf('dab', '2026-11-23'))).toBe(false)
    expect(carries([], slotKeyOf('dab', '2026-11-23'))).toBe(false)
  })

  it('is another for each schedule, date and extra post', () => {
    const marks = ['da', 'db'].flatMap(id =>
      ['2026-11-23', '2026-11-23+1', '2026-11-24'].map(date => slotKeyOf(id, date)),
    )
    expect(new Set(marks).size).toBe(6)
  })
})
