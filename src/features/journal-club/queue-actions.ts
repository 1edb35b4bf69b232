import { PermissionFlagsBits } from 'discord-api-types/v10'
import type { CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { chosenPaper } from '../../bot/options.ts'
import { inServer, moderates } from '../../bot/permissions.ts'
import { wantedByCommand } from '../../bot/wanted.ts'
import type { Paper } from '../../corpus/paper.ts'
import { Failure } from '../../errors.ts'
import { describe } from '../../library/library.ts'
import { lookUpMeant } from '../../library/relevance.ts'
import { idOf } from '../../store/ids.ts'
import type { QueueMessage } from '../../store/queue-ports.ts'
import { shown } from '../../view/escape.ts'
import { nothingFound } from '../../view/lists.ts'
import { missingPermissions } from '../../view/permissions.ts'
import { titleOf } from '../../view/pieces.ts'
import { proposalCard, queuePoll, titleOfQueued } from '../../view/queue-card.ts'
import type { Reply } from '../../view/reply.ts'
import { zoteroFull } from '../../view/zotero-card.ts'
import { allStates, entryNamed, pickedCard, queued, requireOwn, waiting } from './queue.ts'

export async function propose(
  query: string,
  note: string,
  context: CommandContext,
  bot: BotContext,
): Promise<Reply> {
  await bot.library.search.prepare(wantedByCommand(query, [query]))
  const chosen = chosenPaper(query, bot.library)
  if (chosen !== undefined) return proposePaper(chosen, note, context, bot)
  const found = await context.inTurn(() => lookUpMeant(bot.library, query))
  if (found.paper === undefined) return nothingFound(query, found.result, found.near)
  return proposePaper(found.paper, note, context, bot)
}

async function proposePaper(
  paper: Paper,
  note: string,
  context: CommandContext,
  bot: BotContext,
): Promise<Reply> {
  const guildId = inServer(context)
  const described = await context.inTurn(() => describe(bot.library, paper))
  const { queue } = bot.store
  const at = context.at.getTime()
  const mark = idOf('q', context.id)
  const outcome = await queue.propose({
    key: context.id,
    guildId,
    paperId: paper.id,
    userId: context.user.id,
    note,
    at,
    message: messageIn(context, mark),
  })
  if (outcome === 'already-queued')
    return { audience: 'ephemeral', content: `**${titleOf(paper)}** is already in the queue.` }
  return proposalCard({ ...described, note, votes: 0, mark }, context.user.name, outcome === 'again')
}

/** Where the reply will be posted. */
const messageIn = ({ channelId }: CommandContext, mark: string): QueueMessage | undefined =>
  channelId === undefined ? undefined : { mark, channelId }

export async function pick(
  name: string | undefined,
  context: CommandContext,
  bot: BotContext,
): Promise<Reply> {
  const guildId = inServer(context)
  if (!moderates(context))
    throw new Failure(
      'forbidden',
      'You need **Manage Messages** or **Manage Server** to pick the next paper.',
    )
  const wanted = name === undefined ? undefined : await entryNamed(name, waiting, guildId, bot)
  const mark = idOf('q', context.id)
  const entry = await bot.store.queue.pick({
    key: context.id,
    guildId,
    at: context.at.getTime(),
    paperId: wanted?.entry.paperId,
    message: messageIn(context, mark),
  })
  if (entry === undefined)
    throw new Failure('missing', 'Nothing has been proposed yet. Add a paper with `/queue propose`.')
  return pickedCard(await entryNamed(entry.paperId, waiting, guildId, bot), mark, bot)
}

/** @param name the one that was picked when left out */
export async function discussed(
  name: string | undefined,
  context: CommandContext,
  bot: BotContext,
): Promise<Reply> {
  const guildId = inServer(context)
  const found =
    name === undefined
      ? (await queued(guildId, ['picked'], bot))[0]
      : await entryNamed(name, waiting, guildId, bot)
  if (found === undefined)
    throw new Failure('missing', 'No paper has been picked. Choose the one that was discussed.')
  requireOwn(found, context)
  const { paperId } = found.entry
  const zotero = { tag: 'discussed', userId: context.user.id }
  const at = context.at.getTime()
  const outcome = await bot.store.queue.discussed({ key: context.id, guildId, paperId, at, zotero })
  if (outcome === undefined) throw new Failure('missing', 'That paper is not waiting in the queue.')
  if (outcome === 'added') bot.picks.wake()
  return {
    content: `**${shown(titleOfQueued(found), 200)}** is marked as discussed.${zoteroFull(outcome)}`,
  }
}

export async function remove(name: string, context: CommandContext, bot: BotContext): Promise<Reply> {
  const guildId = inServer(context)
  const found = await entryNamed(name, allStates, guildId, bot)
  requireOwn(found, context)
  await bot.store.queue.remove(guildId, found.entry.paperId)
  return { content: `**${shown(titleOfQueued(found), 200)}** is no longer in the queue.` }
}

export async function poll(hours: number, context: CommandContext, bot: BotContext): Promise<Reply> {
  const proposals = await queued(inServer(context), ['proposed'], bot)
  if (missingPermissions(context.permissions, PermissionFlagsBits.SendPolls).length > 0)
    throw new Failure('forbidden', 'You may not post polls in this channel: you lack **Create Polls**.')
  if (proposals.length < 2)
    throw new Failure('missing', 'A poll needs at least two proposals. Add one with `/queue propose`.')
  return { poll: queuePoll(proposals, hours) }
}
