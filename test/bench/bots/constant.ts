import { Client, Events, GatewayIntentBits, MessageFlags, Routes } from 'discord.js'
import ask from '../../../commands/ask.ts'
import paper from '../../../commands/paper.ts'
import { address, reportReady } from './report.ts'

/** A bot that answers every command with the same card, doing nothing else: the ceiling for throughput. */
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  rest: { api: address.apiUrl },
})

/** As large as a paper's card, so that both bots put the same load on discord.js and on the sandbox. */
const card = {
  embeds: [
    {
      color: 0x3b6ea5,
      title: 'A constant title, as long as the title of a paper usually is',
      description:
        'A constant sentence as long as those of a summary, in the number that a summary has. '.repeat(9),
      fields: [
        { name: 'Links', value: '[A place](https://example.org/search?query=a+constant+title) · '.repeat(4) },
        {
          name: 'Related papers',
          value: '• [A constant title](https://example.org/search?query=title)\n'.repeat(3),
        },
      ],
    },
  ],
  components: [
    {
      type: 1,
      components: [
        {
          type: 3,
          custom_id: 'menu',
          options: Array.from({ length: 25 }, (_, i) => ({
            label: `A constant title of another paper ${i}`,
            value: `paper-${i}`,
          })),
        },
      ],
    },
    {
      type: 1,
      components: [1, 2, 3, 4, 5].map(i => ({
        type: 2,
        style: 2,
        label: `Button ${i}`,
        custom_id: `button-${i}`,
      })),
    },
  ],
}
client.on(Events.InteractionCreate, async interaction => {
  if (interaction.isAutocomplete())
    await interaction.respond([{ name: 'A constant choice', value: 'constant' }])
  else if (interaction.isRepliable()) await interaction.reply({ ...card, flags: MessageFlags.Ephemeral })
})
client.once(Events.ClientReady, async ready => {
  await ready.rest.put(Routes.applicationCommands(ready.application.id), { body: [paper.spec, ask.spec] })
  reportReady()
})
await client.login(address.token)
