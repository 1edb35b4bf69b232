import { PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import { bitsToSend } from '../operations/permission-checks.ts'
import type { ChannelView, MessageView } from '../person-api.ts'
import { may, messageOf, permissionsIn, personOf } from '../state/lookup.ts'
import type { Channel, Message, Person } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { channelView } from '../view/channel.ts'
import { messageView } from '../view/message.ts'
import { UserApiError } from './user-api-error.ts'

/** @param name as in addresses, or a user id */
export function findPerson(world: World, name: string): Person {
  const person = world.people.get(name) ?? personOf(world, name)
  if (person === undefined) throw new UserApiError(404, `nobody here is called ${name}`)
  return person
}

export const canSee = (world: World, person: Person, channel: Channel): boolean =>
  may(world, person.user.id, channel, Bits.ViewChannel)

/** A channel that this person sees. */
export function findChannel(world: World, person: Person, id: string): Channel {
  const channel = world.channels.get(id)
  if (channel === undefined || !canSee(world, person, channel)) throw new UserApiError(404, 'no such channel')
  return channel
}

/** A message that this person sees. */
export function findMessage(world: World, person: Person, channelId: string, id: string): Message {
  const channel = findChannel(world, person, channelId)
  const message = messageOf(channel, id, person.user.id)
  if (message === undefined) throw new UserApiError(404, 'no such message')
  return message
}

/** @param what for people: what the permission is for */
export function demand(world: World, person: Person, channel: Channel, bits: bigint, what: string): void {
  if (!may(world, person.user.id, channel, bits))
    throw new UserApiError(403, `${person.name} may not ${what} here`)
}

export const viewFor = (world: World, person: Person, message: Message): MessageView =>
  messageView(world, message, { viewer: person.user.id })

export function channelFor(world: World, person: Person, channel: Channel): ChannelView {
  const bits = permissionsIn(world, person.user.id, channel)
  return {
    ...channelView(world, channel, person.user.id),
    permissions: bits.toString(),
    canSend: (bits & bitsToSend(channel)) !== 0n && !(channel.thread?.archived && channel.thread.locked),
  }
}
