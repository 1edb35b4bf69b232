import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliver, type SendStrategy } from '../../src/discord/idempotent-send.ts'

/** What becomes of one attempt: whether Discord carries it out, and what the bot hears of it. */
type AttemptResult = 'fine' | 'lost before' | 'lost after' | 'limited' | 'refused'

/** A channel that remembers nonces, or a forum that does not. */
function discord(
  results: readonly AttemptResult[],
  { nonces, readable }: { nonces: boolean; readable: boolean },
) {
  const posted: string[] = []
  const left = [...results]
  const carryOut = () => {
    if (!nonces || posted.length === 0) posted.push(`m${posted.length + 1}`)
    return posted[0] ?? ''
  }
  const strategy: SendStrategy<string> = {
    repeatable: nonces,
    attempt: async () => {
      switch (left.shift() ?? 'fine') {
        case 'fine':
          return { kind: 'posted', value: carryOut() }
        case 'lost before':
          return { kind: 'uncertain', cause: 'no answer' }
        case 'lost after':
          carryOut()
          return { kind: 'uncertain', cause: 'no answer' }
        case 'limited':
          return { kind: 'later', at: undefined, everywhere: false }
        case 'refused':
          return { kind: 'refused', why: 'permission', missing: [] }
      }
    },
    findPosted: async () => {
      if (!readable) return { kind: 'unreadable' }
      return posted[0] === undefined ? { kind: 'absent' } : { kind: 'found', value: posted[0] }
    },
  }
  return { strategy, posted }
}

const delays = [0, 0, 0, 0]
const results = fc.array(
  fc.constantFrom<AttemptResult>('fine', 'lost before', 'lost after', 'limited', 'refused'),
  { maxLength: 6 },
)

describe('delivery', () => {
  it('in any weather posts once at most, and says truly what became of it', async () => {
    await fc.assert(
      fc.asyncProperty(results, fc.boolean(), fc.boolean(), async (days, nonces, readable) => {
        const { strategy, posted } = discord(days, { nonces, readable })
        const outcome = await deliver(strategy, { delays })
        expect(posted.length).toBeLessThanOrEqual(1)
        if (outcome.kind === 'posted') expect(posted).toEqual([outcome.value])
        else if (outcome.kind === 'unknown') expect(readable).toBe(false)
        else expect(posted).toEqual([])
      }),
    )
  })

  it('finds what an earlier run left behind instead of posting it again', async () => {
    await fc.assert(
      fc.asyncProperty(results, fc.boolean(), async (days, before) => {
        const { strategy, posted } = discord(days, { nonces: false, readable: true })
        if (before) posted.push('m1')
        const outcome = await deliver(strategy, { uncertain: true, delays })
        expect(posted.length).toBeLessThanOrEqual(1)
        if (before) expect(outcome).toEqual({ kind: 'posted', value: 'm1' })
      }),
    )
  })

  it('never guesses where it can neither look nor rely on the nonce', async () => {
    const { strategy, posted } = discord(['fine'], { nonces: false, readable: false })
    expect(await deliver(strategy, { uncertain: true, delays })).toEqual({ kind: 'unknown' })
    expect(posted).toEqual([])
  })

  it('does not wait for a limit that takes long', async () => {
    const later = { kind: 'later', at: Date.now() + 3_600_000, everywhere: true } as const
    let attempts = 0
    const strategy: SendStrategy<string> = {
      repeatable: true,
      attempt: async () => {
        attempts += 1
        return later
      },
      findPosted: async () => ({ kind: 'absent' }),
    }
    expect(await deliver(strategy, { delays })).toEqual(later)
    expect(attempts).toBe(1)
  })
})
