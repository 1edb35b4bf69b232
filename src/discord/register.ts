import { isDeepStrictEqual } from 'node:util'
import { type REST, Routes } from 'discord.js'
import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10'
import { z } from 'zod'

type Spec = RESTPostAPIApplicationCommandsJSONBody

const Registered = z.array(z.record(z.string(), z.unknown()))

/** Fields that Discord adds to a command. */
const addedByDiscord = new Set([
  'id',
  'application_id',
  'guild_id',
  'version',
  'dm_permission',
  'handler',
  'nsfw',
])
/** Discord fills these in when a spec leaves them out: compared only where the spec sets them. */
const defaultedFields = ['contexts', 'integration_types'] as const

/**
 * Registers the commands when they differ from those that are registered.
 * @returns whether anything was sent
 */
export async function register(
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
  specs: readonly Spec[],
): Promise<boolean> {
  const route = routeOf(applicationId, guildId)
  if (sameCommands(specs, await registeredAt(rest, route))) return false
  await rest.put(route, { body: specs })
  return true
}

export interface CommandChanges {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

/** What `register` would change, by the commands' names. */
export async function changedCommands(
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
  specs: readonly Spec[],
): Promise<CommandChanges> {
  const registered = await registeredAt(rest, routeOf(applicationId, guildId))
  const there = new Map(registered.map(command => [keyOf(command), command]))
  const ours = new Map(specs.map(spec => [keyOf(spec as unknown as Record<string, unknown>), spec]))
  const names = (keys: readonly string[]) => keys.map(key => key.slice(key.indexOf(' ') + 1)).sort()
  return {
    added: names([...ours.keys()].filter(key => !there.has(key))),
    changed: names(
      [...ours].filter(([key, spec]) => there.has(key) && !isSame(spec, there.get(key))).map(([key]) => key),
    ),
    removed: names([...there.keys()].filter(key => !ours.has(key))),
  }
}

const routeOf = (applicationId: string, guildId: string | undefined) =>
  guildId === undefined
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, guildId)

async function registeredAt(rest: REST, route: ReturnType<typeof routeOf>) {
  const query = new URLSearchParams({ with_localizations: 'true' })
  return Registered.parse(await rest.get(route, { query }))
}

const keyOf = (command: Record<string, unknown>): string => `${command['type'] ?? 1} ${command['name']}`

/** Whether the specs equal what is registered, apart from defaults and order. */
export function sameCommands(
  specs: readonly Spec[],
  registered: readonly Record<string, unknown>[],
): boolean {
  const there = new Map(registered.map(command => [keyOf(command), command]))
  if (there.size !== specs.length) return false
  return specs.every(spec => isSame(spec, there.get(keyOf(spec as unknown as Record<string, unknown>))))
}

function isSame(spec: Spec, found: Record<string, unknown> | undefined): boolean {
  if (found === undefined) return false
  const ours = spec as unknown as Record<string, unknown>
  const omitted = defaultedFields.filter(name => ours[name] === undefined)
  return isDeepStrictEqual(plain(ours, omitted), plain(found, omitted))
}

function plain(value: unknown, ignored: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map(item => plain(item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([name, held]) => !addedByDiscord.has(name) && !ignored.includes(name) && !isDefault(name, held))
    .map(([name, held]) => [name, plain(held)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function isDefault(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === false) return true
  if (name === 'description' && value === '') return true
  if (name === 'type' && value === 1) return false
  return typeof value === 'object' && Object.keys(value).length === 0
}
