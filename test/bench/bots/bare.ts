import { Client, Events, GatewayIntentBits } from 'discord.js'
import { address, reportReady } from './report.ts'

/** A discord.js client that logs in and does nothing: the floor for start-up time and memory. */
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  rest: { api: address.apiUrl },
})
client.once(Events.ClientReady, reportReady)
await client.login(address.token)
