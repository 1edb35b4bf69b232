import type { Client } from 'discord.js'
import type { RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10'
import { closeClient } from './close-client.ts'
import { type Address, openClient } from './connect.ts'
import { identify } from './connect-http.ts'
import { type CommandChanges, changedCommands, register } from './register.ts'
import { registerFailure } from './start-failure.ts'

/**
 * Registers the commands without starting the bot.
 * @param dryRun nothing is registered: only what would change is told
 * @throws Failure when Discord refuses the token or the commands, or is out of reach
 */
export async function deployCommands(
  address: Address,
  specs: readonly RESTPostAPIApplicationCommandsJSONBody[],
  dryRun: boolean,
): Promise<CommandChanges> {
  const client = openClient(address.apiUrl) as Client<true>
  try {
    const { application } = await identify(client, address.token)
    const changes = await changedCommands(client.rest, application.id, address.guildId, specs)
    if (!dryRun) await register(client.rest, application.id, address.guildId, specs)
    return changes
  } catch (error) {
    throw registerFailure(error, address)
  } finally {
    await closeClient(client)
  }
}
