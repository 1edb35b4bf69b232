import { DiscordAPIError } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { isTransientError, outcomeOf } from '../../src/discord/rest-errors.ts'

const refused = (status: number, code: unknown) =>
  new DiscordAPIError({ message: 'no', code } as never, code as number, status, 'POST', 'http://x/y', {})

describe('what an error means', () => {
  it.each([400, 403, 404])('a %i without a code of Discord’s is a proxy’s, and decides nothing', status => {
    for (const code of [undefined, 0]) {
      expect(outcomeOf(refused(status, code))).toMatchObject({ kind: 'uncertain' })
      expect(isTransientError(refused(status, code))).toBe(true)
    }
  })

  it.each([
    [404, 10003, 'gone'],
    [403, 50013, 'permission'],
    [403, 50007, 'closed'],
    [400, 50035, 'invalid'],
    [400, 40067, 'permission'],
    [400, 50083, 'gone'],
  ])('a %i with code %i is final: %s', (status, code, why) => {
    expect(outcomeOf(refused(status, code))).toMatchObject({ kind: 'refused', why })
    expect(isTransientError(refused(status, code))).toBe(false)
  })

  it.each([400, 403])('a %i for direct messages that are opened too fast passes', status => {
    expect(outcomeOf(refused(status, 40003))).toMatchObject({ kind: 'later' })
  })
})
