import type { AutocompleteInput, Choice, CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { paperRef } from '../../corpus/ids.ts'
import type { Paper } from '../../corpus/paper.ts'
import { Failure } from '../../errors.ts'
import { papersOf } from '../../picks/candidates.ts'
import { nextSlot } from '../../schedule/due-slots.ts'
import type { Follow, NextSlot, Timing, Topic } from '../../schedule/schedule.ts'
import { sameTopic } from '../../schedule/topic.ts'
import { newId } from '../../store/ids.ts'
import { shown } from '../../view/escape.ts'
import { type FollowView, topicLabel } from '../../view/follow-card.ts'
import { limits } from '../../view/limits.ts'
import { parseZone, suggestZones } from '../../view/zones.ts'
import { unreadableFor, unreadableLabel } from '../unreadable.ts'

export const viewOf = (follow: Follow, bot: BotContext): FollowView => ({
  follow,
  paper:
    follow.topic !== undefined && 'paperId' in follow.topic
      ? bot.library.paper(paperRef(follow.topic.paperId))
      : undefined,
  ownOf: bot.libraries.hasOwn(follow.serverId) ? follow.serverId : undefined,
})

export async function viewsOf(userId: string, bot: BotContext): Promise<FollowView[]> {
  const follows = await bot.store.follows.list(userId)
  const refs = follows.flatMap(({ topic }) =>
    topic !== undefined && 'paperId' in topic ? [paperRef(topic.paperId)] : [],
  )
  await bot.library.search.prepare({ refs })
  return follows.map(follow => viewOf(follow, bot))
}

/** What is followed in words, as options and the form's fields are called. */
export const askedFields = ['topic', 'author', 'venue'] as const

/** The time of a member's first follow until they say another. */
export const usualHour = 8
export const everyDay = [1, 2, 3, 4, 5, 6, 7]

/** The timing that a member asked for. A field that is left out stays as it is. */
export interface TimingRequest {
  readonly hour?: number | undefined
  /** As typed. */
  readonly zone?: string | undefined
  readonly days?: readonly number[] | undefined
}

/** The timing of the member's latest follow: their hour and their time zone. */
export const usualTiming = (follows: readonly Follow[]): Timing | undefined => follows.at(-1)?.timing

/** A suggested timing for a member who has set none yet: a form shows it before it applies. */
export function likelyTiming(locale: string, at: Date): Timing {
  const zone = suggestZones('', locale, at)[0]?.value ?? 'UTC'
  return { hour: usualHour, minute: 0, zone, days: everyDay }
}

/** @throws Failure `input` when the zone is unknown or ambiguous */
export function timingFrom(base: Timing, request: TimingRequest, { locale, at }: CommandContext): Timing {
  const { hour = base.hour, days = base.days } = request
  const zone = request.zone === undefined ? base.zone : knownZone(request.zone, locale, at)
  return { hour, minute: request.hour === undefined ? base.minute : 0, zone, days }
}

function knownZone(typed: string, locale: string, at: Date): string {
  const zone = parseZone(typed, locale, at)
  if (zone !== undefined) return zone
  const near = suggestZones(typed, locale, at)
    .slice(0, 3)
    .map(({ value }) => `\`${value}\``)
  const hint =
    near.length === 0 ? 'Use a city or a name such as `Europe/Berlin`.' : `Did you mean ${near.join(', ')}?`
  throw new Failure('input', `There is no time zone **${shown(typed, 80) || '…'}**. ${hint}`)
}

const slotAfter = (timing: Timing, at: Date): NextSlot => {
  const { at: next, offset } = nextSlot(timing, at.getTime())
  return { at: next, offset }
}

/**
 * Follows the topic, unless the member does so already. What is set in a server brings that server's own papers too.
 * @throws Failure `limit` when the member follows too much
 */
export async function createFollow(
  topic: NonNullable<Topic>,
  timing: Timing,
  context: CommandContext,
  bot: BotContext,
): Promise<{ follow: Follow; created: boolean }> {
  const { follows } = bot.store
  const { guildId } = context
  const there = (await follows.list(context.user.id))
    .filter(one => sameTopic(one.topic, topic))
    .find(one => guildId === undefined || one.serverId === undefined || one.serverId === guildId)
  if (there !== undefined) {
    const isWider = guildId !== undefined && there.serverId === undefined
    if (isWider) await follows.change(context.user.id, there.id, { serverId: guildId })
    return { follow: { ...there, serverId: there.serverId ?? guildId }, created: false }
  }
  const follow = {
    id: newId('f'),
    userId: context.user.id,
    serverId: guildId,
    timing,
    topic,
    createdAt: context.at.getTime(),
    next: slotAfter(timing, context.at),
  }
  const id = await follows.create(follow, context.id)
  const created = {
    ...follow,
    id,
    kind: 'follow',
    pausedAt: undefined,
    problem: undefined,
    lastDigestAt: undefined,
  } as const
  return { follow: created, created: true }
}

/** Papers that fit the topic now. */
export function examplesOf(topic: NonNullable<Topic>, bot: BotContext): Paper[] {
  const { search } = bot.library
  if ('paperId' in topic) return search.related(topic.paperId, 3).map(({ paper }) => paper)
  if ('query' in topic) return search.search(topic.query, { limit: 3 }).hits.map(({ paper }) => paper)
  return papersOf(search, topic)
    .sort((a, b) => ((a.published ?? '') < (b.published ?? '') ? 1 : -1))
    .slice(0, 3)
}

/** Choices for an option that names one of the member's follows. */
export async function suggestFollows(
  { text, options }: Pick<AutocompleteInput, 'text' | 'options'>,
  userId: string,
  bot: BotContext,
): Promise<Choice[]> {
  const wanted = text.toLowerCase().trim()
  const broken = await unreadableFor(options.subcommand, userId, bot.store.follows)
  const choices = [
    ...(await viewsOf(userId, bot)).map(view => ({ name: topicLabel(view), value: view.follow.id })),
    ...broken.map(({ id }) => ({ name: unreadableLabel, value: id })),
  ]
  return choices.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, limits.choices)
}

/**
 * The member's own follow that a choice, or typed text, names.
 * @throws Failure `missing`, or `input` when the text fits several
 */
export async function namedFollow(text: string, userId: string, bot: BotContext): Promise<Follow> {
  const chosen = await bot.store.follows.get(userId, text)
  if (chosen !== undefined) return chosen
  const wanted = text.trim().toLowerCase()
  const fitting = wanted === '' ? [] : await suggestFollows({ text, options: {} }, userId, bot)
  const whole = fitting.filter(({ name }) => name.toLowerCase() === wanted)
  const [first, ...more] = whole.length > 0 ? whole : fitting
  if (more.length > 0)
    throw new Failure('input', 'Several things that you follow match. Choose one of the suggestions.')
  const typed = first && (await bot.store.follows.get(userId, first.value))
  if (typed === undefined)
    throw new Failure(
      'missing',
      'You do not follow anything like that. `/follow list` shows what you follow.',
    )
  return typed
}
