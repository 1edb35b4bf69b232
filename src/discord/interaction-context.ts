import { type BaseInteraction, type Message as DiscordMessage, MessageFlags } from 'discord.js'
import { z } from 'zod'
import type { CommandContext, ComponentInteraction, MessageSnapshot } from '../bot/command.ts'
import { lengths } from '../lengths.ts'
import type { Row } from '../view/reply.ts'
import { progressOf } from './progress.ts'
import type { Turn } from './turns.ts'

/** An interaction's token lives 15 minutes; work that takes longer cannot be answered. */
const tokenLifetime = 14.5 * 60_000

const ResolvedChannel = z.looseObject({ id: z.string(), app_permissions: z.string().regex(/^\d{1,25}$/u) })

export function contextOf(interaction: BaseInteraction, { inTurn }: Pick<Turn, 'inTurn'>): CommandContext {
  return {
    id: interaction.id,
    user: { id: interaction.user.id, name: interaction.user.displayName },
    guildId: interaction.guildId ?? undefined,
    channelId: interaction.channelId ?? undefined,
    locale: interaction.locale,
    permissions: interaction.memberPermissions?.bitfield ?? 0n,
    appPermissions: appPermissionsOf(interaction),
    at: interaction.createdAt,
    signal: AbortSignal.timeout(tokenLifetime),
    inTurn,
    progress: text => progressOf(interaction).tell(text),
  }
}

/** `app_permissions` of where it was used, and of channels that options or menus name if discord.js leaves them as sent. */
function appPermissionsOf(interaction: BaseInteraction): ReadonlyMap<string, bigint> {
  const told = new Map<string, bigint>()
  if (interaction.channelId !== null) told.set(interaction.channelId, interaction.appPermissions.bitfield)
  for (const channel of resolvedChannels(interaction)?.values() ?? []) {
    const parsed = ResolvedChannel.safeParse(channel).data
    if (parsed !== undefined) told.set(parsed.id, BigInt(parsed.app_permissions))
  }
  return told
}

function resolvedChannels(interaction: BaseInteraction) {
  if (interaction.isChatInputCommand()) return interaction.options.resolved?.channels
  if (interaction.isChannelSelectMenu()) return interaction.channels
  if (interaction.isModalSubmit()) return interaction.fields.resolved?.channels
  return undefined
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
