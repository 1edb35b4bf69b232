import { PermissionFlagsBits } from 'discord-api-types/v10'
import type { AutocompleteInput, Choice, CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { canView, inServer } from '../../bot/permissions.ts'
import { sourceOf } from '../../delivery/hold.ts'
import { Failure } from '../../errors.ts'
import { whatBecameOfPick, whyPicked } from '../../picks/pick-text.ts'
import { type ClockTime, clockTime } from '../../schedule/clock-time.ts'
import { extraWindow, localDate } from '../../schedule/due-slots.ts'
import type { Daily } from '../../schedule/schedule.ts'
import { sameDaily } from '../../schedule/topic.ts'
import { newId } from '../../store/ids.ts'
import type { DailyView, DayView } from '../../view/daily-card.ts'
import { lessOfText } from '../../view/less-of.ts'
import { limits } from '../../view/limits.ts'
import { missingPermissions } from '../../view/permissions.ts'
import { label } from '../../view/pieces.ts'
import { timingText } from '../../view/timing.ts'
import { lessOfAt } from '../less-of/less-of.ts'
import { nextFreeSlot } from '../next-slot.ts'
import { stateOfSource } from '../sources/sync.ts'
import { unreadableFor, unreadableLabel } from '../unreadable.ts'
import { titleOf, topicName } from './pick-messages.ts'

/** @throws Failure for members who may not manage the server, whatever Discord let through */
export function mustManage(context: CommandContext): string {
  const guildId = inServer(context)
  if (!manages(context)) throw new Failure('forbidden', 'You need **Manage Server** to do that.')
  return guildId
}

/** @throws Failure `input` for what is no time of day, or may be several */
export function timeFrom(typed: string): ClockTime {
  const time = clockTime(typed)
  if (time === undefined) throw new Failure('input', 'Enter a time such as `09:30`, `18 Uhr` or `5 pm`.')
  return time
}

export type DailyRequest = Pick<
  Daily,
  'channelId' | 'timing' | 'topic' | 'count' | 'source' | 'holdMinutes' | 'thread'
>

/**
 * Sets a daily pick, or changes the one that the channel has on that topic.
 * @throws Failure `limit` when the server has too many
 */
export async function setDaily(
  request: DailyRequest,
  context: CommandContext,
  bot: BotContext,
): Promise<'set' | 'changed'> {
  const guildId = mustManage(context)
  const there = (await bot.store.dailies.list(guildId)).find(
    one => one.channelId === request.channelId && sameDaily(one, request),
  )
  const next = await nextFreeSlot(bot.store.slots, there?.id, request.timing, context.at)
  const done = await bot.store.dailies.set({
    id: newId('d'),
    guildId,
    createdBy: context.user.id,
    createdAt: context.at.getTime(),
    next,
    ...request,
  })
  bot.picks.wake()
  return done
}

/** Whether the member may change the server's daily picks. */
export const manages = ({ permissions }: Pick<CommandContext, 'permissions'>): boolean =>
  missingPermissions(permissions, PermissionFlagsBits.ManageGuild).length === 0

/** Those of the schedules whose channel the member can view: its name and topic are nobody else's. Managers know of all. */
async function known<Schedule extends { readonly channelId: string | undefined }>(
  schedules: readonly Schedule[],
  context: CommandContext,
  bot: BotContext,
): Promise<Schedule[]> {
  if (manages(context)) return [...schedules]
  const ids = [...new Set(schedules.map(({ channelId }) => channelId))]
  const viewed = await Promise.all(ids.map(id => id !== undefined && canView(id, context, bot)))
  return schedules.filter(({ channelId }) => viewed[ids.indexOf(channelId)])
}

const dailiesFor = async (context: CommandContext, bot: BotContext): Promise<Daily[]> =>
  known(await bot.store.dailies.list(inServer(context)), context, bot)

/** Schedules that this version cannot read, as the member may know of them. */
export const unreadableDailies = async (context: CommandContext, bot: BotContext) =>
  known(await bot.store.dailies.unreadable(inServer(context)), context, bot)

/** What there is to be less of in a daily pick, as the member may change it. */
export const lessOfDaily = (daily: Daily, context: CommandContext, bot: BotContext) =>
  lessOfAt(daily, { userId: context.user.id, manages: manages(context), library: bot.library }, bot)

export async function viewsOf(context: CommandContext, bot: BotContext): Promise<DailyView[]> {
  const dailies = await dailiesFor(context, bot)
  return Promise.all(
    dailies.map(async daily => {
      const [slot] = await bot.store.slots.history(daily.id, 1)
      const last = slot && `${slot.date.slice(0, 10)}: ${whatBecameOfPick(slot, daily)}`
      const less = lessOfText(await lessOfDaily(daily, context, bot))
      const sourceWord = daily.source && (await sourceWordOf(daily, bot, context.at.getTime()))
      return { daily, topic: topicName(daily.topic, bot.library), last, less, sourceWord }
    }),
  )
}

/** How the live source of a daily pick is, in a word. */
async function sourceWordOf(daily: Daily, bot: BotContext, now: number): Promise<string> {
  const source = await sourceOf(bot.store, daily)
  if (source === undefined) return 'removed'
  return source.pausedAt === undefined ? stateOfSource(source, now).word : 'paused'
}

/** The schedule that an option names; the only one that the member knows of when it is left out. @throws Failure `missing` or `input` */
export async function namedDaily(
  named: string | undefined,
  context: CommandContext,
  bot: BotContext,
): Promise<Daily> {
  const all = await dailiesFor(context, bot)
  if (all.length === 0) throw new Failure('missing', 'There are no daily picks here that you can see.')
  const [only] = all
  if (named === undefined && all.length === 1 && only !== undefined) return only
  const found = all.find(one => one.id === named)
  if (found === undefined) throw new Failure('input', 'Choose one of the suggested schedules.')
  return found
}

export async function suggestDailies(
  typed: AutocompleteInput,
  context: CommandContext,
  bot: BotContext,
): Promise<Choice[]> {
  if (context.guildId === undefined) return []
  const wanted = typed.text.toLowerCase().trim()
  const all = await dailiesFor(context, bot)
  const unreadable = await unreadableFor(typed.options.subcommand, context.guildId, bot.store.dailies)
  const broken = await known(unreadable, context, bot)
  const named = [
    ...all.map(daily => ({
      ...daily,
      text: `${topicName(daily.topic, bot.library)}, ${timingText(daily.timing)}`,
    })),
    ...broken.map(one => ({ ...one, text: unreadableLabel })),
  ]
  const choices = await Promise.all(
    named.map(async ({ id, channelId, text }) => {
      const channel = await bot.channels.get(channelId ?? '')
      const place = channel === undefined ? 'a channel that is gone' : `#${channel.name}`
      return { name: label(`${place}: ${text}`), value: id }
    }),
  )
  return choices.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, limits.choices)
}

/** Days that `/daily why` looks back on. */
const lookBack = 5

export async function daysOf(daily: Daily, bot: BotContext): Promise<DayView[]> {
  const slots = await bot.store.slots.history(daily.id, lookBack)
  return slots.map(slot => ({
    date: slot.date,
    outcome: whatBecameOfPick(slot, daily),
    picks: slot.picks.map(({ paperId, reasons }) => ({
      title: titleOf(bot.library, paperId) ?? paperId,
      why: whyPicked(reasons, id => titleOf(bot.library, id)),
    })),
  }))
}

/** Asks for an extra pick now. @returns false when the day has had all its extras */
export async function postNow(daily: Daily, context: CommandContext, bot: BotContext): Promise<boolean> {
  const now = context.at.getTime()
  const date = localDate(daily.timing, now, daily.next.offset)
  const extra = await bot.store.slots.extra({
    key: context.id,
    guildId: daily.guildId,
    scheduleId: daily.id,
    date,
    at: now,
    expiresAt: now + extraWindow,
  })
  if (extra !== undefined) bot.picks.wake()
  return extra !== undefined
}
