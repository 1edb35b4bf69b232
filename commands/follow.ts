import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
} from 'discord-api-types/v10'
import { z } from 'zod'
import {
  type Action,
  type CommandContext,
  type ComponentInteraction,
  defineCommand,
} from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { stringOption, subcommand, suggestTopics, text } from '../src/bot/options.ts'
import { addFollow, askedTopic, timingRequestIn } from '../src/features/follows/add.ts'
import { orAgain, whenFormAgain } from '../src/features/follows/again.ts'
import { followChanges } from '../src/features/follows/changes.ts'
import { namedFollow, suggestFollows, viewOf, viewsOf } from '../src/features/follows/follows.ts'
import { suggestAuthors, suggestVenues } from '../src/features/follows/suggest-names.ts'
import { lessOfAt, mute, ownPlace, suggestMuted, takeBack, unmute } from '../src/features/less-of/less-of.ts'
import { mutedOption, muteOptions } from '../src/features/less-of/options.ts'
import { lessOfDigest, undoOfDigest } from '../src/features/less-of/press.ts'
import { removeById } from '../src/features/unreadable.ts'
import type { Follow } from '../src/schedule/schedule.ts'
import { followCard, followList } from '../src/view/follow-card.ts'
import type { Reply } from '../src/view/reply.ts'
import { dayChoices, daysFrom, hourChoices } from '../src/view/timing.ts'
import { topicLength, whenForm } from '../src/view/when-form.ts'
import { suggestZones, zoneLength } from '../src/view/zones.ts'

const listOf = async (userId: string, bot: BotContext, headline = ''): Promise<Reply> =>
  followList(
    await viewsOf(userId, bot),
    headline,
    await bot.store.follows.unreadable(userId),
    await lessOfAt(ownPlace(userId), { userId, manages: true, library: bot.library }, bot),
  )

/** The member's own follow that the press names, shown as it is after the change. */
async function showFollow(
  interaction: ComponentInteraction,
  bot: BotContext,
  change?: keyof typeof followChanges,
): Promise<Reply> {
  const { follows } = bot.store
  const id = interaction.values[0] ?? interaction.args[0] ?? ''
  const follow = await follows.get(interaction.user.id, id)
  if (follow === undefined) return listOf(interaction.user.id, bot, 'You do not follow that any more.')
  const headline =
    change === undefined
      ? ''
      : await followChanges[change]([follow], timingRequestIn(interaction), interaction, bot)
  const after = await follows.get(interaction.user.id, id)
  if (after === undefined) return listOf(interaction.user.id, bot, headline)
  return followCard({ ...viewOf(after, bot), headline })
}

const changing = (change: keyof typeof followChanges): Action => ({
  answers: 'update-ephemeral',
  run: (interaction, bot) => showFollow(interaction, bot, change),
})

const actions: Readonly<Record<string, Action>> = {
  list: {
    answers: 'update-ephemeral',
    run: (interaction, bot) => listOf(interaction.user.id, bot),
  },
  open: { answers: 'update-ephemeral', run: (interaction, bot) => showFollow(interaction, bot) },
  pause: changing('pause'),
  resume: changing('resume'),
  remove: changing('remove'),
  when: {
    answers: 'form',
    run: async (interaction, bot) => {
      const { id, timing } = await namedFollow(interaction.args[0] ?? '', interaction.user.id, bot)
      return whenForm({ id: { command: 'follow', action: 'timed', args: [id] }, timing })
    },
  },
  timed: orAgain('timed', changing('time')),
  allTimed: orAgain('allTimed', {
    answers: 'update-ephemeral',
    run: async (interaction, bot) => {
      const all = await bot.store.follows.list(interaction.user.id)
      const headline = await followChanges.time(all, timingRequestIn(interaction), interaction, bot)
      return listOf(interaction.user.id, bot, headline)
    },
  }),
  add: orAgain('add', {
    answers: 'ephemeral',
    run: async (interaction, bot) => {
      const paper = bot.library.paper(interaction.args[0] ?? '')
      const topic = paper === undefined ? askedTopic(interaction.fields, bot) : { paperId: paper.id }
      return addFollow(topic, timingRequestIn(interaction), interaction, bot)
    },
  }),
  less: { answers: 'ephemeral', run: lessOfDigest },
  more: { answers: 'update-ephemeral', run: undoOfDigest },
  takeBack: {
    answers: 'update-ephemeral',
    run: async (interaction, bot) => {
      const userId = interaction.user.id
      const done = await takeBack(ownPlace(userId), interaction, true, bot)
      return listOf(userId, bot, done || 'That was taken back already.')
    },
  },
  again: { answers: 'form', run: async interaction => whenFormAgain(interaction) },
}

const followOption = (description: string, required = false) =>
  stringOption('follow', description, { required, autocomplete: true })
const timeOptions: APIApplicationCommandBasicOption[] = [
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'hour',
    description: 'The hour of my digest, in my time zone',
    choices: [...hourChoices],
  },
  stringOption('timezone', 'Where my clock is: a city or a name such as Europe/Berlin', {
    autocomplete: true,
    max_length: zoneLength,
  }),
  stringOption('days', 'On which days', { choices: [...dayChoices] }),
]
const askedOptions = [
  stringOption('topic', 'A topic in your words, or one of the papers suggested', {
    autocomplete: true,
    max_length: topicLength,
  }),
  stringOption('author', 'Everything by an author', { autocomplete: true, max_length: topicLength }),
  stringOption('venue', 'Everything from a venue or category, such as NeurIPS or cs.CL', {
    autocomplete: true,
    max_length: topicLength,
  }),
]

const Input = z.object({
  subcommand: z.enum(['add', 'list', 'pause', 'resume', 'remove', 'time', 'mute', 'unmute']),
  topic: text.optional(),
  author: text.optional(),
  venue: text.optional(),
  follow: text.optional(),
  word: text.optional(),
  muted: text.default(''),
  hour: z.number().int().min(0).max(23).optional(),
  timezone: text.optional(),
  days: z.string().max(7).optional(),
})

/** The follow that an option names, or all of the member's when it is left out. */
const targetsOf = async (
  named: string | undefined,
  context: CommandContext,
  bot: BotContext,
): Promise<Follow[]> =>
  named === undefined
    ? bot.store.follows.list(context.user.id)
    : [await namedFollow(named, context.user.id, bot)]

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'follow',
    description: 'Get new papers on a topic, by an author or from a venue, by direct message',
    options: [
      subcommand('add', 'Follow a topic, a paper, an author or a venue', [...askedOptions, ...timeOptions]),
      subcommand('list', 'What I follow'),
      subcommand('pause', 'Pause one, or all of them', [followOption('All when left out')]),
      subcommand('resume', 'Resume one, or all of them', [followOption('All when left out')]),
      subcommand('remove', 'Stop following', [followOption('What to stop following', true)]),
      subcommand('time', 'Change hour, time zone or days', [
        ...timeOptions,
        followOption('All when left out'),
      ]),
      subcommand('mute', 'Leave out of my digests what has a word, or is by an author', [...muteOptions]),
      subcommand('unmute', 'Take a word or an author off my mute list', [mutedOption]),
    ],
  },
  input: Input,
  audience: () => 'ephemeral',
  suggest: async (typed, context, bot) => {
    if (typed.focused === 'timezone') return suggestZones(typed.text, context.locale, context.at)
    if (typed.focused === 'topic') return suggestTopics(typed, bot.library)
    if (typed.focused === 'author') return suggestAuthors(typed.text, bot.library)
    if (typed.focused === 'venue') return suggestVenues(typed.text, bot.library)
    if (typed.focused === 'muted') return suggestMuted(typed, ownPlace(context.user.id), bot)
    return suggestFollows(typed, context.user.id, bot)
  },
  run: async (input, context, bot) => {
    const { subcommand: what, follow, hour, timezone: zone, days } = input
    const request = { hour, zone, days: days === undefined ? undefined : daysFrom(days) }
    if (what === 'add') return addFollow(askedTopic(input, bot), request, context, bot)
    if (what === 'list') return listOf(context.user.id, bot)
    const place = ownPlace(context.user.id)
    if (what === 'mute')
      return listOf(context.user.id, bot, await mute(place, input, context.at.getTime(), bot))
    if (what === 'unmute') return listOf(context.user.id, bot, await unmute(place, input.muted, bot))
    if (what === 'remove' && (await removeById(follow, context.user.id, bot.store.follows)))
      return listOf(context.user.id, bot, 'Removed.')
    const targets = await targetsOf(follow, context, bot)
    const [first] = targets
    if (first === undefined) return listOf(context.user.id, bot)
    if (what === 'time' && Object.values(request).every(value => value === undefined))
      return askTime(first, follow !== undefined)
    const headline = await followChanges[what](targets, request, context, bot)
    return listOf(context.user.id, bot, headline)
  },
  actions,
})

const askTime = ({ id, timing }: Follow, alone: boolean): Reply =>
  whenForm({
    id: { command: 'follow', action: alone ? 'timed' : 'allTimed', args: alone ? [id] : [] },
    timing,
  })
