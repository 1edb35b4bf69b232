import type { CommandContext, ComponentInteraction } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { chosenPaper } from '../../bot/options.ts'
import { paperRef } from '../../corpus/ids.ts'
import { prepareNames } from '../../delivery/load-inputs.ts'
import { Failure } from '../../errors.ts'
import type { Topic } from '../../schedule/schedule.ts'
import { shown, visible } from '../../view/escape.ts'
import { followCard } from '../../view/follow-card.ts'
import type { Reply } from '../../view/reply.ts'
import { daysFrom } from '../../view/timing.ts'
import { type Asked, topicLength, whenForm } from '../../view/when-form.ts'
import {
  askedFields,
  createFollow,
  examplesOf,
  likelyTiming,
  type TimingRequest,
  timingFrom,
  usualTiming,
  viewOf,
} from './follows.ts'

type Wanted = NonNullable<Topic>

/** A paper that was chosen from the suggestions, or else a query. */
function topicOf(typed: string, bot: BotContext): Wanted {
  const paper = chosenPaper(typed, bot.library)
  return paper === undefined ? { query: visible(typed).slice(0, topicLength) } : { paperId: paper.id }
}

/**
 * What is to be followed: exactly one of topic, author and venue.
 * @throws Failure `input` otherwise
 */
export function askedTopic(
  asked: { readonly [Field in (typeof askedFields)[number]]?: string | undefined },
  bot: BotContext,
): Wanted {
  const [field, ...more] = askedFields.filter(one => visible(asked[one] ?? '') !== '')
  if (field === undefined || more.length > 0)
    throw new Failure('input', 'Give one of **topic**, **author** and **venue**: each makes one of its own.')
  const typed = asked[field] ?? ''
  const text = visible(typed).slice(0, topicLength)
  if (field === 'topic') return topicOf(typed, bot)
  if (!/[\p{L}\p{N}]/u.test(text)) throw new Failure('input', `**${shown(text, 80) || '…'}** is no name.`)
  return field === 'author' ? { author: text } : { venue: text }
}

/** The submitted fields of `whenForm`; forged values count as left out. */
export const timingRequestIn = ({ fields }: ComponentInteraction): TimingRequest => ({
  hour: /^(?:1?\d|2[0-3])$/u.test(fields.hour ?? '') ? Number(fields.hour) : undefined,
  zone: fields.zone,
  days: daysFrom(fields.days ?? ''),
})

/**
 * Follows a topic at the member's usual time, or asks for the time where the member has none yet.
 * @throws Failure `input` for a time zone that is none
 */
export async function addFollow(
  topic: Wanted,
  request: TimingRequest,
  context: CommandContext,
  bot: BotContext,
): Promise<Reply> {
  await bot.library.search.prepare(wantedOf(topic))
  if ('query' in topic && !bot.library.search.parse(topic.query).searchable)
    return { content: 'There is nothing to search for in that. Try a topic, a title or an author.' }
  const usual = usualTiming(await bot.store.follows.list(context.user.id))
  // Nobody's time zone is guessed behind their back: the form shows the guess before it counts.
  if (usual === undefined && request.zone === undefined) return askWhen(topic, request, context)
  const timing = timingFrom(usual ?? likelyTiming(context.locale, context.at), request, context)
  await prepareNames(bot.library.search, topic)
  const examples = await context.inTurn(() => examplesOf(topic, bot))
  const { follow, created } = await createFollow(topic, timing, context, bot)
  const done =
    examples.length > 0 ? 'Done.' : 'Done. Nothing matches yet; I’ll let you know when something does.'
  return followCard({
    ...viewOf(follow, bot),
    headline: created ? done : 'You follow that already.',
    examples,
  })
}

function wantedOf(topic: Wanted): Parameters<BotContext['library']['search']['prepare']>[0] {
  if ('query' in topic) return { text: topic.query }
  return 'paperId' in topic ? { related: [topic.paperId] } : topic
}

function askWhen(topic: Wanted, { hour, days }: TimingRequest, { locale, at }: CommandContext): Reply {
  const likely = likelyTiming(locale, at)
  const timing = { ...likely, hour: hour ?? likely.hour, days: days ?? likely.days }
  const id = (args: string[]) => ({ command: 'follow', action: 'add', args })
  if ('paperId' in topic) return whenForm({ id: id([paperRef(topic.paperId)]), timing })
  return whenForm({ id: id([]), timing, asked: askedOf(topic) })
}

function askedOf(topic: Exclude<Wanted, { paperId: string }>): Asked {
  if ('query' in topic) return { field: 'topic', text: topic.query }
  return 'author' in topic ? { field: 'author', text: topic.author } : { field: 'venue', text: topic.venue }
}
