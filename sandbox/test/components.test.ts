import { Events, type Interaction, type MessageComponentInteraction } from 'discord.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ClientFixture, codeOf, registerCommands, startClientFixture } from './fixture.ts'

let fixture: ClientFixture

beforeEach(async () => {
  fixture = await startClientFixture()
  await registerCommands(fixture, 'show')
})

afterEach(() => fixture.close())

const row = (...components: object[]) => ({ type: 1, components })
const button = (custom_id: string, more: object = {}) => ({
  type: 2,
  style: 1,
  label: custom_id,
  custom_id,
  ...more,
})
const menu = {
  type: 3,
  custom_id: 'pick',
  options: ['a', 'b', 'c'].map(value => ({ label: value, value })),
  max_values: 2,
}

/** Answers `/show` with components, and each use of one with `use`. */
function serve(
  components: object[],
  use: (interaction: MessageComponentInteraction) => Promise<unknown>,
): void {
  fixture.client.on(Events.InteractionCreate, async (interaction: Interaction) => {
    if (interaction.isChatInputCommand())
      await interaction.reply({ content: 'shown', components: components as never })
    else if (interaction.isMessageComponent()) await use(interaction)
  })
}

const ada = () => fixture.sandbox.person('ada')
const show = () => ada().slash('general', 'show')

test('a button can answer beside, in place, or later', async () => {
  serve([row(button('beside'), button('later'), button('place'))], async interaction => {
    expect(interaction.message.content).toMatch(/shown|later/)
    if (interaction.customId === 'beside') await interaction.reply({ content: 'here', flags: 64 })
    else if (interaction.customId === 'place')
      await interaction.update({ content: 'changed', components: [] })
    else {
      await interaction.deferUpdate()
      await interaction.editReply('later')
    }
  })
  const reply = await show()
  const beside = await reply.press('beside')
  expect(beside.content).toBe('here')
  expect(beside.message.id).not.toBe(reply.message.id)
  const later = await reply.press('later')
  expect(later.message.id).toBe(reply.message.id)
  expect(reply.content).toBe('later')
  await reply.press('place')
  expect(reply.content).toBe('changed')
  expect(reply.buttons).toEqual([])
  expect(fixture.sandbox.refused).toEqual([])
})

test('what is not on the message cannot be pressed, but a forger can try', async () => {
  serve([row(button('real'), button('off', { disabled: true }))], interaction =>
    interaction.reply({ content: `got ${interaction.customId}` }),
  )
  const reply = await show()
  await expect(reply.press('other')).rejects.toThrow('no button')
  await expect(reply.press('off')).rejects.toThrow('disabled')
  expect((await ada().sendRaw(reply.message, 'other')).content).toBe('got other')
})

test('a menu brings its values', async () => {
  serve([row(menu)], interaction =>
    interaction.reply(interaction.isStringSelectMenu() ? interaction.values.join('+') : 'no menu'),
  )
  const reply = await show()
  expect((await reply.choose(['a', 'c'])).content).toBe('a+c')
  await expect(reply.choose(['a', 'b', 'c'])).rejects.toThrow('choose 1 to 2')
  await expect(reply.choose('z')).rejects.toThrow('not on the menu')
})

test('menus of people and channels bring the objects', async () => {
  serve(
    [row({ type: 5, custom_id: 'who' }), row({ type: 8, custom_id: 'where', channel_types: [0] })],
    interaction => {
      if (interaction.isUserSelectMenu())
        return interaction.reply(interaction.users.map(user => user.displayName).join())
      if (!interaction.isChannelSelectMenu()) return interaction.reply('?')
      return interaction.reply(
        interaction.channels.map(channel => ('name' in channel ? channel.name : '')).join(),
      )
    },
  )
  const reply = await show()
  expect((await reply.choose(fixture.sandbox.person('alan').person.user.id, 'who')).content).toBe('Alan')
  const { channels } = ada().overview().guilds[0] ?? { channels: [] }
  const id = (name: string) => channels.find(each => 'name' in each && each.name === name)?.id ?? ''
  expect((await reply.choose(id('papers'), 'where')).content).toBe('papers')
  await expect(reply.choose(id('journal-club'), 'where')).rejects.toThrow('does not fit')
})

test('a form is shown, filled in and answered in place', async () => {
  const input = { type: 4, style: 1, custom_id: 'note', label: 'Note', max_length: 5 }
  fixture.client.on(Events.InteractionCreate, async interaction => {
    if (!interaction.isModalSubmit()) return
    const text = interaction.fields.getTextInputValue('note')
    if (interaction.isFromMessage()) await interaction.update({ content: text, components: [] })
  })
  serve([row(button('share'))], interaction =>
    interaction.showModal({ custom_id: 'm', title: 'Share', components: [row(input)] } as never),
  )
  const reply = await show()
  const form = await reply.press('share')
  expect(form.state).toBe('modal')
  expect(form.modal.title).toBe('Share')
  await expect(form.submit({ note: 'too long' })).rejects.toThrow('too long')
  await expect(form.submit({})).rejects.toThrow('too short')
  const sent = await form.submit({ note: 'hello' })
  expect(sent.state).toBe('updated')
  expect(reply.content).toBe('hello')
})

test('a message menu brings the whole message, intents or not', async () => {
  fixture.client.on(Events.InteractionCreate, async interaction => {
    if (interaction.isMessageContextMenuCommand())
      await interaction.reply({ content: `found ${interaction.targetMessage.content}`, flags: 64 })
  })
  const said = fixture.sandbox.person('alan').say('general', 'a paragraph')
  expect((await ada().menu(said, 'Find papers')).content).toBe('found a paragraph')
})

test('an update needs a message to update, choices somebody who types', async () => {
  const codes: unknown[] = []
  fixture.client.on(Events.InteractionCreate, async interaction => {
    const path = `/interactions/${interaction.id}/${interaction.token}/callback` as const
    const send = (body: object) => codeOf(fixture.client.rest.post(path, { body, auth: false }))
    codes.push(
      await send({ type: 7, data: { content: 'x' } }),
      await send({ type: 8, data: { choices: [] } }),
    )
    codes.push(await send({ type: 77 }), await send([]), await send({ type: 4 }))
    if (interaction.isChatInputCommand()) await interaction.reply('ok')
  })
  await ada().slash('general', 'show')
  expect(codes).toEqual([50035, 50035, 50035, 50035, 50006])
})
