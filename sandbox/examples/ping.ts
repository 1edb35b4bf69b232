// A bot of ten lines. Start the sandbox, then: DISCORD_API_URL=... DISCORD_TOKEN=... node examples/ping.ts
import { Client, Events, GatewayIntentBits } from 'discord.js'

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: process.env.DISCORD_API_URL ?? '' },
})
client.once(Events.ClientReady, async ready => {
  await ready.application.commands.set([{ name: 'ping', description: 'Answers with the time it took' }])
})
client.on(Events.InteractionCreate, async interaction => {
  if (interaction.isChatInputCommand())
    await interaction.reply(`Pong, ${Date.now() - interaction.createdTimestamp} ms.`)
})
await client.login(process.env.DISCORD_TOKEN)
