import { type BaseInteraction, type Message as DiscordMessage, MessageFlags } from 'discord.js'
import type { CommandContext, ComponentInteraction, MessageSnapshot, NamedChannel } from '../bot/command.ts'
import { lengths } from '../lengths.ts'
import type { Row } from '../view/reply.ts'
import { progressOf } from './progress.ts'
import type { Turn } from './turns.ts'

/** An interaction's token lives 15 minutes; work that takes longer cannot be answered. */
const tokenLifetime = 14.5 * 60_000

export function contextOf(interaction: BaseInteraction, { inTurn }: Pick<Turn, 'inTurn'>): CommandContext {
  return {
    id: interaction.id,
    user: { id: interaction.user.id, name: interaction.user.displayName },
    guildId: interaction.guildId ?? undefined,
    channelId: interaction.channelId ?? undefined,
    locale: interaction.locale,
    permissions: interaction.memberPermissions?.bitfield ?? 0n,
    channels: channelsOf(interaction),
    at: interaction.createdAt,
    signal: AbortSignal.timeout(tokenLifetime),
    inTurn,
    progress: text => progressOf(interaction).tell(text),
  }
}

/** Channels that options or menus name, with what the member may do in them. */
function channelsOf(interaction: BaseInteraction): ReadonlyMap<string, NamedChannel> {
  const named = new Map<string, NamedChannel>()
  for (const channel of resolvedChannels(interaction)?.values() ?? []) {
    if (!channel || !('name' in channel)) continue
    named.set(channel.id, {
      id: channel.id,
      name: channel.name ?? '',
      type: channel.type,
      permissions: permissionsIn(channel, interaction),
    })
  }
  return named
}

function resolvedChannels(interaction: BaseInteraction) {
  if (interaction.isChatInputCommand()) return interaction.options.resolved?.channels
  if (interaction.isChannelSelectMenu()) return interaction.channels
  if (interaction.isModalSubmit()) return interaction.fields.resolved?.channels
  return undefined
}

function permissionsIn(channel: object, interaction: BaseInteraction): bigint {
  if ('permissions' in channel && typeof channel.permissions === 'string') return BigInt(channel.permissions)
  if (!interaction.inCachedGuild()) return 0n
  const cached = interaction.guild.channels.cache.get((channel as { id: string }).id)
  return cached?.permissionsFor(interaction.member)?.bitfield ?? 0n
}

/** A message's parts that commands may read, in plain data. */
export function messageSnapshot(message: DiscordMessage): MessageSnapshot {
  return {
    id: message.id,
    channelId: message.channelId,
    isEphemeral: message.flags.has(MessageFlags.Ephemeral),
    content: message.content,
    embeds: message.embeds.map(embed => ({
      title: embed.title ?? undefined,
      description: embed.description ?? undefined,
    })),
    components: message.components.map(row => row.toJSON()).filter((row): row is Row => 'components' in row),
  }
}

export function componentInteractionOf(
  interaction: BaseInteraction,
  args: readonly string[],
  turn: Turn,
): ComponentInteraction {
  const message = 'message' in interaction ? (interaction.message as DiscordMessage | null) : null
  return {
    ...contextOf(interaction, turn),
    args,
    values: interaction.isAnySelectMenu() ? interaction.values : [],
    fields: interaction.isModalSubmit()
      ? Object.fromEntries(
          interaction.fields.fields.map(field => [
            field.customId,
            'values' in field
              ? field.values.join(',')
              : 'value' in field
                ? String(field.value).slice(0, lengths.typed)
                : '',
          ]),
        )
      : {},
    message: message === null ? undefined : messageSnapshot(message),
  }
}
