import { PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import { z } from 'zod'
import type { Gateway } from './gateway/server.ts'
import { deleteChannel, denyIn, inviteBot, removeMember } from './operations/guild-admin.ts'
import type { Channel, Guild } from './state/types.ts'
import type { World } from './state/world.ts'
import { findPerson } from './user-api/scope.ts'
import { UserApiError } from './user-api/user-api-error.ts'

const permissionNames = Object.keys(Bits) as [keyof typeof Bits, ...(keyof typeof Bits)[]]

/** Things that befall a bot and its server, at once. Channels and servers go by name or id. */
export const Incident = z.discriminatedUnion('kind', [
  /** Cuts the gateway's sockets; without `resumable` the sessions are gone as well. */
  z.object({ kind: z.literal('drop-sockets'), resumable: z.boolean().default(true) }),
  z.object({ kind: z.literal('invalid-session'), resumable: z.boolean().default(false) }),
  z.object({ kind: z.literal('reconnect') }),
  /** Closes the sockets with one of Discord's codes, such as 4004. */
  z.object({ kind: z.literal('close-sockets'), code: z.int().min(4000).max(4999) }),
  z.object({ kind: z.literal('direct-messages'), person: z.string(), open: z.boolean() }),
  /** A person adds the application to their own account, or takes it away. */
  z.object({ kind: z.literal('user-install'), person: z.string(), installed: z.boolean() }),
  /** Takes permissions from the bot in one channel; an empty list gives them back. */
  z.object({ kind: z.literal('deny'), channel: z.string(), permissions: z.array(z.enum(permissionNames)) }),
  z.object({ kind: z.literal('delete-channel'), channel: z.string() }),
  z.object({ kind: z.literal('remove-bot'), guild: z.string() }),
  z.object({ kind: z.literal('invite-bot'), guild: z.string() }),
  /** Moves the sandbox's clock forward. */
  z.object({ kind: z.literal('jump'), ms: z.number().min(0) }),
])

export type Incident = z.input<typeof Incident>

/** @throws Trouble 404 for a channel, server or person that is not there */
export function simulate(world: World, gateway: Gateway, dispatchRaw: Incident): void {
  const incident = Incident.parse(dispatchRaw)
  switch (incident.kind) {
    case 'drop-sockets':
      gateway.drop(incident)
      break
    case 'invalid-session':
      gateway.invalidate(incident)
      break
    case 'reconnect':
      gateway.askReconnect()
      break
    case 'close-sockets':
      gateway.closeAll(incident.code)
      break
    case 'direct-messages':
      findPerson(world, incident.person).directMessages = incident.open
      break
    case 'user-install':
      findPerson(world, incident.person).hasInstalled = incident.installed
      break
    case 'deny':
      denyIn(world, channelNamed(world, incident.channel), world.bot.id, bitsOf(incident.permissions))
      break
    case 'delete-channel':
      deleteChannel(world, channelNamed(world, incident.channel))
      break
    case 'remove-bot':
      removeMember(world, guildNamed(world, incident.guild), world.bot.id)
      break
    case 'invite-bot':
      inviteBot(world, guildNamed(world, incident.guild))
      break
    case 'jump':
      world.clock.jump(incident.ms)
      world.bus.emit({ type: 'clock' })
      break
  }
}

const bitsOf = (names: readonly (keyof typeof Bits)[]): bigint =>
  names.reduce((all, name) => all | Bits[name], 0n)

/** The first of that name, in the order the servers came about. */
function channelNamed(world: World, name: string): Channel {
  const found = world.channels.get(name) ?? world.channels.values().find(channel => channel.name === name)
  if (found === undefined) throw new UserApiError(404, `no channel is called ${name}`)
  return found
}

export function guildNamed(world: World, name: string): Guild {
  const found = world.guilds.get(name) ?? world.guilds.values().find(guild => guild.name === name)
  if (found === undefined) throw new UserApiError(404, `no server is called ${name}`)
  return found
}
