import type { APIApplicationCommand } from 'discord-api-types/v10'
import type { World } from '../state/world.ts'
import { type CommandBody, validateCommand } from '../validation/commands.ts'
import { refusal } from '../validation/refusal.ts'

const most: Record<number, number> = { 1: 100, 2: 15, 3: 15 }
const typeOf = (command: { type?: number | null | undefined }) => command.type ?? 1

export const commandsIn = (world: World, scope: string): readonly APIApplicationCommand[] =>
  world.commands.get(scope) ?? []

/**
 * @param scope a guild's id or `global`
 * @throws Refusal 10063
 */
export function commandOf(world: World, scope: string, id: string): APIApplicationCommand {
  const found = commandsIn(world, scope).find(command => command.id === id)
  if (found === undefined) throw refusal(10063)
  return found
}

/** Replaces the whole list. A command of the same type and name keeps its id. */
export function overwriteCommands(world: World, scope: string, bodies: readonly CommandBody[]): void {
  const before = commandsIn(world, scope)
  save(
    world,
    scope,
    bodies.map(body => stored(world, scope, body, find(before, body))),
  )
}

/** Adds a command, or replaces the one of the same type and name. */
export function putCommand(
  world: World,
  scope: string,
  raw: unknown,
): { command: APIApplicationCommand; fresh: boolean } {
  const body = validateCommand(raw)
  const before = commandsIn(world, scope)
  const found = find(before, body)
  const sameType = before.filter(command => typeOf(command) === typeOf(body))
  if (found === undefined && sameType.length >= (most[typeOf(body)] ?? 0)) throw refusal(30032)
  const command = stored(world, scope, body, found)
  save(world, scope, [...before.filter(each => each !== found), command])
  return { command, fresh: found === undefined }
}

export function changeCommand(world: World, scope: string, id: string, raw: unknown): APIApplicationCommand {
  const found = commandOf(world, scope, id)
  const body = validateCommand(raw, { ...found })
  const command = stored(world, scope, body, found)
  save(
    world,
    scope,
    commandsIn(world, scope).map(each => (each === found ? command : each)),
  )
  return command
}

export function removeCommand(world: World, scope: string, id: string): void {
  const found = commandOf(world, scope, id)
  save(
    world,
    scope,
    commandsIn(world, scope).filter(each => each !== found),
  )
}

function save(world: World, scope: string, commands: APIApplicationCommand[]): void {
  world.commands.set(scope, commands)
  world.bus.emit({ type: 'commands' })
}

const find = (commands: readonly APIApplicationCommand[], body: CommandBody) =>
  commands.find(each => each.name === body.name && typeOf(each) === typeOf(body))

/** With Discord's defaults filled in, and nothing kept that was sent as null. */
function stored(
  world: World,
  scope: string,
  body: CommandBody,
  before: APIApplicationCommand | undefined,
): APIApplicationCommand {
  const { default_member_permissions: bits, options, ...rest } = body
  return {
    ...withoutNulls(rest),
    id: before?.id ?? world.newId(),
    application_id: world.bot.id,
    version: world.newId(),
    type: typeOf(body),
    description: body.description ?? '',
    name_localizations: body.name_localizations ?? null,
    description_localizations: body.description_localizations ?? null,
    default_member_permissions: bits == null ? null : String(bits),
    dm_permission: body.dm_permission ?? true,
    contexts: body.contexts ?? null,
    // What the application's own settings allow, and they allow both.
    integration_types: body.integration_types ?? [0, 1],
    nsfw: body.nsfw ?? false,
    ...(options?.length ? { options: withoutNulls(options) } : {}),
    ...(scope === 'global' ? {} : { guild_id: scope }),
  } as unknown as APIApplicationCommand
}

function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, item]) => item != null)
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNulls(item)])) as T
}
