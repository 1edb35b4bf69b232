import { type Client, type Interaction, Message } from 'discord.js'
import { z } from 'zod'
import type { Log } from '../log.ts'
import { snowflake } from '../snowflake.ts'
import type { GuildReader } from './guild-reader.ts'

/** Parts of discord.js that its types keep private: what it does with an interaction of the gateway. */
interface InteractionActions {
  readonly actions: { readonly InteractionCreate: { handle(payload: unknown): void } }
}

const Place = z.looseObject({
  guild_id: z.string().regex(snowflake).optional(),
})

/**
 * Takes interactions that did not come by the gateway: discord.js builds and emits them as if they had.
 * @param inFlight what is being answered: the listener adds an interaction as it is emitted
 * @returns what emits an interaction, and resolves when that is answered; it never rejects
 */
export function openPayloads(
  client: Client,
  guilds: GuildReader,
  { inFlight, log }: { inFlight: ReadonlySet<Promise<void>>; log: Log },
): (payload: unknown) => Promise<void> {
  return async payload => {
    const { guild_id: id } = Place.safeParse(payload).data ?? {}
    if (id !== undefined) guilds.warm(id)
    const before = inFlight.size
    try {
      ;(client as unknown as InteractionActions).actions.InteractionCreate.handle(payload)
    } catch (error) {
      log.error({ err: error }, 'an interaction could not be read')
    }
    if (inFlight.size > before) await [...inFlight].at(-1)
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
