import { type Client, Routes } from 'discord.js'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Log } from '../log.ts'
import { isDiscordRefusal } from './rest-errors.ts'

/** Reads servers over REST into discord.js's caches: without a gateway nothing else fills them. */
export interface GuildReader {
  /** Resolves when the server is in the caches, or cannot be. Never rejects. */
  read(guildId: string): Promise<void>
  /** Reads the server in the background, unless it was read within some minutes. */
  warm(guildId: string): void
  /**
   * Reads a server that may have been read before: without a gateway, what may be done there changes unseen. Joins a
   * read that is under way. Never rejects.
   */
  readAgain(guildId: string): Promise<void>
  /** Resolves when the channel's server is in the caches, or cannot be. Never rejects. */
  readOf(channelId: string): Promise<void>
}

const Channel = z.looseObject({ guild_id: z.string().optional() })

/** How long a server that was read stands for what it is now, in ms. */
const freshFor = 5 * 60_000
/** Servers that are remembered. */
const maxGuilds = 1_000

export function openGuildReader(client: Client, log: Log): GuildReader {
  const reads = new LRUCache<string, Promise<void>>({ max: maxGuilds, ttl: freshFor })
  const underWay = new Set<string>()
  const read = async (id: string) => {
    underWay.add(id)
    try {
      const guild = await client.guilds.fetch({ guild: id, force: true })
      await Promise.all([guild.channels.fetch(), guild.members.fetchMe({ force: true })])
    } catch (error) {
      // Where a person alone has installed the application, the bot sees nothing of the server.
      if (isDiscordRefusal(error)) return
      reads.delete(id)
      log.warn({ err: error }, 'a server could not be read')
    } finally {
      underWay.delete(id)
    }
  }
  const known = (id: string): Promise<void> => {
    const reading = reads.get(id) ?? read(id)
    if (!reads.has(id)) reads.set(id, reading)
    return reading
  }
  return {
    read: known,
    readAgain(guildId) {
      if (!underWay.has(guildId)) reads.delete(guildId)
      return known(guildId)
    },
    warm: guildId => void known(guildId),
    async readOf(channelId) {
      try {
        const { guild_id: id } = Channel.parse(await client.rest.get(Routes.channel(channelId)))
        if (id !== undefined) await known(id)
      } catch (error) {
        log.debug({ err: error }, 'a channel could not be read')
      }
    },
  }
}
