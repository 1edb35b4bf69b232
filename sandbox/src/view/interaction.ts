import { InteractionContextType, InteractionType } from 'discord-api-types/v10'
import { guildOf, permissionsIn, personOf } from '../state/lookup.ts'
import type { Guild, Interaction } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { channelView } from './channel.ts'
import { messageView } from './message.ts'
import { memberView } from './people.ts'

type Owners = Readonly<Record<number, string>>

/** Who has installed the application, so that it could be used there: the server, the person, or both. */
export function ownersOf(world: World, { guildId, user }: Interaction): Owners {
  const isInGuild = guildId !== undefined && world.guilds.get(guildId)?.members.has(world.bot.id) === true
  return {
    ...(isInGuild ? { 0: guildId } : {}),
    ...(personOf(world, user.id)?.hasInstalled === true ? { 1: user.id } : {}),
  }
}

/** As the gateway's INTERACTION_CREATE brings it. */
export function interactionView(world: World, interaction: Interaction): Record<string, unknown> {
  const { id, token, type, user, data, channelId, source } = interaction
  const channel = world.channels.get(channelId)
  const guild = channel && guildOf(world, channel)
  const bits = channel === undefined ? 0n : permissionsIn(world, user.id, channel)
  const own = channel === undefined ? 0n : permissionsIn(world, world.bot.id, channel)
  const shown = source === undefined ? undefined : messageView(world, source, { viewer: world.bot.id })
  return {
    id,
    application_id: world.bot.id,
    type,
    data,
    token,
    version: 1,
    channel_id: channelId,
    channel: channel && { ...channelView(world, channel), permissions: bits.toString() },
    app_permissions: own.toString(),
    locale: personOf(world, user.id)?.locale ?? 'en-US',
    entitlements: [],
    attachment_size_limit: 10_485_760,
    ...(guild === undefined
      ? outsideGuild(user)
      : insideGuild(guild, user.id, { bits, owners: ownersOf(world, interaction) })),
    ...(shown && (type === InteractionType.MessageComponent || type === InteractionType.ModalSubmit)
      ? { message: shown }
      : {}),
  }
}

const outsideGuild = (user: Interaction['user']) => ({
  user,
  context: InteractionContextType.BotDM,
  authorizing_integration_owners: { 0: '0' },
})

function insideGuild(guild: Guild, userId: string, { bits, owners }: { bits: bigint; owners: Owners }) {
  const member = guild.members.get(userId)
  return {
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    member: member && { ...memberView(member), permissions: bits.toString() },
    context: InteractionContextType.Guild,
    authorizing_integration_owners: owners,
  }
}
