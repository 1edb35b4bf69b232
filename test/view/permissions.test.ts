import { PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { missingPermissions } from '../../src/view/permissions.ts'

const bits = fc.bigInt({ min: 0n, max: (1n << 52n) - 1n })

describe('missing permissions', () => {
  it('are named as Discord’s settings name them', () => {
    expect(missingPermissions(Bits.ViewChannel, Bits.ViewChannel | Bits.EmbedLinks | Bits.SendPolls)).toEqual(
      ['Embed Links', 'Create Polls'],
    )
    expect(missingPermissions(Bits.Administrator, Bits.ManageGuild)).toEqual([])
  })

  it('are none only when everything needed is given, whether it has a name here or not', () => {
    fc.assert(
      fc.property(bits, bits, (given, needed) => {
        const enough = (given & Bits.Administrator) !== 0n || (needed & ~given) === 0n
        expect(missingPermissions(given, needed).length === 0).toBe(enough)
      }),
    )
  })
})
