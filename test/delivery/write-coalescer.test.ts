import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coalescer } from '../../src/delivery/write-coalescer.ts'

const gap = 100

describe('the coalescer', () => {
  it('writes the first change at once and those of the next gap together', () => {
    const plan = coalescer({ gap, tries: 3 })
    expect(plan.changed('m', 1000)).toBe(1000)
    expect(plan.take(1000)).toEqual(['m'])
    expect(plan.changed('m', 1001)).toBeUndefined()
    expect(plan.take(1002)).toEqual([])
    plan.written('m', 1010, true)
    expect(plan.nextAt()).toBe(1010 + gap)
    expect(plan.changed('m', 1050)).toBe(1010 + gap)
    expect(plan.take(1109)).toEqual([])
    expect(plan.take(1110)).toEqual(['m'])
    plan.written('m', 1120, true)
    expect(plan.take(1220)).toEqual([])
    expect(plan.size).toBe(0)
  })

  it('tries failed writes again after longer and longer pauses, and gives them up in the end', () => {
    const plan = coalescer({ gap, tries: 3 })
    let now = 0
    plan.changed('m', now)
    const gaps: number[] = []
    for (const outcome of ['again', 'again', 'dropped']) {
      expect(plan.take(now)).toEqual(['m'])
      expect(plan.written('m', now, false)).toBe(outcome)
      const next = plan.nextAt()
      if (next !== undefined) gaps.push(next - now)
      now = next ?? now
    }
    expect(gaps).toEqual([2 * gap, 4 * gap])
    expect(plan.size).toBe(0)
  })

  it('whatever happens: one write of a key at a time, a gap between two, and the last change is always written', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('change' as const), key: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 3 * gap }) }),
      fc.record({ kind: fc.constant('end' as const), ok: fc.boolean() }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), steps => {
        const plan = coalescer({ gap, tries: 1000 })
        const state = new Map<string, number>()
        const written = new Map<string, number>()
        const ended = new Map<string, number>()
        const running: { key: string; saw: number }[] = []
        let now = 0
        const take = () => {
          for (const key of plan.take(now)) {
            expect(running.map(write => write.key)).not.toContain(key)
            expect(now - (ended.get(key) ?? -gap)).toBeGreaterThanOrEqual(gap)
            running.push({ key, saw: state.get(key) ?? 0 })
          }
        }
        const end = (ok: boolean) => {
          const write = running.shift()
          if (write === undefined) return
          if (ok) written.set(write.key, write.saw)
          ended.set(write.key, now)
          plan.written(write.key, now, ok)
        }
        for (const one of steps) {
          if (one.kind === 'wait') now += one.ms
          else if (one.kind === 'end') end(one.ok)
          else {
            state.set(one.key, (state.get(one.key) ?? 0) + 1)
            plan.changed(one.key, now)
          }
          take()
        }
        while (running.length > 0 || plan.nextAt() !== undefined) {
          end(true)
          now = Math.max(now, plan.nextAt() ?? now)
          take()
        }
        expect(written).toEqual(state)
        expect(plan.size).toBe(0)
      }),
    )
  })
})
