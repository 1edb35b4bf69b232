import { formView } from '../forms.ts'
import type { ChannelView, GuildView, Info, Overview } from '../person-api.ts'
import { byAge } from '../snowflake.ts'
import type { Channel, Guild, Person } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { channelsOf } from '../view/guild.ts'
import { roleView } from '../view/people.ts'
import { canSee, channelFor } from './scope.ts'

const notice =
  'This is a sandbox: it plays Discord for a bot on this machine. It is not Discord, and nothing leaves the machine.'

export function infoOf(world: World): Info {
  return {
    sandbox: true,
    notice,
    applicationId: world.bot.id,
    bot: world.bot,
    online: world.online,
    startedAt: world.startedAt,
    now: world.clock.now(),
    people: [...world.people.values()],
    forms: world.forms.map(formView),
  }
}

export function overviewFor(world: World, person: Person): Overview {
  const guilds = [...world.guilds.values()].filter(({ members }) => members.has(person.user.id))
  const direct = [...world.channels.values()].filter(({ recipients }) => recipients.includes(person.user.id))
  return {
    me: person,
    guilds: guilds.map(guild => guildFor(world, person, guild)),
    directMessages: direct.map(channel => channelFor(world, person, channel)),
  }
}

function guildFor(world: World, person: Person, guild: Guild): GuildView {
  return {
    id: guild.id,
    name: guild.name,
    ownerId: guild.ownerId,
    roles: [...guild.roles.values()].map(roleView),
    members: [...guild.members.values()].map(({ user, nick, roles }) => ({ user, nick, roles: [...roles] })),
    channels: inOrder(channelsOf(world, guild).filter(channel => canSee(world, person, channel))).map(
      (channel): ChannelView => channelFor(world, person, channel),
    ),
  }
}

/** By position, each with its threads behind it, oldest first. */
function inOrder(channels: readonly Channel[]): Channel[] {
  const threads = channels.filter(({ thread }) => thread !== undefined).sort((a, b) => byAge(a.id, b.id))
  return channels
    .filter(({ thread }) => thread === undefined)
    .sort((a, b) => a.position - b.position || byAge(a.id, b.id))
    .flatMap(channel => [channel, ...threads.filter(({ parentId }) => parentId === channel.id)])
}
