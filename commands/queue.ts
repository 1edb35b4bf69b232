import {
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord-api-types/v10'
import { z } from 'zod'
import {
  type AutocompleteInput,
  type Choice,
  type CommandContext,
  defineCommand,
} from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { privately, privateOption, stringOption, suggestPapers, text } from '../src/bot/options.ts'
import { inServer } from '../src/bot/permissions.ts'
import {
  allStates,
  entryNamed,
  listPage,
  type State,
  suggestQueued,
  toggleVote,
  voteByButton,
  voteByMenu,
  waiting,
} from '../src/features/journal-club/queue.ts'
import { discussed, pick, poll, propose, remove } from '../src/features/journal-club/queue-actions.ts'
import { isDetailed, voteText } from '../src/view/queue-card.ts'
import type { Reply } from '../src/view/reply.ts'
import { noteLimit, tidyNote } from '../src/view/share-card.ts'

/** Which entries each subcommand can name. */
const named: Readonly<Record<string, readonly State[]>> = {
  vote: waiting,
  pick: ['proposed'],
  discussed: waiting,
  remove: allStates,
}

const subcommand = (
  name: string,
  description: string,
  options: APIApplicationCommandSubcommandOption['options'] = [],
): APIApplicationCommandSubcommandOption => ({
  type: ApplicationCommandOptionType.Subcommand,
  name,
  description,
  options,
})

const paperOption = (description: string, required: boolean) =>
  stringOption('paper', description, { required, autocomplete: true })

const QueueStatus = z.enum(['waiting', 'discussed'])
const mostHours = 168
const usualHours = 24

const Input = z.discriminatedUnion('subcommand', [
  z.object({
    subcommand: z.literal('propose'),
    paper: text,
    note: z.string().default('').transform(tidyNote),
  }),
  z.object({ subcommand: z.literal('list'), show: QueueStatus.default('waiting'), private: privately }),
  z.object({ subcommand: z.literal('vote'), paper: text }),
  z.object({ subcommand: z.literal('pick'), paper: text.optional() }),
  z.object({ subcommand: z.literal('discussed'), paper: text.optional() }),
  z.object({ subcommand: z.literal('remove'), paper: text }),
  z.object({
    subcommand: z.literal('poll'),
    hours: z.number().int().min(1).max(mostHours).default(usualHours),
  }),
])
type Input = z.infer<typeof Input>

async function act(input: Input, context: CommandContext, bot: BotContext): Promise<Reply> {
  switch (input.subcommand) {
    case 'propose':
      return propose(input.paper, input.note, context, bot)
    case 'list':
      return listPage(
        { section: input.show, page: 0, owner: context.user.id, detailed: input.private },
        inServer(context),
        bot,
      )
    case 'vote': {
      const found = await entryNamed(input.paper, waiting, inServer(context), bot)
      const { votes, wanted } = await toggleVote(found, context, bot)
      return { content: voteText(found, votes, wanted) }
    }
    case 'pick':
      return pick(input.paper, context, bot)
    case 'discussed':
      return discussed(input.paper, context, bot)
    case 'remove':
      return remove(input.paper, context, bot)
    case 'poll':
      return poll(input.hours, context, bot)
  }
}

async function suggest(
  typed: AutocompleteInput,
  context: CommandContext,
  bot: BotContext,
): Promise<readonly Choice[]> {
  const { subcommand: name } = typed.options
  const states = typeof name === 'string' && Object.hasOwn(named, name) ? named[name] : undefined
  if (states === undefined) return suggestPapers(typed, bot.library)
  return context.guildId === undefined ? [] : suggestQueued(typed.text, states, context.guildId, bot)
}

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'queue',
    description: 'What the journal club reads next',
    contexts: [InteractionContextType.Guild],
    options: [
      subcommand('propose', 'Propose a paper', [
        paperOption('The paper to propose', true),
        stringOption('note', 'Why we should read it', { max_length: noteLimit }),
      ]),
      subcommand('list', 'What is proposed, and what comes next', [
        stringOption('show', 'What to show', {
          choices: [
            { name: 'proposed and next', value: 'waiting' },
            { name: 'discussed', value: 'discussed' },
          ],
        }),
        privateOption,
      ]),
      subcommand('vote', 'Vote for a proposal; again takes the vote back', [
        paperOption('One of the proposals', true),
      ]),
      subcommand('pick', 'Pick the next paper (Manage Messages)', [
        paperOption('The one with most votes when left out', false),
      ]),
      subcommand('discussed', 'Mark as discussed (proposer or Manage Messages)', [
        paperOption('The next one when left out', false),
      ]),
      subcommand('remove', 'Remove from the queue (proposer or Manage Messages)', [
        paperOption('The paper to remove', true),
      ]),
      subcommand('poll', 'Post a poll over the first ten proposals', [
        {
          type: ApplicationCommandOptionType.Integer,
          name: 'hours',
          description: `How long it runs; ${usualHours} when left out`,
          min_value: 1,
          max_value: mostHours,
        },
      ]),
    ],
  },
  input: Input,
  audience: input =>
    ['vote', 'remove'].includes(input.subcommand) || ('private' in input && input.private)
      ? 'ephemeral'
      : 'public',
  run: act,
  suggest,
  actions: {
    vote: { answers: 'silent', run: voteByButton },
    choose: { answers: 'update-ephemeral', run: voteByMenu },
    show: {
      answers: 'ephemeral',
      run: (interaction, bot) =>
        listPage(
          { section: 'waiting', page: 0, owner: interaction.user.id, detailed: true },
          inServer(interaction),
          bot,
        ),
    },
    page: {
      answers: 'update',
      run: async (interaction, bot) => {
        const section = QueueStatus.catch('waiting').parse(interaction.args[0])
        const page = Number(interaction.args[1]) || 0
        const detailed = isDetailed(interaction.message?.components ?? [])
        const list = { section, page, owner: interaction.user.id, detailed }
        // A list that somebody voted on says so above it.
        return { ...(await listPage(list, inServer(interaction), bot)), content: '' }
      },
    },
    done: { answers: 'public', run: (interaction, bot) => discussed(interaction.args[0], interaction, bot) },
  },
})
