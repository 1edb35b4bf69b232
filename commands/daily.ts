import { channelMention, time } from '@discordjs/formatters'
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  InteractionContextType,
} from 'discord-api-types/v10'
import { z } from 'zod'
import { type CommandContext, defineCommand } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { stringOption, subcommand, suggestTopics, text } from '../src/bot/options.ts'
import { channelToPost, inServer } from '../src/bot/permissions.ts'
import {
  daysOf,
  mustManage,
  namedDaily,
  postNow,
  setDaily,
  suggestDailies,
  timeFrom,
  viewsOf,
} from '../src/features/daily/daily.ts'
import { pickViews, topicName } from '../src/features/daily/pick-messages.ts'
import { topicOf } from '../src/features/follows/add.ts'
import { timingFrom } from '../src/features/follows/follows.ts'
import { nextFreeSlot } from '../src/features/next-slot.ts'
import { removeById } from '../src/features/unreadable.ts'
import { noPick } from '../src/picks/pick-text.ts'
import { dailyList, whyCard } from '../src/view/daily-card.ts'
import { pickCard } from '../src/view/pick-card.ts'
import type { Reply } from '../src/view/reply.ts'
import { dayChoices, daysFrom } from '../src/view/timing.ts'
import { topicLength } from '../src/view/when-form.ts'
import { suggestZones, zoneLength } from '../src/view/zones.ts'

const Input = z.object({
  subcommand: z.enum(['set', 'list', 'pause', 'resume', 'remove', 'preview', 'post-now', 'why']),
  schedule: text.optional(),
  channel: z.string().default(''),
  time: text.default(''),
  timezone: text.default(''),
  topic: text.optional(),
  count: z.number().int().min(1).max(5).default(1),
  days: z.string().max(7).default('1234567'),
})
type Input = z.infer<typeof Input>

type Run = (input: Input, context: CommandContext, bot: BotContext) => Promise<Reply>

const listed = async (context: CommandContext, bot: BotContext, headline = ''): Promise<Reply> =>
  dailyList(
    await viewsOf(inServer(context), bot),
    await bot.store.dailies.unreadable(inServer(context)),
    headline,
  )

const runs: Readonly<Record<Input['subcommand'], Run>> = {
  list: (_input, context, bot) => listed(context, bot),
  set: async ({ channel, time, timezone, topic, count, days }, context, bot) => {
    mustManage(context)
    const { hour, minute } = timeFrom(time)
    const destination = await channelToPost(channel, context, bot, { thread: false })
    const base = { hour, minute, zone: 'UTC', days: daysFrom(days) ?? [1, 2, 3, 4, 5, 6, 7] }
    const timing = { ...timingFrom(base, { zone: timezone }, context), hour, minute }
    const request = {
      channelId: destination.id,
      timing,
      topic: topic ? topicOf(topic, bot) : undefined,
      count,
    }
    const done = await setDaily(request, context, bot)
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
    const headline = `As things stand, this comes ${time(new Date(slot.at), 'F')}:`
    const card = pickCard({
      headline,
      picks: pickViews(choice.picks, bot.library),
      slotKey: 'preview',
      votes: false,
    })
    return card
  },
  'post-now': async ({ schedule }, context, bot) => {
    mustManage(context)
    const daily = await namedDaily(schedule, context, bot)
    const done = await postNow(daily, context, bot)
    return {
      content: done
        ? `An extra pick goes to ${channelMention(daily.channelId)} now.`
        : 'All extra picks for today have been used.',
    }
  },
  why: async ({ schedule }, context, bot) => {
    const daily = await namedDaily(schedule, context, bot)
    return whyCard(topicName(daily.topic, bot.library), await daysOf(daily, bot))
  },
}

const which = stringOption('schedule', 'Which one, where there are several', { autocomplete: true })

const setOptions: APIApplicationCommandBasicOption[] = [
  {
    type: ApplicationCommandOptionType.Channel,
    name: 'channel',
    description: 'Where it is posted',
    channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.PublicThread],
    required: true,
  },
  stringOption('time', 'At what time, such as 09:30', { required: true, max_length: 10 }),
  stringOption('timezone', 'Time zone: a city or a name such as Europe/Berlin', {
    required: true,
    autocomplete: true,
    max_length: zoneLength,
  }),
  stringOption('topic', 'A topic or a paper; the whole library when left out', {
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
]

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'daily',
    description: 'A pick of the day for a channel',
    contexts: [InteractionContextType.Guild],
    options: [
      subcommand('set', 'Add one, or change it (Manage Server)', setOptions),
      subcommand('list', 'All daily picks of this server and their status'),
      subcommand('pause', 'Pause one (Manage Server)', [which]),
      subcommand('resume', 'Resume one (Manage Server)', [which]),
      subcommand('remove', 'Remove one (Manage Server)', [which]),
      subcommand('preview', 'What would come next, as things stand', [which]),
      subcommand('post-now', 'Post an extra pick now (Manage Server)', [which]),
      subcommand('why', 'Why the last papers were chosen, or why nothing came', [which]),
    ],
  },
  input: Input,
  audience: () => 'ephemeral',
  suggest: async (typed, context, bot) => {
    if (typed.focused === 'timezone') return suggestZones(typed.text, context.locale, context.at)
    if (typed.focused === 'topic') return suggestTopics(typed, bot.library)
    return suggestDailies(typed, context, bot)
  },
  run: (input, context, bot) => runs[input.subcommand](input, context, bot),
  actions: { list: { answers: 'ephemeral', run: (interaction, bot) => listed(interaction, bot) } },
})
