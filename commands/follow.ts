import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
} from 'discord-api-types/v10'
import { z } from 'zod'
import { type Action, defineCommand, type ComponentInteraction, type CommandContext } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { stringOption, subcommand, suggestTopics, text } from '../src/bot/options.ts'
import { addFollow, topicOf, wishIn } from '../src/features/follows/add.ts'
import { followChanges } from '../src/features/follows/changes.ts'
import { namedFollow, suggestFollows, viewOf, viewsOf } from '../src/features/follows/follows.ts'
import type { Follow } from '../src/schedule/schedule.ts'
import { visible } from '../src/view/escape.ts'
import { followCard, followList } from '../src/view/follow-card.ts'
import type { Reply } from '../src/view/reply.ts'
import { dayChoices, daysFrom, hourChoices } from '../src/view/timing.ts'
import { topicLength, whenForm } from '../src/view/when-form.ts'
import { suggestZones, zoneLength } from '../src/view/zones.ts'

/** The member's own follow that the press names, shown as it is after the change. */
async function showFollow(press: ComponentInteraction, app: BotContext, change?: keyof typeof followChanges): Promise<Reply> {
  const { follows } = app.store
  const id = press.values[0] ?? press.args[0] ?? ''
  const follow = await follows.get(press.user.id, id)
  if (follow === undefined)
    return followList(await viewsOf(press.user.id, app), 'You do not follow that any more.')
  const headline =
    change === undefined ? '' : await followChanges[change]([follow], wishIn(press), press, app)
  const after = await follows.get(press.user.id, id)
  if (after === undefined) return followList(await viewsOf(press.user.id, app), headline)
  return followCard({ ...viewOf(after, app), headline })
}

const changing = (change: keyof typeof followChanges): Action => ({
  answers: 'update-ephemeral',
  run: (press, app) => showFollow(press, app, change),
})

const actions: Readonly<Record<string, Action>> = {
  list: { answers: 'update-ephemeral', run: async (press, app) => followList(await viewsOf(press.user.id, app)) },
  open: { answers: 'update-ephemeral', run: (press, app) => showFollow(press, app) },
  pause: changing('pause'),
  resume: changing('resume'),
  remove: changing('remove'),
  when: {
    answers: 'form',
    run: async (press, app) => {
      const { id, timing } = await namedFollow(press.args[0] ?? '', press.user.id, app)
      return whenForm({ id: { command: 'follow', action: 'timed', args: [id] }, timing })
    },
  },
  timed: changing('time'),
  allTimed: {
    answers: 'update-ephemeral',
    run: async (press, app) => {
      const all = await app.store.follows.list(press.user.id)
      const headline = await followChanges.time(all, wishIn(press), press, app)
      return followList(await viewsOf(press.user.id, app), headline)
    },
  },
  add: {
    answers: 'ephemeral',
    run: async (press, app) => {
      const paper = app.library.paper(press.args[0] ?? '')
      const topic = paper === undefined ? { query: visible(press.fields.topic ?? '') } : { paperId: paper.id }
      return addFollow(topic, wishIn(press), press, app)
    },
  },
}

const followOption = (description: string, required = false) =>
  stringOption('follow', description, { required, autocomplete: true })
const timeOptions: APIApplicationCommandBasicOption[] = [
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'hour',
    description: 'The hour of my digest, on my clock',
    choices: [...hourChoices],
  },
  stringOption('timezone', 'Where my clock is: a city or a name such as Europe/Berlin', {
    autocomplete: true,
    max_length: zoneLength,
  }),
  stringOption('days', 'On which days', { choices: [...dayChoices] }),
]
const topicOption = stringOption('topic', 'A topic in your words, or one of the papers suggested', {
  required: true,
  autocomplete: true,
  max_length: topicLength,
})

const Input = z.object({
  subcommand: z.enum(['add', 'list', 'pause', 'resume', 'remove', 'time']),
  topic: text.default(''),
  follow: text.optional(),
  hour: z.number().int().min(0).max(23).optional(),
  timezone: text.optional(),
  days: z.string().max(7).optional(),
})

/** The follow that an option names, or all of the member's when it is left out. */
const targetsOf = async (named: string | undefined, visit: CommandContext, app: BotContext): Promise<Follow[]> =>
  named === undefined ? app.store.follows.list(visit.user.id) : [await namedFollow(named, visit.user.id, app)]

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'follow',
    description: 'New papers on a topic, or near to a paper, sent to me directly',
    options: [
      subcommand('add', 'Follow a topic or a paper', [topicOption, ...timeOptions]),
      subcommand('list', 'What I follow'),
      subcommand('pause', 'Pause one, or all of them', [followOption('All when left out')]),
      subcommand('resume', 'Resume one, or all of them', [followOption('All when left out')]),
      subcommand('remove', 'Stop following', [followOption('What to stop following', true)]),
      subcommand('time', 'Change hour, time zone or days', [
        ...timeOptions,
        followOption('All when left out'),
      ]),
    ],
  },
  input: Input,
  audience: () => 'ephemeral',
  suggest: async (typed, visit, app) => {
    if (typed.focused === 'timezone') return suggestZones(typed.text, visit.locale, visit.at)
    if (typed.focused === 'topic') return suggestTopics(typed, app.library)
    return suggestFollows(typed.text, visit.user.id, app)
  },
  run: async ({ subcommand: what, topic, follow, hour, timezone: zone, days }, visit, app) => {
    const wish = { hour, zone, days: days === undefined ? undefined : daysFrom(days) }
    if (what === 'add') return addFollow(topicOf(topic, app), wish, visit, app)
    if (what === 'list') return followList(await viewsOf(visit.user.id, app))
    const targets = await targetsOf(follow, visit, app)
    const [first] = targets
    if (first === undefined) return followList([])
    if (what === 'time' && Object.values(wish).every(value => value === undefined))
      return askTime(first, follow !== undefined)
    const headline = await followChanges[what](targets, wish, visit, app)
    return followList(await viewsOf(visit.user.id, app), headline)
  },
  actions,
})

const askTime = ({ id, timing }: Follow, alone: boolean): Reply =>
  whenForm({
    id: { command: 'follow', action: alone ? 'timed' : 'allTimed', args: alone ? [id] : [] },
    timing,
  })
