import type { PersonEvent } from '../person-api.ts'
import type { WorldEvent } from '../state/bus.ts'
import type { Channel, Message, Person } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { interactionFor } from './interact.ts'
import { canSee, channelFor, viewFor } from './scope.ts'

/** Calls back with everything that this person's client would hear of. Returns what ends it. */
export function follow(world: World, person: Person, tell: (event: PersonEvent) => void): () => void {
  tell({ type: 'hello', online: world.online })
  return world.bus.on(event => {
    const seen = retell(world, person, event)
    if (seen !== undefined) tell(seen)
  })
}

function retell(world: World, person: Person, event: WorldEvent): PersonEvent | undefined {
  switch (event.type) {
    case 'message':
    case 'message-edited':
      return aboutMessage(world, person, event.message, event.type)
    case 'reaction-added':
    case 'reaction-removed':
    case 'vote-added':
    case 'vote-removed':
      return aboutMessage(world, person, event.message, 'message-edited')
    case 'message-deleted':
      if (!visible(world, person, event.message)) return undefined
      return { type: event.type, channelId: event.message.channelId, id: event.message.id }
    case 'channel':
    case 'channel-edited':
      return aboutChannel(world, person, event.type, event.channel)
    case 'channel-deleted':
      return { type: event.type, id: event.channel.id }
    case 'typing':
      if (!canSee(world, person, event.channel) || event.user.id === person.user.id) return undefined
      return { type: event.type, channelId: event.channel.id, user: event.user }
    case 'interaction-changed':
      if (event.interaction.user.id !== person.user.id) return undefined
      return { type: 'interaction', interaction: interactionFor(world, person, event.interaction) }
    case 'interaction':
      return undefined
    case 'commands':
    case 'bot':
      return event
    case 'clock':
      return { type: event.type, now: world.clock.now() }
    default:
      return { type: 'overview' }
  }
}

function visible(world: World, person: Person, message: Message): boolean {
  const channel = world.channels.get(message.channelId)
  if (channel === undefined || !canSee(world, person, channel)) return false
  return message.audience === undefined || message.audience === person.user.id
}

function aboutMessage(
  world: World,
  person: Person,
  message: Message,
  type: 'message' | 'message-edited',
): PersonEvent | undefined {
  return visible(world, person, message) ? { type, message: viewFor(world, person, message) } : undefined
}

/** A channel may come into sight or leave it by an edit: then the whole picture is new. */
function aboutChannel(
  world: World,
  person: Person,
  type: 'channel' | 'channel-edited',
  channel: Channel,
): PersonEvent | undefined {
  if (canSee(world, person, channel)) return { type, channel: channelFor(world, person, channel) }
  return type === 'channel-edited' ? { type: 'overview' } : undefined
}
