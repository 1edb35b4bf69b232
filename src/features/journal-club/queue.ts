import type { Choice, CommandContext, ComponentInteraction } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { choiceOf } from '../../bot/options.ts'
import { inServer, moderates } from '../../bot/permissions.ts'
import { paperRef } from '../../corpus/ids.ts'
import type { Paper } from '../../corpus/paper.ts'
import { Failure } from '../../errors.ts'
import { lengths } from '../../lengths.ts'
import { describe } from '../../library/library.ts'
import { snowflake } from '../../snowflake.ts'
import type { QueueEntry } from '../../store/queue-ports.ts'
import { clip, visible } from '../../view/escape.ts'
import { limits } from '../../view/limits.ts'
import {
  isDetailed,
  nextCard,
  type QueueCard,
  type Queued,
  type QueuePage,
  type QueueSection,
  queueList,
  titleOfQueued,
  voteText,
  withVotes,
} from '../../view/queue-card.ts'
import type { Message, Reply } from '../../view/reply.ts'

export type State = QueueEntry['state']

export const waiting: readonly State[] = ['proposed', 'picked']
export const allStates: readonly State[] = [...waiting, 'discussed']

const statesOf: Readonly<Record<QueueSection, readonly State[]>> = { waiting, discussed: ['discussed'] }

/** The queue's entries in those states: the next paper comes first. */
export async function queued(
  guildId: string,
  states: readonly State[],
  { store, library }: BotContext,
): Promise<Queued[]> {
  const entries = await store.queue.list(guildId, states)
  await library.search.prepare({ refs: entries.map(({ paperId }) => paperRef(paperId)) })
  return entries
    .map(entry => ({ entry, paper: library.paper(paperRef(entry.paperId)) }))
    .sort((a, b) => Number(b.entry.state === 'picked') - Number(a.entry.state === 'picked'))
}

export async function listPage(
  list: Omit<QueuePage, 'queued'>,
  guildId: string,
  bot: BotContext,
): Promise<Message> {
  return queueList({ ...list, queued: await queued(guildId, statesOf[list.section], bot) })
}

const fold = (text: string): string => visible(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Entries whose title contains the typed text. */
function matching(typed: string, all: readonly Queued[]): Queued[] {
  const wanted = fold(typed.slice(0, lengths.completed))
  return all.filter(one => fold(titleOfQueued(one)).includes(wanted))
}

/** Choices of papers in the queue. */
export async function suggestQueued(
  typed: string,
  states: readonly State[],
  guildId: string,
  bot: BotContext,
): Promise<Choice[]> {
  return matching(typed, await queued(guildId, states, bot))
    .slice(0, limits.choices)
    .map(one => ({ name: titleOfQueued(one), value: choiceOf(one.entry.paperId) }))
}

/**
 * The entry that a choice, a reference or a part of a title names.
 * @throws Failure when none fits, or several do
 */
export async function entryNamed(
  named: string,
  states: readonly State[],
  guildId: string,
  bot: BotContext,
): Promise<Queued> {
  const all = await queued(guildId, states, bot)
  const exact = all.find(({ entry: { paperId } }) =>
    [choiceOf(paperId), paperRef(paperId), paperId].includes(named),
  )
  const [found, ...more] = exact === undefined && named !== '' ? matching(named, all) : [exact]
  if (found === undefined) throw new Failure('missing', 'That paper is not waiting in the queue.')
  if (more.length > 0)
    throw new Failure('input', 'Several papers in the queue match. Choose one of the suggestions.')
  return found
}

/**
 * Whoever proposed a paper may take it back or mark it as discussed; whoever moderates may do so with any.
 * @throws Failure for everybody else
 */
export function requireOwn({ entry }: Queued, context: CommandContext): void {
  if (entry.proposedBy === context.user.id || moderates(context)) return
  throw new Failure(
    'forbidden',
    'Only the member who proposed the paper, or someone with **Manage Messages** or **Manage Server**, can do that.',
  )
}

function cardOf(
  paper: Paper,
  { note, votes }: Pick<QueueEntry, 'note' | 'votes'>,
  mark: string,
  bot: BotContext,
): QueueCard {
  return { ...describe(bot.library, paper), note, votes, mark }
}

/** The paper that was chosen to come next, as a message. */
export function pickedCard({ entry, paper }: Queued, mark: string, bot: BotContext): Message {
  if (paper !== undefined) return nextCard(cardOf(paper, entry, mark, bot))
  return { content: `Next in the journal club: \`${clip(entry.paperId.replaceAll('`', "'"), 200)}\`` }
}

/** A member votes for a proposal, or takes the vote back. @returns the votes it has, and whether theirs is among them */
export async function toggleVote(
  { entry: { paperId } }: Queued,
  context: CommandContext,
  bot: BotContext,
): Promise<{ votes: number; wanted: boolean }> {
  const guildId = inServer(context)
  const vote = { key: context.id, guildId, paperId, userId: context.user.id, at: context.at.getTime() }
  const pressed = await bot.store.queue.toggle(vote)
  if (pressed === undefined) throw new Failure('missing', 'That paper is not waiting in the queue.')
  return pressed
}

/** The vote button under a proposal: its count is updated soon. */
export async function voteByButton(interaction: ComponentInteraction, bot: BotContext): Promise<Reply> {
  const guildId = inServer(interaction)
  const [ref = ''] = interaction.args
  const found = await entryNamed(ref, waiting, guildId, bot)
  await toggleVote(found, interaction, bot)
  const { message } = interaction
  if (message !== undefined)
    bot.channels.refresh({ channelId: message.channelId, messageId: message.id }, async () => {
      const entry = await bot.store.queue.get(guildId, found.entry.paperId)
      return entry && { components: withVotes(message.components, ref, entry.votes) }
    })
  return {}
}

/** The menu of a list: the list is updated soon, and the member sees the result of the vote. */
export async function voteByMenu(interaction: ComponentInteraction, bot: BotContext): Promise<Reply> {
  const guildId = inServer(interaction)
  const [page, named = ''] = interaction.args
  const owner = snowflake.test(named) ? named : interaction.user.id
  const found = await entryNamed(interaction.values[0] ?? '', waiting, guildId, bot)
  const { message } = interaction
  const { votes, wanted } = await toggleVote(found, interaction, bot)
  const content = voteText(found, votes, wanted)
  if (message === undefined) return { content }
  const detailed = isDetailed(message.components)
  const list = () => listPage({ section: 'waiting', page: Number(page) || 0, owner, detailed }, guildId, bot)
  if (message.isEphemeral) return { ...(await list()), content }
  bot.channels.refresh({ channelId: message.channelId, messageId: message.id }, list)
  return { content }
}
