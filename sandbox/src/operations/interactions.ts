import { randomBytes } from 'node:crypto'
import {
  type APIMessage,
  ApplicationCommandOptionType,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10'
import type { Interaction, Message } from '../state/types.ts'
import type { World } from '../state/world.ts'
import type { MessageBody } from '../validation/body.ts'
import { refusal } from '../validation/refusal.ts'
import type { Upload } from './compose.ts'
import { createMessage, deleteMessage, editMessage } from './messages.ts'

/** Discord waits this long for the first acknowledgement. */
const acknowledgeWithin = 3000
/** How long an interaction's token can be used. */
const tokenLifetime = 15 * 60_000

type Start = Pick<Interaction, 'type' | 'user' | 'channelId' | 'guildId' | 'source' | 'command' | 'data'>

/** Tells the bot that somebody used a command or a component; it fails unless acknowledged in time. */
export function startInteraction(world: World, start: Start): Interaction {
  const id = world.newId()
  const interaction: Interaction = {
    ...start,
    id,
    token: Buffer.from(`interaction:${id}:${randomBytes(32).toString('base64url')}`).toString('base64url'),
    createdAt: world.clock.now(),
    cancelDeadline: world.clock.after(acknowledgeWithin, () => settle(world, interaction, 'failed')),
    state: 'waiting',
    original: undefined,
    followUps: [],
    answer: undefined,
  }
  forgetExpired(world)
  world.interactions.set(id, interaction)
  world.bus.emit({ type: 'interaction', interaction })
  return interaction
}

function forgetExpired(world: World): void {
  for (const old of world.interactions.values()) {
    if (!expired(world, old)) return
    world.interactions.delete(old.id)
  }
}

const expired = (world: World, { createdAt }: Interaction) => world.clock.now() - createdAt > tokenLifetime

/** @throws Refusal 10062 when it is unknown or too late, 40060 when it has been acknowledged */
export function unanswered(world: World, id: string, token: string): Interaction {
  const interaction = world.interactions.get(id)
  if (interaction === undefined || interaction.token !== token) throw refusal(10062)
  if (interaction.state === 'failed') throw refusal(10062)
  if (interaction.state !== 'waiting') throw refusal(40060)
  if (world.clock.now() - interaction.createdAt > acknowledgeWithin) throw refusal(10062)
  return interaction
}

/** @throws Refusal 50027 when the token is unknown or expired, 10015 before the first acknowledgement */
export function answeredBy(world: World, token: string): Interaction {
  const id = Buffer.from(token, 'base64url').toString().split(':')[1] ?? ''
  const interaction = world.interactions.get(id)
  if (interaction?.token !== token || expired(world, interaction)) throw refusal(50027)
  if (interaction.state === 'waiting' || interaction.state === 'failed') throw refusal(10015)
  return interaction
}

export function settle(world: World, interaction: Interaction, state: Interaction['state']): void {
  interaction.cancelDeadline()
  interaction.state = state
  world.bus.emit({ type: 'interaction-changed', interaction })
}

const typeOfReply = (interaction: Interaction): MessageType => {
  if (interaction.type !== InteractionType.ApplicationCommand) return MessageType.Reply
  return interaction.command?.type === 1 ? MessageType.ChatInputCommand : MessageType.ContextMenuCommand
}

interface SentOption {
  readonly name: string
  readonly type: ApplicationCommandOptionType
  readonly options?: readonly SentOption[]
}

/** `queue propose`: subcommands and their groups are a part of it. */
function fullName({ command, data }: Interaction): string {
  const names = [command?.name ?? '']
  let options = (data as { options?: readonly SentOption[] }).options
  for (let depth = 0; depth < 2; depth++) {
    const nested = options?.find(({ type }) => type <= ApplicationCommandOptionType.SubcommandGroup)
    if (nested === undefined) break
    names.push(nested.name)
    options = nested.options
  }
  return names.join(' ')
}

/** What every message carries that an interaction brought about. */
function metadata(world: World, interaction: Interaction): Partial<APIMessage> {
  const { id, type, user, command, source } = interaction
  const owners = interaction.guildId === undefined ? { 1: user.id } : { 0: interaction.guildId }
  const pressed = type === InteractionType.MessageComponent ? source : undefined
  return {
    application_id: world.bot.id,
    webhook_id: world.bot.id,
    interaction_metadata: {
      id,
      type,
      user,
      authorizing_integration_owners: owners,
      ...(command === undefined ? {} : { name: command.name, command_type: command.type }),
      ...(pressed === undefined ? {} : { interacted_message_id: pressed.id }),
    } as unknown as NonNullable<APIMessage['interaction_metadata']>,
    ...(command === undefined ? {} : { interaction: { id, type, name: fullName(interaction), user } }),
  }
}

interface Answer {
  readonly body: MessageBody
  readonly uploads: readonly Upload[]
  readonly ephemeral: boolean
  readonly loading?: boolean
}

function sendAnswer(world: World, interaction: Interaction, type: MessageType, answer: Answer): Message {
  const channel = world.channels.get(interaction.channelId)
  if (channel === undefined) throw refusal(10003)
  const { body, uploads, ephemeral, loading = false } = answer
  return createMessage(world, {
    channel,
    author: world.bot,
    body,
    uploads,
    type,
    audience: ephemeral ? interaction.user.id : undefined,
    flags: (ephemeral ? MessageFlags.Ephemeral : 0) | (loading ? MessageFlags.Loading : 0),
    extra: metadata(world, interaction),
  })
}

/** The first reply: a message, or "thinking…". */
export function reply(world: World, interaction: Interaction, answer: Answer): Message {
  const message = sendAnswer(world, interaction, typeOfReply(interaction), answer)
  interaction.original = message
  settle(world, interaction, answer.loading ? 'deferred' : 'replied')
  return message
}

/** A message beside the first. After a deferral that nothing has filled yet it is the first, and as private. */
export function followUp(world: World, interaction: Interaction, answer: Answer): Message {
  const { original } = interaction
  if (original !== undefined && ((original.data.flags ?? 0) & MessageFlags.Loading) !== 0)
    return editOriginal(world, interaction, original, answer.body, answer.uploads)
  const message = sendAnswer(world, interaction, MessageType.Reply, answer)
  interaction.followUps.push(message)
  world.bus.emit({ type: 'interaction-changed', interaction })
  return message
}

export function editOriginal(
  world: World,
  interaction: Interaction,
  message: Message,
  body: MessageBody,
  uploads: readonly Upload[],
): Message {
  editMessage(world, message, body, uploads)
  if (message === interaction.original && interaction.state === 'deferred')
    settle(world, interaction, 'replied')
  else if (message === interaction.source) settle(world, interaction, 'updated')
  else world.bus.emit({ type: 'interaction-changed', interaction })
  return message
}

export function deleteAnswer(world: World, interaction: Interaction, message: Message): void {
  deleteMessage(world, message)
  if (interaction.original === message) interaction.original = undefined
  world.bus.emit({ type: 'interaction-changed', interaction })
}
