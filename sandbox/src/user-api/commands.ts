import {
  type APIApplicationCommand,
  type ApplicationCommandType,
  ApplicationIntegrationType,
  PermissionFlagsBits as Bits,
  InteractionContextType,
} from 'discord-api-types/v10'
import { commandsIn } from '../operations/commands.ts'
import { permissionsIn } from '../state/lookup.ts'
import type { Channel, Person } from '../state/types.ts'
import { globalScope, type World } from '../state/world.ts'
import { UserApiError } from './user-api-error.ts'

/** Commands of the bot that this person is offered in a channel. */
export function commandsFor(world: World, person: Person, channel: Channel): APIApplicationCommand[] {
  const { guildId } = channel
  if (guildId === undefined) {
    if (!channel.recipients.includes(world.bot.id)) return []
    return commandsIn(world, globalScope).filter(command => fitsDirect(command))
  }
  const isHere = world.guilds.get(guildId)?.members.has(world.bot.id) === true
  if (!isHere && !person.hasInstalled) return []
  const bits = permissionsIn(world, person.user.id, channel)
  if (!(bits & Bits.UseApplicationCommands)) return []
  const all = isHere
    ? [...commandsIn(world, guildId), ...commandsIn(world, globalScope)]
    : commandsIn(world, globalScope).filter(forUsers)
  return all.filter(command => fitsGuild(command) && permits(command, bits))
}

const fitsDirect = ({ contexts, dm_permission }: APIApplicationCommand): boolean =>
  contexts == null ? dm_permission !== false : contexts.includes(InteractionContextType.BotDM)

const forUsers = ({ integration_types }: APIApplicationCommand): boolean =>
  integration_types?.includes(ApplicationIntegrationType.UserInstall) === true

const fitsGuild = ({ contexts }: APIApplicationCommand): boolean =>
  contexts == null || contexts.includes(InteractionContextType.Guild)

/** Members need all of the bits; "0" leaves a command to administrators. */
function permits({ default_member_permissions: needed }: APIApplicationCommand, bits: bigint): boolean {
  if (needed == null || (bits & Bits.Administrator) !== 0n) return true
  const wanted = BigInt(needed)
  return wanted !== 0n && (bits & wanted) === wanted
}

/** @param name or id */
export function findCommand(
  world: World,
  person: Person,
  channel: Channel,
  name: string,
  type: ApplicationCommandType,
): APIApplicationCommand {
  const found = commandsFor(world, person, channel).find(
    command => command.type === type && (command.id === name || command.name === name),
  )
  if (found === undefined) throw new UserApiError(404, `${person.name} is offered no command “${name}” here`)
  return found
}
