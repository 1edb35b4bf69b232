import { ChannelType, PermissionFlagsBits, type REST, Routes } from 'discord.js'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Channels } from '../bot/channels.ts'
import { snowflake } from '../snowflake.ts'
import { missingPermissions } from '../view/permissions.ts'
import { unlessRefused } from './unless-refused.ts'

const bits = z
  .string()
  .regex(/^\d{1,25}$/u)
  .transform(BigInt)
const Guild = z.looseObject({
  roles: z.array(z.looseObject({ id: z.string(), permissions: bits })),
})
const Channel = z.looseObject({
  id: z.string(),
  type: z.number(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  permission_overwrites: z.array(z.looseObject({ id: z.string(), allow: bits, deny: bits })).default([]),
})
type Channel = z.infer<typeof Channel>

/** Who can view a channel, as a text: equal texts of one server mean the same people. */
type Viewers = string
const everybody: Viewers = 'everybody'

interface Server {
  /** Of the role that everybody has. */
  readonly permissions: bigint
  /** Threads are not among them. */
  readonly channels: ReadonlyMap<string, Viewers>
}

/** How long what was read stands for what it is now, in ms. */
const freshFor = 60_000
const maxServers = 1_000
/** Threads and channels looked up one by one that are remembered. */
const maxLookedUp = 10_000
/** Those that are looked up for one request; the others count as hidden until they are. */
const mostLookUps = 50

/**
 * Reads over REST: a process is also asked about servers of another shard. What Discord does not show the bot, and what
 * is gone, is viewed by nobody.
 */
export function openViewable(rest: REST): Channels['viewable'] {
  const servers = new LRUCache<string, Promise<Server>>({ max: maxServers, ttl: freshFor })
  const lookedUp = new LRUCache<string, { readonly channel: Channel | undefined }>({ max: maxLookedUp })

  const serverOf = (id: string): Promise<Server> => {
    const known = servers.get(id)
    if (known !== undefined) return known
    const reading = readServer(rest, id)
    servers.set(id, reading)
    reading.catch(() => servers.delete(id))
    return reading
  }

  const lookUp = async (id: string): Promise<void> => {
    const ask = async () => Channel.parse(await rest.get(Routes.channel(id)))
    const channel = snowflake.test(id) ? await unlessRefused(ask) : undefined
    // Neither the channel of a thread nor whether it is private ever changes.
    const isFixed = channel !== undefined && isThread(channel)
    lookedUp.set(id, { channel }, isFixed ? {} : { ttl: freshFor })
  }

  return async (guildId, channelIds, place) => {
    const server = await serverOf(guildId)
    const asked = new Set(place === undefined ? channelIds : [place, ...channelIds])
    const unknown = [...asked].filter(id => !server.channels.has(id) && !lookedUp.has(id))
    await Promise.all(unknown.slice(0, mostLookUps).map(lookUp))
    const viewersOf = (id: string): Viewers | undefined => {
      const known = server.channels.get(id)
      const channel = lookedUp.get(id)?.channel
      if (known !== undefined || channel?.guild_id !== guildId) return known
      return isThread(channel) ? viewersOfThread(channel, server) : viewersIn(channel, guildId, server)
    }
    const open = new Set([everybody, place === undefined ? undefined : viewersOf(place)])
    return new Set(
      channelIds.filter(id => {
        const viewers = viewersOf(id)
        return viewers !== undefined && open.has(viewers)
      }),
    )
  }
}

async function readServer(rest: REST, id: string): Promise<Server> {
  const read = await unlessRefused(() =>
    Promise.all([rest.get(Routes.guild(id)), rest.get(Routes.guildChannels(id))]),
  )
  if (read === undefined) return { permissions: 0n, channels: new Map() }
  const { roles } = Guild.parse(read[0])
  const server = { permissions: roles.find(role => role.id === id)?.permissions ?? 0n }
  const channels = z.array(Channel).parse(read[1])
  return { ...server, channels: new Map(channels.map(one => [one.id, viewersIn(one, id, server)])) }
}

/** The role that everybody has bears the server's id. */
function viewersIn(
  { permission_overwrites: overwrites }: Channel,
  guildId: string,
  { permissions }: Pick<Server, 'permissions'>,
): Viewers {
  const own = overwrites.find(({ id }) => id === guildId) ?? { allow: 0n, deny: 0n }
  const given = (permissions & ~own.deny) | own.allow | (permissions & PermissionFlagsBits.Administrator)
  if (missingPermissions(given, PermissionFlagsBits.ViewChannel).length === 0) return everybody
  // What else is allowed there says nothing about who views it.
  const rules = overwrites.flatMap(({ id, allow, deny }) => [
    ...(allow & PermissionFlagsBits.ViewChannel ? [`+${id}`] : []),
    ...(deny & PermissionFlagsBits.ViewChannel ? [`-${id}`] : []),
  ])
  return rules.sort().join(' ')
}

/** A thread is viewed by those who view its channel; a private one by its members, whom nobody else is taken for. */
function viewersOfThread(
  { id, type, parent_id: parent }: Channel,
  { channels }: Server,
): Viewers | undefined {
  if (type === ChannelType.PrivateThread) return `thread ${id}`
  return channels.get(parent ?? '')
}

const isThread = ({ type }: Channel): boolean =>
  [ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread].includes(type)
