import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord-api-types/v10'
import { z } from 'zod'
import { type Action, type CommandContext, defineCommand } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { chosenPaper, stringOption, subcommand, suggestPapers, text } from '../src/bot/options.ts'
import { inServer } from '../src/bot/permissions.ts'
import { paperRef } from '../src/corpus/ids.ts'
import {
  collectionNamed,
  libraryNamed,
  linkLibrary,
  managesServer,
  sendAtOnce,
} from '../src/features/zotero/zotero.ts'
import { lookUpMeant } from '../src/library/relevance.ts'
import { nothingFound } from '../src/view/lists.ts'
import { titleOf } from '../src/view/pieces.ts'
import type { Reply } from '../src/view/reply.ts'
import { noteLimit } from '../src/view/share-card.ts'
import { keyForm, linkStatus, noLink } from '../src/view/zotero-card.ts'

const Input = z.discriminatedUnion('subcommand', [
  z.object({
    subcommand: z.literal('set'),
    library: text,
    collection: text.default(''),
    saves: z.boolean().default(false),
  }),
  z.object({ subcommand: z.literal('send'), paper: text, note: text.default('') }),
  z.object({ subcommand: z.literal('status') }),
  z.object({ subcommand: z.literal('off') }),
])
type Input = z.infer<typeof Input>

/** Entries that were not taken, as the status names them. */
const mostShown = 10

async function status(context: CommandContext, bot: BotContext, headline = ''): Promise<Reply> {
  const { zotero } = bot.store
  const guildId = inServer(context)
  const link = await zotero.link(guildId)
  if (link === undefined) return noLink
  const { total, entries } = await zotero.givenUp(guildId, mostShown)
  const named = entries.map(({ paperId, ...entry }) => {
    const paper = bot.library.paper(paperRef(paperId))
    return { ...entry, title: paper?.title ?? 'a paper that is no longer here' }
  })
  return linkStatus(link, await zotero.waiting(guildId), { total, entries: named }, headline)
}

async function sent(paper: string, note: string, context: CommandContext, bot: BotContext): Promise<Reply> {
  let one = chosenPaper(paper, bot.library)
  if (one === undefined) {
    const found = await context.inTurn(() => lookUpMeant(bot.library, paper))
    if (found.paper === undefined) return nothingFound(paper, found.result, found.near)
    one = found.paper
  }
  await sendAtOnce(one, note, context, bot)
  return { audience: 'ephemeral', content: `**${titleOf(one, 200)}** goes to this server’s Zotero library.` }
}

/** The arguments come back from the form as anybody may have forged them: they are read as the command's options are. */
const key: Action = {
  answers: 'ephemeral',
  run: async (interaction, bot) => {
    const [library = '', collection = '', saves = ''] = interaction.args
    const link = {
      library: libraryNamed(library.replace('-', '/')),
      collection: collectionNamed(collection),
      writeKey: (interaction.fields['key'] ?? '').trim(),
      sendsSaves: saves === 'saves',
    }
    await linkLibrary(link, interaction, bot)
    return status(interaction, bot, 'Set.')
  },
}

const again: Action = {
  answers: 'update-ephemeral',
  run: async (interaction, bot) => {
    managesServer(interaction)
    const count = await bot.store.zotero.tryAgain(inServer(interaction), interaction.at.getTime())
    bot.picks.wake()
    return status(interaction, bot, count === 0 ? 'There is nothing to try again.' : 'It is tried again now.')
  },
}

const discard: Action = {
  answers: 'update-ephemeral',
  run: async (interaction, bot) => {
    managesServer(interaction)
    await bot.store.zotero.discard(inServer(interaction))
    return status(interaction, bot, 'Discarded.')
  },
}

function run(input: Input, context: CommandContext, bot: BotContext): Promise<Reply> | Reply {
  switch (input.subcommand) {
    case 'status':
      managesServer(context)
      return status(context, bot)
    case 'send':
      return sent(input.paper, input.note, context, bot)
    case 'set': {
      managesServer(context)
      const library = libraryNamed(input.library).replace('/', '-')
      return keyForm([library, collectionNamed(input.collection), input.saves ? 'saves' : ''])
    }
    case 'off':
      managesServer(context)
      return bot.store.zotero
        .removeLink(inServer(context))
        .then(was => (was ? { content: 'Nothing goes to Zotero any more; the key is deleted.' } : noLink))
  }
}

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'zotero',
    description: 'Papers of this server in a Zotero library',
    contexts: [InteractionContextType.Guild],
    options: [
      subcommand('send', 'Send a paper there, with a note that its readers see', [
        stringOption('paper', 'The paper to send', { required: true, autocomplete: true }),
        stringOption('note', 'A note beside it', { max_length: noteLimit }),
      ]),
      subcommand('status', 'Where papers go, and what waits (Manage Server)'),
      subcommand('set', 'Choose the library; the key is asked for next (Manage Server)', [
        stringOption('library', 'A group’s number, or its address at zotero.org', { required: true }),
        stringOption('collection', 'The key of a collection in it, or its address'),
        {
          type: ApplicationCommandOptionType.Boolean,
          name: 'saves',
          description:
            'Whether what members save in this server goes there too, without names; no when left out',
        },
      ]),
      subcommand('off', 'Send nothing any more, and delete the key (Manage Server)'),
    ],
  },
  input: Input,
  audience: () => 'ephemeral',
  searches: input => (input.subcommand === 'send' ? input.paper : ''),
  suggest: (typed, _context, bot) => suggestPapers(typed, bot.library),
  run: async (input, context, bot) => run(input, context, bot),
  actions: { key, again, discard },
})
