import { type Client, type Interaction, Message } from 'discord.js'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Log } from '../log.ts'
import { isDiscordRefusal } from './rest-errors.ts'

/** Parts of discord.js that its types keep private: what it does with an interaction of the gateway. */
interface InteractionActions {
  readonly actions: { readonly InteractionCreate: { handle(payload: unknown): void } }
}

const Place = z.looseObject({
  guild_id: z
    .string()
    .regex(/^\d{17,20}$/u)
    .optional(),
})

/** How long a server that was read stands for what it is now, in ms. */
const freshFor = 5 * 60_000
/** Servers that are remembered. */
const maxGuilds = 1_000
/** How long an interaction waits for its server to be read, in ms: it must be acknowledged within three seconds. */
const maxWait = 1_000

/**
 * Takes interactions that did not come by the gateway: discord.js builds and emits them as if they had. It knows no
 * server without the gateway, so that of each interaction is read over REST first, and again after some minutes.
 * @returns what emits an interaction; it never rejects
 */
export function openPayloads(client: Client, log: Log): (payload: unknown) => Promise<void> {
  const read = new LRUCache<string, Promise<void>>({ max: maxGuilds, ttl: freshFor })
  const readGuild = async (id: string) => {
    try {
      const guild = await client.guilds.fetch({ guild: id, force: true })
      await Promise.all([guild.channels.fetch(), guild.members.fetchMe()])
    } catch (error) {
      // Where a person alone has installed the application, the bot sees nothing of the server.
      if (isDiscordRefusal(error)) return
      read.delete(id)
      log.warn({ err: error }, 'a server could not be read')
    }
  }
  const known = (id: string): Promise<void> => {
    const reading = read.get(id) ?? readGuild(id)
    if (!read.has(id)) read.set(id, reading)
    // One that was read before answers at once, and is read again meanwhile.
    return client.guilds.cache.has(id) ? Promise.resolve() : reading
  }
  return async payload => {
    const { guild_id: id } = Place.safeParse(payload).data ?? {}
    if (id !== undefined)
      await Promise.race([known(id), new Promise(resolve => setTimeout(resolve, maxWait))])
    try {
      ;(client as unknown as InteractionActions).actions.InteractionCreate.handle(payload)
    } catch (error) {
      log.error({ err: error }, 'an interaction could not be read')
    }
  }
}

/**
 * discord.js leaves an interaction's message as plain JSON when the bot does not see its channel, as where a person
 * alone has installed the application.
 */
export function completeMessage(interaction: Interaction): void {
  if (!('message' in interaction) || interaction.message === null || interaction.message instanceof Message)
    return
  const built: Message = Reflect.construct(Message, [interaction.client, interaction.message])
  Object.assign(interaction, { message: built })
}
