import { channelMention } from '@discordjs/formatters'
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord-api-types/v10'
import { z } from 'zod'
import { type CommandContext, defineCommand } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { stringOption, subcommand, text } from '../src/bot/options.ts'
import { inServer } from '../src/bot/permissions.ts'
import { addSource, namedSource, viewOf } from '../src/features/sources/set-up.ts'
import { sourceKinds } from '../src/sources/spec.ts'
import { sharedCollection } from '../src/store/paper-ports.ts'
import { shown } from '../src/view/escape.ts'
import { limits } from '../src/view/limits.ts'
import { label } from '../src/view/pieces.ts'
import type { Reply } from '../src/view/reply.ts'
import { sourceList } from '../src/view/source-card.ts'

const Input = z.object({
  subcommand: z.enum(['list', 'add', 'pause', 'resume', 'remove', 'sync']),
  source: text.default(''),
  kind: text.default(''),
  what: text.default(''),
})
type Input = z.infer<typeof Input>

/** A folder is of the machine that the bot runs on: the operator's alone. */
const kinds = sourceKinds.filter(kind => kind !== 'folder')

async function listed(context: CommandContext, { store }: BotContext, headline = ''): Promise<Reply> {
  const now = context.at.getTime()
  const own = await store.sources.list(inServer(context))
  const shared = await store.sources.list(sharedCollection)
  return sourceList(
    [...own.map(source => viewOf(source, now)), ...shared.map(source => viewOf(source, now, true))],
    headline,
  )
}

async function add({ kind, what }: Input, context: CommandContext, bot: BotContext): Promise<Reply> {
  const { name, isNew } = await addSource(bot.store.sources, {
    kind,
    words: what.split(/\s+/),
    collection: inServer(context),
    createdBy: context.user.id,
    at: context.at.getTime(),
  })
  if (!isNew) return listed(context, bot, `There is **${shown(name, 100)}** already.`)
  bot.picks.wake()
  return listed(
    context,
    bot,
    `Added **${shown(name, 100)}**. What it shows now counts as known; what comes after that is new.`,
  )
}

async function change(
  { subcommand: act, source }: Input & { subcommand: 'pause' | 'resume' | 'remove' | 'sync' },
  context: CommandContext,
  bot: BotContext,
): Promise<Reply> {
  const guildId = inServer(context)
  const { id, name } = await namedSource(bot.store.sources, guildId, source)
  const at = context.at.getTime()
  if (act === 'remove') await bot.store.sources.remove(guildId, id)
  else await bot.store.sources[act === 'sync' ? 'wake' : act](guildId, id, at)
  if (act === 'resume' || act === 'sync') bot.picks.wake()
  return listed(context, bot, `${done[act]}${await picksOf(name, act, guildId, bot)}`)
}

/** Whoever stops a source is told which daily picks will bring nothing. */
async function picksOf(name: string, act: string, guildId: string, { store }: BotContext): Promise<string> {
  if (act !== 'remove' && act !== 'pause') return ''
  const dailies = (await store.dailies.list(guildId)).filter(daily => daily.source === name)
  const where = [...new Set(dailies.map(({ channelId }) => channelMention(channelId)))].slice(0, 10)
  return where.length === 0 ? '' : ` Daily picks take their papers from it in ${where.join(', ')}.`
}

const done = {
  pause: 'Paused.',
  resume: 'Resumed.',
  remove: 'Removed. The papers that came from it stay.',
  sync: 'It is read now; the list shows in a moment how that went.',
}

const which = stringOption('source', 'Which one, where there are several', { autocomplete: true })

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'sources',
    description: 'Where new papers come from by themselves',
    contexts: [InteractionContextType.Guild],
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: [
      subcommand('list', 'How each source is, in a word and why'),
      subcommand('add', 'Add a source: what it shows afterwards comes to picks and follows', [
        {
          type: ApplicationCommandOptionType.String,
          name: 'kind',
          description: 'What kind of source',
          required: true,
          choices: kinds.map(kind => ({ name: kind, value: kind })),
        },
        stringOption('what', 'Which: categories such as cs.CL cs.IR, a query, a venue, an address, a group'),
      ]),
      subcommand('sync', 'Read a source now', [which]),
      subcommand('pause', 'Stop reading a source', [which]),
      subcommand('resume', 'Read a paused source again', [which]),
      subcommand('remove', 'Remove a source; its papers stay', [which]),
    ],
  },
  input: Input,
  needs: PermissionFlagsBits.ManageGuild,
  audience: () => 'ephemeral',
  run: (input, context, bot) => {
    const { subcommand: act } = input
    if (act === 'list') return listed(context, bot)
    return act === 'add' ? add(input, context, bot) : change({ ...input, subcommand: act }, context, bot)
  },
  suggest: async ({ focused, text: typed, options }, context, bot) => {
    if (focused !== 'source') return []
    const sources = await bot.store.sources.list(inServer(context))
    const act = options['subcommand']
    return sources
      .filter(({ pausedAt }) => act === 'remove' || (pausedAt !== undefined) === (act === 'resume'))
      .filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()))
      .slice(0, limits.choices)
      .map(({ id, name }) => ({ name: label(name), value: id }))
  },
})
