import { ActionRowBuilder, ButtonBuilder, ButtonStyle, EmbedBuilder, Events } from 'discord.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ClientFixture, startClientFixture } from './fixture.ts'

let fixture: ClientFixture

beforeEach(async () => {
  fixture = await startClientFixture()
})

afterEach(() => fixture.close())

const paper = {
  name: 'paper',
  description: 'Find a paper',
  options: [
    { type: 3, name: 'query', description: 'What about', required: true, autocomplete: true },
    { type: 5, name: 'private', description: 'For you alone' },
  ],
}

test('a slash command, its autocomplete, its reply and a button go all the way round', async () => {
  const { sandbox, client } = fixture
  await client.application.commands.set([paper])
  client.on(Events.InteractionCreate, async interaction => {
    if (interaction.isAutocomplete())
      await interaction.respond([{ name: `${interaction.options.getFocused()} cache`, value: 'kv cache' }])
    else if (interaction.isChatInputCommand()) {
      const button = new ButtonBuilder().setCustomId('more').setLabel('More').setStyle(ButtonStyle.Primary)
      await interaction.reply({
        embeds: [new EmbedBuilder().setTitle(interaction.options.getString('query', true))],
        components: [new ActionRowBuilder<ButtonBuilder>().addComponents(button)],
      })
    } else if (interaction.isButton()) await interaction.update({ content: 'pressed', components: [] })
  })
  const ada = sandbox.person('ada')
  expect(await ada.suggest('general', 'paper', 'query', 'kv')).toEqual([
    { name: 'kv cache', value: 'kv cache' },
  ])
  const reply = await ada.slash('general', 'paper', { query: 'kv cache' })
  expect(reply.embeds[0]?.title).toBe('kv cache')
  expect(reply.buttons).toEqual(['More'])
  expect(reply.ephemeral).toBe(false)
  const pressed = await reply.press('More')
  expect(pressed.state).toBe('updated')
  expect(pressed.content).toBe('pressed')
  expect(reply.content).toBe('pressed')
  expect(sandbox.refused).toEqual([])
})
