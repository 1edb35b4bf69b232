import { type Client, ClientApplication, ClientUser, Routes } from 'discord.js'
import { z } from 'zod'
import type { AnyCommand } from '../bot/command.ts'
import type { BaseContext } from '../bot/context.ts'
import { type Clock, systemClock } from '../delivery/clock.ts'
import { closeClient } from './close-client.ts'
import { type Address, type Connection, inviteOf, openClient, registerCommands } from './connect.ts'
import { openGuildReader } from './guild-reader.ts'
import { openPayloads } from './payloads.ts'
import { retryTransient } from './retry.ts'
import { startFailure } from './start-failure.ts'
import { start, wire } from './wire.ts'

export interface HttpConnection extends Connection {
  /** The application's public key, 64 hexadecimal digits: Discord's requests are signed for it. */
  readonly publicKey: string
  /** Discord's time, epoch ms. */
  now(): number
  /** Answers an interaction that was sent over HTTP. Never rejects. @returns when it is answered */
  accept(payload: unknown): Promise<void>
}

const Application = z.looseObject({ id: z.string(), verify_key: z.string() })
const User = z.looseObject({ id: z.string() })

/**
 * The bot without a gateway: it asks Discord over REST who it is, registers the commands, runs the schedules, and
 * answers the interactions that are handed to it. It hears of no message: mentions and direct messages need a process
 * with the gateway beside it.
 * @throws Failure when the database is another application's, when Discord refuses the token, or stays out of reach
 */
export async function connectHttp(
  address: Address,
  base: BaseContext,
  commands: readonly AnyCommand[],
  clock: Clock = systemClock,
): Promise<HttpConnection> {
  const client = openClient(address.apiUrl) as Client<true>
  const { application } = await retryTransient(() => identify(client, address.token)).catch(error => {
    throw startFailure(error, address.apiUrl)
  })
  await base.store.belongTo(application.id)
  const guilds = openGuildReader(client, base.log)
  const parts = wire(client, {
    bot: base,
    commands,
    clock,
    token: address.token,
    guilds: undefined,
    reader: guilds,
  })
  await registerCommands(client, address, base)
  const payload = openPayloads(client, guilds, { inFlight: parts.inFlight, log: base.log })
  const running = start(parts)
  return {
    client,
    publicKey: application.verify_key,
    invite: inviteOf(client),
    lost: parts.revoked,
    isConnected: () => true,
    queue: parts.queue,
    picks: parts.picks,
    channels: parts.channels,
    now: parts.now,
    accept: payload,
    close: async () => {
      await running.close()
      await closeClient(client)
    },
  }
}

/** Makes the client know who it is, which the gateway would tell it. */
export async function identify(client: Client, token: string) {
  client.rest.setToken(token)
  const application = Application.parse(await client.rest.get(Routes.currentApplication()))
  const user = User.parse(await client.rest.get(Routes.user()))
  client.application = Reflect.construct(ClientApplication, [client, application])
  client.user = Reflect.construct(ClientUser, [client, user])
  return { application }
}
