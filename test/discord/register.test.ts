import { describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { sameCommands } from '../../src/discord/register.ts'

const specs = commands.map(command => command.spec)

/** A command as Discord gives it back: ids added, defaults filled in, keys in another order. */
const registered = specs.map((spec, i) => ({
  version: '1',
  nsfw: false,
  default_member_permissions: null,
  contexts: [0, 1, 2],
  integration_types: [0],
  ...Object.fromEntries(Object.entries(spec).reverse()),
  id: String(i),
  application_id: '1',
}))

describe('sameCommands', () => {
  it('sees through what Discord adds', () => {
    expect(sameCommands(specs, registered)).toBe(true)
    expect(sameCommands(specs, registered.toReversed())).toBe(true)
  })

  it('notices every kind of difference', () => {
    const [first, ...rest] = registered
    expect(sameCommands(specs, rest)).toBe(false)
    expect(sameCommands(specs.slice(1), registered)).toBe(false)
    expect(sameCommands(specs, [{ ...first, description: 'Another' }, ...rest])).toBe(false)
    expect(sameCommands(specs, [{ ...first, options: [] }, ...rest])).toBe(false)
    expect(sameCommands(specs, [{ ...first, description_localizations: { de: 'Anders' } }, ...rest])).toBe(
      false,
    )
    expect(sameCommands(specs, [{ ...first, default_member_permissions: '32' }, ...rest])).toBe(false)
  })
})
