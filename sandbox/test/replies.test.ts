import { type ChatInputCommandInteraction, Events, type Interaction, MessageFlags } from 'discord.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ClientFixture, codeOf, registerCommands, startClientFixture } from './fixture.ts'

let fixture: ClientFixture

beforeEach(async () => {
  fixture = await startClientFixture()
  await registerCommands(fixture, 'ask')
})

afterEach(() => fixture.close())

type Answer = (interaction: ChatInputCommandInteraction) => Promise<unknown>

/** Resolves with what the answer brought about, once it is through. */
function answer(act: Answer): Promise<unknown> {
  return new Promise((resolve, reject) => {
    fixture.client.once(Events.InteractionCreate, (interaction: Interaction) => {
      if (interaction.isChatInputCommand()) act(interaction).then(resolve, reject)
    })
  })
}

const ada = () => fixture.sandbox.person('ada')
const alan = () => fixture.sandbox.person('alan')
const ephemeral = { flags: MessageFlags.Ephemeral } as const

test('a reply knows who asked with which command', async () => {
  answer(interaction => interaction.reply('hello'))
  const reply = await ada().slash('general', 'ask', { text: 'hi' })
  expect(reply.message).toMatchObject({
    content: 'hello',
    type: 20,
    author: { id: fixture.sandbox.applicationId, bot: true },
    interaction_metadata: { user: { username: 'ada' }, type: 2 },
  })
})

test('the bot sees who and where', async () => {
  answer(async interaction => {
    expect(interaction.guild?.name).toBe('Lab')
    expect(interaction.channel?.isTextBased()).toBe(true)
    expect(interaction.inCachedGuild()).toBe(true)
    expect(interaction.memberPermissions?.has('ManageGuild')).toBe(true)
    expect(interaction.appPermissions.has('SendMessages')).toBe(true)
    expect(interaction.appPermissions.has('ManageMessages')).toBe(false)
    expect(interaction.locale).toBe('en-US')
    expect(interaction.options.getString('text')).toBe('hi')
    await interaction.reply('ok')
  })
  expect((await ada().slash('general', 'ask', { text: 'hi' })).content).toBe('ok')
})

test('an ephemeral reply is for one person and is no message of the channel', async () => {
  const done = answer(async interaction => {
    const { resource } = await interaction.reply({ content: 'psst', ...ephemeral, withResponse: true })
    const id = resource?.message?.id ?? ''
    return codeOf(fixture.client.rest.get(`/channels/${interaction.channelId}/messages/${id}`))
  })
  const reply = await ada().slash('general', 'ask')
  expect(reply.ephemeral).toBe(true)
  expect(
    ada()
      .messages('general')
      .map(({ content }) => content),
  ).toEqual(['psst'])
  expect(alan().messages('general')).toEqual([])
  expect(await done).toBe(10008)
})

test('"thinking…" shows until the edit, and stays as private as it began', async () => {
  const steps: number[] = []
  answer(async interaction => {
    const { resource } = await interaction.deferReply({ ...ephemeral, withResponse: true })
    steps.push(Number(resource?.message?.flags.bitfield))
    await interaction.editReply('done')
  })
  const reply = await ada().slash('general', 'ask')
  expect(steps).toEqual([MessageFlags.Ephemeral | MessageFlags.Loading])
  expect(reply.content).toBe('done')
  expect(reply.ephemeral).toBe(true)
  expect(reply.message.edited_timestamp).toBeNull()
})

test('follow-ups are messages of their own, public or not', async () => {
  answer(async interaction => {
    await interaction.reply('first')
    await interaction.followUp({ content: 'only you', ...ephemeral })
    await interaction.followUp('for all')
  })
  const reply = await ada().slash('general', 'ask')
  expect((await reply.followUp(1)).content).toBe('for all')
  expect(
    ada()
      .messages('general')
      .map(({ content }) => content),
  ).toEqual(['first', 'only you', 'for all'])
  expect(
    alan()
      .messages('general')
      .map(({ content }) => content),
  ).toEqual(['first', 'for all'])
})

test('the first follow-up after a deferral fills it, and cannot be more private', async () => {
  answer(async interaction => {
    await interaction.deferReply()
    await interaction.followUp({ content: 'not so secret', ...ephemeral })
  })
  const reply = await ada().slash('general', 'ask')
  expect(reply.ephemeral).toBe(false)
  expect(
    alan()
      .messages('general')
      .map(({ content }) => content),
  ).toEqual(['not so secret'])
})

test('a deferral can be deleted and followed by something private', async () => {
  answer(async interaction => {
    await interaction.deferReply()
    await interaction.deleteReply()
    await interaction.followUp({ content: 'secret', ...ephemeral })
  })
  const reply = await ada().slash('general', 'ask')
  expect(reply.content).toBe('secret')
  expect(alan().messages('general')).toEqual([])
})

test('an answer can be fetched, edited and deleted', async () => {
  const done = answer(async interaction => {
    await interaction.reply('one')
    await interaction.editReply({ content: 'two', embeds: [{ title: 't' }] })
    expect((await interaction.fetchReply()).content).toBe('two')
    await interaction.deleteReply()
    return codeOf(interaction.editReply('three'))
  })
  await ada().slash('general', 'ask')
  expect(await done).toBe(10008)
  expect(ada().messages('general')).toEqual([])
})

test('one acknowledgement is all there is', async () => {
  const done = answer(async interaction => {
    await interaction.reply('one')
    interaction.replied = false
    return codeOf(interaction.reply('two'))
  })
  await ada().slash('general', 'ask')
  expect(await done).toBe(40060)
})

test('three seconds to acknowledge, fifteen minutes to say the rest', async () => {
  const late = answer(async interaction => {
    fixture.sandbox.simulate({ kind: 'jump', ms: 3001 })
    return codeOf(interaction.reply('late'))
  })
  await expect(ada().slash('general', 'ask')).rejects.toThrow('did not respond')
  expect(await late).toBe(10062)

  const done = answer(async interaction => {
    await interaction.deferReply()
    fixture.sandbox.simulate({ kind: 'jump', ms: 15 * 60_000 - 3000 })
    await interaction.editReply('in time')
    fixture.sandbox.simulate({ kind: 'jump', ms: 4000 })
    return codeOf(interaction.editReply('too late'))
  })
  const reply = await ada().slash('general', 'ask')
  expect(reply.content).toBe('in time')
  expect(await done).toBe(50027)
})

test('an answer that Discord would refuse is refused, recorded, and can be mended in time', async () => {
  answer(async interaction => {
    expect(await codeOf(interaction.reply('x'.repeat(2001)))).toBe(50035)
    interaction.replied = false
    await interaction.reply('shorter')
  })
  expect((await ada().slash('general', 'ask')).content).toBe('shorter')
  expect(fixture.sandbox.refused).toHaveLength(1)
  expect(fixture.sandbox.refused[0]).toMatchObject({
    code: 50035,
    method: 'POST',
    errors: { data: { content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } } },
  })
})

test('commands work in direct messages with the bot', async () => {
  answer(async interaction => {
    expect(interaction.inGuild()).toBe(false)
    await interaction.reply(`hello ${interaction.user.displayName}`)
  })
  expect((await ada().slash('dm', 'ask')).content).toBe('hello Ada')
})

test('files come with a reply, and can be fetched', async () => {
  answer(interaction =>
    interaction.reply({ files: [{ attachment: Buffer.from('@article{}'), name: 'library.bib' }] }),
  )
  const [file] = (await ada().slash('general', 'ask')).message.attachments
  expect(file).toMatchObject({ filename: 'library.bib', size: 10 })
  const fetched = await fetch(file?.url ?? '')
  expect(await fetched.text()).toBe('@article{}')
  expect(fetched.headers.get('x-content-type-options')).toBe('nosniff')
})
