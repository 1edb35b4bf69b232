import { channelMention, time } from '@discordjs/formatters'
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord-api-types/v10'
import { z } from 'zod'
import {
  type AutocompleteInput,
  type CommandContext,
  type ComponentInteraction,
  defineCommand,
} from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { stringOption, subcommand, suggestTopics, text } from '../src/bot/options.ts'
import {
  daysOf,
  lessOfDaily,
  manages,
  mustManage,
  namedDaily,
  postNow,
  setDaily,
  suggestDailies,
  timeFrom,
  unreadableDailies,
  viewsOf,
} from '../src/features/daily/daily.ts'
import { pickViews, refsIn, topicName } from '../src/features/daily/pick-messages.ts'
import { dailyChannels, postingFrom, suggestSources } from '../src/features/daily/posting.ts'
import { askedTopic } from '../src/features/follows/add.ts'
import { askedFields, timingFrom } from '../src/features/follows/follows.ts'
import { suggestAuthors, suggestVenues } from '../src/features/follows/suggest-names.ts'
import { mute, suggestMuted, takeBack, unmute } from '../src/features/less-of/less-of.ts'
import { mutedOption, muteOptions } from '../src/features/less-of/options.ts'
import { lessOfPick, undoOfPick } from '../src/features/less-of/press.ts'
import { nextFreeSlot } from '../src/features/next-slot.ts'
import { removeById } from '../src/features/unreadable.ts'
import { noPick } from '../src/picks/pick-text.ts'
import type { Daily } from '../src/schedule/schedule.ts'
import { dailyList, whyCard } from '../src/view/daily-card.ts'
import { pickCard } from '../src/view/pick-card.ts'
import type { Reply } from '../src/view/reply.ts'
import { dayChoices, daysFrom } from '../src/view/timing.ts'
import { topicLength } from '../src/view/when-form.ts'
import { suggestZones, zoneLength } from '../src/view/zones.ts'

const Input = z.object({
  subcommand: z.enum([
    'set',
    'list',
    'pause',
    'resume',
    'remove',
    'preview',
    'post-now',
    'why',
    'mute',
    'unmute',
  ]),
  schedule: text.optional(),
  channel: z.string().default(''),
  time: text.default(''),
  timezone: text.default(''),
  topic: text.optional(),
  word: text.optional(),
  author: text.optional(),
  venue: text.optional(),
  muted: text.default(''),
  thread: z.boolean().default(false),
  source: text.optional(),
  'wait-until': text.optional(),
  count: z.number().int().min(1).max(5).default(1),
  days: z.string().max(7).default('1234567'),
})
type Input = z.infer<typeof Input>

type Run = (input: Input, context: CommandContext, bot: BotContext) => Promise<Reply>

const listed = async (context: CommandContext, bot: BotContext, headline = ''): Promise<Reply> =>
  dailyList(await viewsOf(context, bot), await unreadableDailies(context, bot), headline)

const whyOf = async (daily: Daily, context: CommandContext, bot: BotContext, headline = ''): Promise<Reply> =>
  whyCard({
    dailyId: daily.id,
    topic: topicName(daily.topic, bot.library),
    days: await daysOf(daily, bot),
    lessOf: await lessOfDaily(daily, context, bot),
    headline,
  })

/** A choice from the menu of what there is to be less of. */
async function takenBack(interaction: ComponentInteraction, bot: BotContext): Promise<Reply> {
  const daily = await namedDaily(interaction.args[0] ?? '', interaction, bot)
  const done = await takeBack(daily, interaction, manages(interaction), bot)
  return whyOf(daily, interaction, bot, done || 'That was taken back already, or only **Manage Server** can.')
}

const runs: Readonly<Record<Input['subcommand'], Run>> = {
  list: (_input, context, bot) => listed(context, bot),
  set: async (input, context, bot) => {
    mustManage(context)
    const time = timeFrom(input.time)
    const { 'wait-until': waitUntil, ...request } = input
    const posting = await postingFrom({ ...request, waitUntil }, time, context, bot)
    const base = { ...time, zone: 'UTC', days: daysFrom(input.days) ?? [1, 2, 3, 4, 5, 6, 7] }
    const done = await setDaily(
      {
        ...posting,
        timing: { ...timingFrom(base, { zone: input.timezone }, context), ...time },
        topic: askedFields.some(field => input[field]) ? askedTopic(input, bot) : undefined,
        count: input.count,
      },
      context,
      bot,
    )
    return listed(
      context,
      bot,
      done === 'set' ? 'Done.' : 'This channel already had a daily pick on that topic; it has been updated.',
    )
  },
  pause: async ({ schedule }, context, bot) => {
    const guildId = mustManage(context)
    const { id } = await namedDaily(schedule, context, bot)
    await bot.store.dailies.pause(guildId, id, context.at.getTime())
    return listed(context, bot, 'Paused.')
  },
  resume: async ({ schedule }, context, bot) => {
    const guildId = mustManage(context)
    const { id, timing } = await namedDaily(schedule, context, bot)
    await bot.store.dailies.resume(guildId, id, await nextFreeSlot(bot.store.slots, id, timing, context.at))
    bot.picks.wake()
    return listed(context, bot, 'Resumed.')
  },
  remove: async ({ schedule }, context, bot) => {
    const guildId = mustManage(context)
    const { dailies } = bot.store
    if (!(await removeById(schedule, guildId, dailies)))
      await dailies.remove(guildId, (await namedDaily(schedule, context, bot)).id)
    return listed(context, bot, 'Removed.')
  },
  preview: async ({ schedule }, context, bot) => {
    const daily = await namedDaily(schedule, context, bot)
    const { slot, choice } = await context.inTurn(() => bot.picks.preview(daily))
    if (choice.kind === 'none')
      return { content: `No pick on ${slot.date}, as things stand. ${noPick(choice.reason)}` }
    // What was chosen is not among what the command itself asked a search engine for.
    await bot.library.search.prepare({ refs: refsIn(choice.picks, daily.topic) })
    const at = time(new Date(slot.at), 'F')
    const headline =
      daily.pausedAt === undefined
        ? `As things stand, this comes ${at}:`
        : `It is paused; otherwise this would come ${at}:`
    const card = pickCard({
      headline,
      picks: pickViews(choice.picks, bot.library),
      slotKey: 'preview',
      kind: 'preview',
    })
    return card
  },
  'post-now': async ({ schedule }, context, bot) => {
    mustManage(context)
    const daily = await namedDaily(schedule, context, bot)
    if (!(await postNow(daily, context, bot))) return { content: 'All extra picks for today have been used.' }
    const when = daily.problem === undefined ? 'now' : 'once I can post there, within a quarter of an hour'
    return { content: `An extra pick goes to ${channelMention(daily.channelId)} ${when}.` }
  },
  why: async ({ schedule }, context, bot) => {
    return whyOf(await namedDaily(schedule, context, bot), context, bot)
  },
  mute: async ({ schedule, word, author }, context, bot) => {
    mustManage(context)
    const daily = await namedDaily(schedule, context, bot)
    return listed(context, bot, await mute(daily, { word, author }, context.at.getTime(), bot))
  },
  unmute: async ({ schedule, muted }, context, bot) => {
    mustManage(context)
    return listed(context, bot, await unmute(await namedDaily(schedule, context, bot), muted, bot))
  },
}

/** The schedule whose mute list is asked for while somebody types; undefined where it is not clear which. */
const placeOf = ({ options }: AutocompleteInput, context: CommandContext, bot: BotContext) =>
  namedDaily(z.string().optional().catch(undefined).parse(options.schedule), context, bot).catch(
    () => undefined,
  )

const which = stringOption('schedule', 'Which one, where there are several', { autocomplete: true })

const setOptions: APIApplicationCommandBasicOption[] = [
  {
    type: ApplicationCommandOptionType.Channel,
    name: 'channel',
    description: 'Where it is posted',
    channel_types: [...dailyChannels],
    required: true,
  },
  stringOption('time', 'At what time, such as 09:30', { required: true, max_length: 24 }),
  stringOption('timezone', 'Time zone: a city or a name such as Europe/Berlin', {
    required: true,
    autocomplete: true,
    max_length: zoneLength,
  }),
  stringOption('topic', 'A topic or a paper; the whole library when left out', {
    autocomplete: true,
    max_length: topicLength,
  }),
  stringOption('author', 'Only papers by an author', { autocomplete: true, max_length: topicLength }),
  stringOption('venue', 'Only papers from a venue or category, such as NeurIPS or cs.CL', {
    autocomplete: true,
    max_length: topicLength,
  }),
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'count',
    description: 'How many papers a day',
    min_value: 1,
    max_value: 5,
  },
  stringOption('days', 'On which days', { choices: [...dayChoices] }),
  {
    type: ApplicationCommandOptionType.Boolean,
    name: 'thread',
    description: 'Open a thread on each pick; a forum has a post for each anyway',
  },
  stringOption('source', 'Only from what this live source brought last', { autocomplete: true }),
  stringOption('wait-until', 'Wait for the source’s day until then at the latest, such as 14:00', {
    max_length: 24,
  }),
]

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'daily',
    description: 'A pick of the day for a channel',
    contexts: [InteractionContextType.Guild],
    options: [
      subcommand('set', 'Add one, or change it (Manage Server)', setOptions),
      subcommand('list', 'The daily picks of this server’s channels and their status'),
      subcommand('pause', 'Pause one (Manage Server)', [which]),
      subcommand('resume', 'Resume one (Manage Server)', [which]),
      subcommand('remove', 'Remove one (Manage Server)', [which]),
      subcommand('preview', 'What would come next, as things stand', [which]),
      subcommand('post-now', 'Post an extra pick now (Manage Server)', [which]),
      subcommand('why', 'Why the last papers were chosen, or why nothing came', [which]),
      subcommand('mute', 'Post nothing with a word, or by an author (Manage Server)', [
        ...muteOptions,
        which,
      ]),
      subcommand('unmute', 'Take a word or an author off the mute list (Manage Server)', [
        mutedOption,
        which,
      ]),
    ],
  },
  input: Input,
  audience: () => 'ephemeral',
  suggest: async (typed, context, bot) => {
    if (typed.focused === 'timezone') return suggestZones(typed.text, context.locale, context.at)
    if (typed.focused === 'topic') return suggestTopics(typed, bot.library)
    if (typed.focused === 'author') return suggestAuthors(typed.text, bot.library)
    if (typed.focused === 'venue') return suggestVenues(typed.text, bot.library)
    if (typed.focused === 'source') return suggestSources(typed, context, bot)
    if (typed.focused === 'muted') return suggestMuted(typed, await placeOf(typed, context, bot), bot)
    return suggestDailies(typed, context, bot)
  },
  run: (input, context, bot) => runs[input.subcommand](input, context, bot),
  actions: {
    list: { answers: 'ephemeral', run: (interaction, bot) => listed(interaction, bot) },
    less: { answers: 'ephemeral', run: lessOfPick },
    more: { answers: 'update-ephemeral', run: undoOfPick },
    takeBack: { answers: 'update-ephemeral', run: takenBack },
  },
})
