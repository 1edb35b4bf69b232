import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  InteractionType,
} from 'discord-api-types/v10'
import { startInteraction } from '../operations/interactions.ts'
import type { InteractionView } from '../person-api.ts'
import type { Channel, Interaction, Message, Person } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { messageView } from '../view/message.ts'
import { findCommand } from './commands.ts'
import { sentOptions, type Typed } from './options.ts'
import { createResolver } from './resolve.ts'
import { findChannel, findMessage, viewFor } from './scope.ts'
import { UserApiError } from './user-api-error.ts'

export interface TypedCommand extends Typed {
  readonly command: string
}

/** @throws Trouble 409 when no bot listens */
export function begin(
  world: World,
  person: Person,
  channel: Channel,
  start: Pick<Interaction, 'type' | 'data' | 'source' | 'command'>,
): Interaction {
  if (!world.reachable && world.interactionsEndpoint === undefined)
    throw new UserApiError(409, 'the bot is not connected')
  return startInteraction(world, {
    ...start,
    user: person.user,
    channelId: channel.id,
    guildId: channel.guildId,
  })
}

export function slash(world: World, person: Person, channelId: string, typed: TypedCommand): Interaction {
  const channel = findChannel(world, person, channelId)
  const command = findCommand(world, person, channel, typed.command, ApplicationCommandType.ChatInput)
  const resolver = createResolver(world, person, channel)
  const options = sentOptions(command, typed, resolver)
  return begin(world, person, channel, {
    type: InteractionType.ApplicationCommand,
    command,
    source: undefined,
    data: { ...named(command), options, resolved: resolver.resolved },
  })
}

export function autocomplete(
  world: World,
  person: Person,
  channelId: string,
  typed: TypedCommand & { readonly focused: string },
): Interaction {
  const channel = findChannel(world, person, channelId)
  const command = findCommand(world, person, channel, typed.command, ApplicationCommandType.ChatInput)
  const options = sentOptions(command, typed, createResolver(world, person, channel), typed.focused)
  return begin(world, person, channel, {
    type: InteractionType.ApplicationCommandAutocomplete,
    command,
    source: undefined,
    data: { ...named(command), options },
  })
}

/** A command of a message's menu. The bot gets the message whole, whatever its intents. */
export function menu(
  world: World,
  person: Person,
  channelId: string,
  messageId: string,
  name: string,
): Interaction {
  const message = findMessage(world, person, channelId, messageId)
  const channel = findChannel(world, person, channelId)
  const command = findCommand(world, person, channel, name, ApplicationCommandType.Message)
  const shown = messageView(world, message, { viewer: world.bot.id })
  return begin(world, person, channel, {
    type: InteractionType.ApplicationCommand,
    command,
    source: undefined,
    data: { ...named(command), target_id: message.id, resolved: { messages: { [message.id]: shown } } },
  })
}

const named = ({ id, name, type, guild_id }: NonNullable<Interaction['command']>) => ({
  id,
  name,
  type,
  ...(guild_id === undefined ? {} : { guild_id }),
})

/** Resolves when the bot has acknowledged, or 3 seconds are over. */
export function acknowledged(world: World, interaction: Interaction): Promise<Interaction> {
  if (interaction.state !== 'waiting') return Promise.resolve(interaction)
  return new Promise(resolve => {
    const stop = world.bus.on(event => {
      if (event.type !== 'interaction-changed' || event.interaction !== interaction) return
      stop()
      resolve(interaction)
    })
  })
}

const shownStates = { 'deferred-update': 'updated', suggested: 'replied' } as const

export function interactionFor(world: World, person: Person, interaction: Interaction): InteractionView {
  const { id, channelId, state } = interaction
  const message: Message | undefined = interaction.original ?? interaction.followUps.at(-1)
  return {
    id,
    channelId,
    state: state === 'deferred-update' || state === 'suggested' ? shownStates[state] : state,
    ...(message === undefined ? {} : { message: viewFor(world, person, message) }),
    ...(state === 'modal' ? { modal: interaction.answer as APIModalInteractionResponseCallbackData } : {}),
  }
}

export const choicesOf = (interaction: Interaction): APIApplicationCommandOptionChoice[] | undefined =>
  interaction.state === 'suggested' ? (interaction.answer as APIApplicationCommandOptionChoice[]) : undefined
