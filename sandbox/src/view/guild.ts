import type { Channel, Guild } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { channelView } from './channel.ts'
import { memberView, roleView } from './people.ts'

/** As `GET /guilds/{id}` shows it. */
export function guildView(guild: Guild) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    description: null,
    banner: null,
    owner_id: guild.ownerId,
    region: 'sandbox',
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    application_id: null,
    preferred_locale: guild.locale,
    max_members: 500_000,
    max_video_channel_users: 25,
    features: [],
    emojis: [],
    stickers: [],
    roles: [...guild.roles.values()].map(roleView),
  }
}

export const channelsOf = (world: World, guild: Guild): Channel[] =>
  [...world.channels.values()].filter(channel => channel.guildId === guild.id)

/** As the gateway's GUILD_CREATE brings it. */
export function guildCreation(world: World, guild: Guild) {
  const channels = channelsOf(world, guild)
  const own = guild.members.get(world.bot.id)
  return {
    ...guildView(guild),
    joined_at: new Date(own?.joinedAt ?? world.clock.now()).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    // Below the "large" threshold Discord sends every member only with the intent; the bot itself always.
    members: own === undefined ? [] : [memberView(own)],
    channels: channels.filter(({ thread }) => thread === undefined).map(each => channelView(world, each)),
    threads: channels
      .filter(({ thread }) => thread?.archived === false)
      .map(each => channelView(world, each)),
  }
}
