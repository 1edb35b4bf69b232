import {
  ActionRowBuilder,
  AttachmentBuilder,
  type AutocompleteInteraction,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  Partials,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js'

const commands: RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    name: 'paper',
    description: 'Find a paper by topic, title or name',
    options: [
      {
        type: 3,
        name: 'query',
        description: 'A topic, a title or a name',
        required: true,
        autocomplete: true,
      },
      { type: 5, name: 'private', description: 'Show the answer to you alone' },
    ],
  },
  {
    name: 'ask',
    description: 'Ask the abstracts a question',
    options: [{ type: 3, name: 'question', description: 'What you want to know', required: true }],
  },
  {
    name: 'everything',
    description: 'One option of each kind',
    options: [
      { type: 4, name: 'count', description: 'A whole number', required: true, min_value: 1, max_value: 10 },
      { type: 10, name: 'ratio', description: 'A number' },
      { type: 5, name: 'flag', description: 'Yes or no' },
      { type: 6, name: 'who', description: 'A user' },
      { type: 7, name: 'where', description: 'A channel', channel_types: [0] },
      { type: 8, name: 'role', description: 'A role' },
      { type: 9, name: 'anyone', description: 'A user or a role' },
      { type: 11, name: 'file', description: 'A file' },
      {
        type: 3,
        name: 'sort',
        description: 'One of a few',
        choices: [
          { name: 'Newest first', value: 'new' },
          { name: 'Oldest first', value: 'old' },
        ],
      },
    ],
  },
  {
    name: 'picks',
    description: 'Daily picks',
    options: [
      { type: 1, name: 'show', description: 'Show the picks' },
      { type: 1, name: 'feedback', description: 'Say something about the picks' },
    ],
  },
  { name: 'silent', description: 'Never answers' },
  { name: 'slow', description: 'Answers when it is let' },
  { name: 'Find papers', type: 3 },
]

const card = (title: string) =>
  new EmbedBuilder()
    .setColor(0x3b6ea5)
    .setAuthor({ name: 'W. Brandon, M. Mishra, A. Nrusimha, R. Panda, J. Ragan-Kelley' })
    .setTitle(title)
    .setURL('https://arxiv.org/abs/2405.12981')
    .setDescription(
      'Key-value caching is essential for fast decoding in transformer language models. We show how to share keys and values between adjacent layers, yielding a new design, Cross-Layer Attention \\(CLA\\). With CLA the cache shrinks by another 2x at nearly the same accuracy\\_as MQA.\n\n> With CLA, we find that it is possible to reduce the size of the **KV** **cache** by another 2x while maintaining nearly the same accuracy as unmodified MQA.',
    )
    .addFields(
      {
        name: 'Links',
        value:
          '[Paper](https://arxiv.org/abs/2405.12981) · [Hugging Face](https://huggingface.co/papers/2405.12981) · [Semantic Scholar](https://www.semanticscholar.org/search?q=cla)',
      },
      {
        name: 'Related papers',
        value:
          '• [SCOPE: Optimizing Key-Value Cache Compression in Long-context Generation](https://arxiv.org/abs/2412.13649)\n• [Key-value memory in the brain](https://arxiv.org/abs/2501.02950)\n• [A \\*starred\\* title with \\[brackets\\]](https://arxiv.org/abs/2501.00001)',
      },
    )
    .setFooter({ text: 'arXiv · 2024-05-21' })

const rows = () => [
  new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder()
      .setCustomId('menu')
      .setPlaceholder('Other papers that fit')
      .addOptions(
        { label: 'SCOPE: Optimizing Key-Value Cache Compression', value: 'scope', description: 'p044' },
        { label: 'Key-value memory in the brain', value: 'brain' },
      ),
  ),
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('abstract').setLabel('Whole abstract').setStyle(ButtonStyle.Secondary),
    new ButtonBuilder().setCustomId('related').setLabel('Related papers').setStyle(ButtonStyle.Secondary),
    new ButtonBuilder().setCustomId('note').setLabel('Add a note').setStyle(ButtonStyle.Primary),
    new ButtonBuilder().setCustomId('broken').setLabel('Broken').setStyle(ButtonStyle.Danger),
    new ButtonBuilder().setURL('https://arxiv.org').setLabel('arXiv').setStyle(ButtonStyle.Link),
  ),
]

const reply = {
  embeds: [card('Reducing Transformer Key-Value Cache Size with Cross-Layer Attention')],
  components: rows(),
}

/** Resolves what `/slow` waits for. */
const gates: (() => void)[] = []

async function slash(interaction: ChatInputCommandInteraction): Promise<void> {
  switch (interaction.commandName) {
    case 'slow': {
      await interaction.deferReply()
      await new Promise<void>(resolve => gates.push(resolve))
      await interaction.editReply('At last')
      return
    }
    case 'paper': {
      const flags = interaction.options.getBoolean('private') === true ? MessageFlags.Ephemeral : undefined
      await interaction.deferReply(flags === undefined ? {} : { flags })
      await interaction.editReply({
        content: `Asked for: ${interaction.options.getString('query', true)}`,
        ...reply,
      })
      return
    }
    case 'ask':
      await interaction.reply({
        content: 'The abstracts do not say.',
        flags: MessageFlags.Ephemeral,
        components: [
          new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(
            new UserSelectMenuBuilder()
              .setCustomId('people')
              .setPlaceholder('Tell somebody')
              .setMinValues(1)
              .setMaxValues(3),
          ),
        ],
      })
      return
    case 'everything': {
      const given = interaction.options.data.map(({ name, value }) => `${name}=${String(value)}`)
      await interaction.reply({
        content: given.join(' '),
        files: [new AttachmentBuilder(Buffer.from('@article{cla}\n'), { name: 'papers.bib' })],
      })
      return
    }
    case 'picks':
      if (interaction.options.getSubcommand() === 'feedback') await interaction.showModal(form())
      else await interaction.reply('Today’s picks')
  }
}

const form = () =>
  new ModalBuilder()
    .setCustomId('form')
    .setTitle('A note on this paper')
    .addComponents(
      new ActionRowBuilder<TextInputBuilder>().addComponents(
        new TextInputBuilder()
          .setCustomId('title')
          .setLabel('Title')
          .setStyle(TextInputStyle.Short)
          .setMinLength(3),
      ),
      new ActionRowBuilder<TextInputBuilder>().addComponents(
        new TextInputBuilder()
          .setCustomId('text')
          .setLabel('Note')
          .setStyle(TextInputStyle.Paragraph)
          .setRequired(false),
      ),
    )

async function press(interaction: ButtonInteraction): Promise<void> {
  if (interaction.customId === 'note') await interaction.showModal(form())
  if (interaction.customId === 'abstract')
    await interaction.reply({ content: 'The *whole* abstract', flags: MessageFlags.Ephemeral })
  if (interaction.customId === 'related')
    await interaction.update({ content: 'Updated by a press', ...reply })
}

const titles = ['Attention is all you need', 'Key-value memory in the brain', 'KV cache compression', 'SCOPE']

async function suggest(interaction: AutocompleteInteraction): Promise<void> {
  const typed = interaction.options.getFocused().toLowerCase()
  const fitting = titles.filter(title => title.toLowerCase().includes(typed))
  await interaction.respond(fitting.map(name => ({ name, value: `#${titles.indexOf(name)}` })))
}

async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isChatInputCommand()) await slash(interaction)
  else if (interaction.isAutocomplete()) await suggest(interaction)
  else if (interaction.isButton()) await press(interaction)
  else if (interaction.isAnySelectMenu())
    await interaction.reply(`You chose ${interaction.values.join(', ')}`)
  else if (interaction.isModalSubmit())
    await interaction.reply(
      `Noted: ${interaction.fields.getTextInputValue('title')} / ${interaction.fields.getTextInputValue('text')}`,
    )
  else if (interaction.isMessageContextMenuCommand())
    await interaction.reply({
      content: `Papers for: ${interaction.targetMessage.content}`,
      flags: MessageFlags.Ephemeral,
    })
}

export interface TestBot {
  readonly client: Client<true>
  /** Lets `/slow` answer. */
  readonly release: () => void
  readonly close: () => Promise<void>
}

/** A small bot with one of everything the page shows, connected as any bot is. */
export async function startBot(sandbox: {
  readonly apiUrl: string
  readonly token: string
  readonly applicationId: string
}): Promise<TestBot> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    rest: { api: sandbox.apiUrl },
    allowedMentions: { parse: [] },
  })
  client.on(Events.InteractionCreate, interaction => void answer(interaction))
  client.on(Events.MessageCreate, message => {
    if (!message.author.bot && message.mentions.users.has(client.user?.id ?? ''))
      void message.reply('You called?')
  })
  const ready = new Promise<Client<true>>(resolve => client.once(Events.ClientReady, resolve))
  await client.login(sandbox.token)
  const online = await ready
  await client.rest.put(Routes.applicationCommands(sandbox.applicationId), { body: commands })
  const release = () => {
    for (const open of gates.splice(0)) open()
  }
  return { client: online, release, close: () => client.destroy() }
}
