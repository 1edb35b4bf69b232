import { Events, InteractionContextType, ApplicationCommandOptionType as Option } from 'discord.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ClientFixture, codeOf, eventually, startClientFixture } from './fixture.ts'

let fixture: ClientFixture

beforeEach(async () => {
  fixture = await startClientFixture()
})

afterEach(() => fixture.close())

const ask = { name: 'ask', description: 'Ask' }
const names = (person: string, channel: string) =>
  fixture.sandbox
    .person(person)
    .commands(channel)
    .map(({ name }) => name)

test('a list is replaced, and a command that stays keeps its id', async () => {
  const { commands } = fixture.client.application
  const first = await commands.set([ask, { name: 'old', description: 'x' }])
  const second = await commands.set([ask, { name: 'new', description: 'x' }])
  const id = (list: typeof first) => list.find(({ name }) => name === 'ask')?.id
  expect(id(second)).toBe(id(first))
  expect(names('ada', 'general')).toEqual(['ask', 'new'])
})

test('single commands come, change and go', async () => {
  const { commands } = fixture.client.application
  const made = await commands.create(ask)
  expect((await commands.create({ ...ask, description: 'Ask me' })).id).toBe(made.id)
  expect((await commands.edit(made.id, { description: 'Ask again' })).description).toBe('Ask again')
  expect((await commands.fetch(made.id)).description).toBe('Ask again')
  await commands.delete(made.id)
  expect(await codeOf(commands.fetch(made.id))).toBe(10063)
  expect((await commands.fetch()).size).toBe(0)
})

test('localisations are listed when asked for', async () => {
  await fixture.client.application.commands.set([{ ...ask, nameLocalizations: { de: 'frag' } }])
  const list = (query: string) =>
    fixture.client.rest.get(`/applications/${fixture.client.user.id}/commands`, {
      query: new URLSearchParams(query),
    })
  expect(await list('with_localizations=true')).toMatchObject([{ name_localizations: { de: 'frag' } }])
  const [short] = (await list('')) as object[]
  expect(short).not.toHaveProperty('name_localizations')
})

test('a server has commands of its own, where the bot is in it', async () => {
  const { commands } = fixture.client.application
  const lab = fixture.sandbox.guild('Lab').id
  await commands.set([ask], lab)
  expect(names('ada', 'general')).toEqual(['ask'])
  expect(names('mallory', 'lobby')).toEqual([])
  fixture.sandbox.simulate({ kind: 'remove-bot', guild: 'Lab' })
  expect(names('ada', 'general')).toEqual([])
  expect(await codeOf(commands.set([ask], lab))).toBe(50001)
  const other = fixture.client.rest.get('/applications/10000000000000000/commands')
  expect(await codeOf(other)).toBe(10002)
})

test('people are offered what fits them and the place', async () => {
  await fixture.client.application.commands.set([
    ask,
    {
      name: 'daily',
      description: 'x',
      defaultMemberPermissions: 'ManageGuild',
      contexts: [InteractionContextType.Guild],
    },
    { name: 'private', description: 'x', contexts: [InteractionContextType.BotDM] },
    { name: 'root', description: 'x', defaultMemberPermissions: 0n },
  ])
  expect(names('ada', 'general')).toEqual(['ask', 'daily', 'root'])
  expect(names('grace', 'general')).toEqual(['ask', 'daily'])
  expect(names('alan', 'general')).toEqual(['ask'])
  expect(names('alan', 'dm')).toEqual(['ask', 'private', 'root'])
  await expect(fixture.sandbox.person('alan').slash('general', 'daily')).rejects.toThrow(
    'is offered no command',
  )
})

test('options are checked as the client checks them, and resolved', async () => {
  await fixture.client.application.commands.set([
    {
      name: 'daily',
      description: 'x',
      options: [
        {
          type: Option.Subcommand,
          name: 'set',
          description: 'x',
          options: [
            { type: Option.Channel, name: 'channel', description: 'x', required: true, channelTypes: [0] },
            { type: Option.Integer, name: 'count', description: 'x', minValue: 1, maxValue: 3 },
            { type: Option.String, name: 'days', description: 'x', choices: [{ name: 'All', value: 'all' }] },
            { type: Option.User, name: 'who', description: 'x' },
            { type: Option.Boolean, name: 'quiet', description: 'x' },
            { type: Option.Attachment, name: 'file', description: 'x' },
          ],
        },
      ],
    },
  ])
  fixture.client.on(Events.InteractionCreate, async interaction => {
    if (!interaction.isChatInputCommand()) return
    const { options } = interaction
    const channel = options.getChannel('channel', true)
    const { name } = channel
    const seen = [
      name,
      options.getSubcommand(),
      options.getInteger('count'),
      options.getUser('who')?.username,
    ]
    await interaction.reply(
      [...seen, options.getBoolean('quiet'), options.getAttachment('file')?.name].join(' '),
    )
  })
  const ada = fixture.sandbox.person('ada')
  const { channels } = ada.overview().guilds[0] ?? { channels: [] }
  const id = (name: string) => channels.find(each => 'name' in each && each.name === name)?.id ?? ''
  const channel = id('papers')
  const file = { name: 'refs.bib', base64: Buffer.from('@a{}').toString('base64') }
  const set = (options: object) => ada.slash('general', 'daily set', { channel, ...options } as never)
  const who = fixture.sandbox.person('alan').person.user.id
  const reply = await set({ count: 2, days: 'all', who, quiet: true, file })
  expect(reply.content).toBe('papers set 2 alan true refs.bib')
  for (const [options, why] of [
    [{ channel: undefined }, 'required'],
    [{ channel: id('journal-club') }, 'does not fit'],
    [{ channel: '10000000000000000' }, 'no such channel'],
    [{ count: 4 }, 'too large'],
    [{ count: 1.5 }, 'whole'],
    [{ days: 'some' }, 'not one of the choices'],
    [{ who: '1' }, 'no such user'],
    [{ colour: 'red' }, 'no option'],
  ] as const)
    await expect(set(options)).rejects.toThrow(why)
  await expect(ada.slash('general', 'daily')).rejects.toThrow('choose a subcommand')
  await expect(ada.slash('general', 'daily get')).rejects.toThrow('no subcommand')
})

test('autocomplete sends what stands there so far, and judges the answer', async () => {
  await fixture.client.application.commands.set([
    {
      ...ask,
      options: [
        { type: Option.String, name: 'topic', description: 'x', autocomplete: true, required: true },
        { type: Option.Boolean, name: 'private', description: 'x' },
      ],
    },
  ])
  const codes: unknown[] = []
  fixture.client.on(Events.InteractionCreate, async interaction => {
    if (!interaction.isAutocomplete()) return
    const { name, value } = interaction.options.getFocused(true)
    const choices = Array.from({ length: Number(value) }, (_, index) => ({
      name: `${name} ${index}`,
      value: 'x',
    }))
    codes.push(await codeOf(interaction.respond(choices)))
  })
  const ada = fixture.sandbox.person('ada')
  const suggest = (text: string) => ada.suggest('general', 'ask', 'topic', text, { private: true })
  expect(await suggest('2')).toEqual([
    { name: 'topic 0', value: 'x' },
    { name: 'topic 1', value: 'x' },
  ])
  const unanswered = suggest('26')
  await eventually(() => codes).toEqual([undefined, 50035])
  fixture.sandbox.simulate({ kind: 'jump', ms: 3001 })
  expect(await unanswered).toBeUndefined()
})
