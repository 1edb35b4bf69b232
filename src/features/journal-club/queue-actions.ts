import { PermissionFlagsBits } from 'discord-api-types/v10'
import type { CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { chosenPaper } from '../../bot/options.ts'
import { inServer, moderates } from '../../bot/permissions.ts'
import type { Paper } from '../../corpus/paper.ts'
import { Failure } from '../../errors.ts'
import { lookUp } from '../../library/library.ts'
import { shown } from '../../view/escape.ts'
import { nothingFound } from '../../view/lists.ts'
import { missingPermissions } from '../../view/permissions.ts'
import { titleOf } from '../../view/pieces.ts'
import { proposalCard, queuePoll, titleOfQueued } from '../../view/queue-card.ts'
import type { Reply } from '../../view/reply.ts'
import { cardOf, demandOwn, entryNamed, everywhere, pickedCard, queued, waiting } from './queue.ts'

export async function propose(query: string, note: string, visit: CommandContext, app: BotContext): Promise<Reply> {
  const chosen = chosenPaper(query, app.library)
  if (chosen !== undefined) return proposePaper(chosen, note, visit, app)
  const found = lookUp(app.library, query)
  if (found.paper === undefined) return nothingFound(query, found.result, found.near)
  return proposePaper(found.paper, note, visit, app)
}

async function proposePaper(paper: Paper, note: string, visit: CommandContext, app: BotContext): Promise<Reply> {
  const guildId = inServer(visit)
  const { queue } = app.store
  const at = visit.at.getTime()
  const outcome = await queue.propose({ guildId, paperId: paper.id, userId: visit.user.id, note, at })
  if (outcome === 'there')
    return { audience: 'ephemeral', content: `**${titleOf(paper)}** stands in the queue already.` }
  return proposalCard(cardOf(paper, { note, votes: 0 }, app), visit.user.name, outcome === 'again')
}

export async function pick(name: string | undefined, visit: CommandContext, app: BotContext): Promise<Reply> {
  const guildId = inServer(visit)
  if (!moderates(visit))
    throw new Failure('forbidden', 'Picking the next paper takes **Manage Messages** or **Manage Server**.')
  const wanted = name === undefined ? undefined : await entryNamed(name, waiting, guildId, app)
  const entry = await app.store.queue.pick(guildId, visit.at.getTime(), wanted?.entry.paperId)
  if (entry === undefined) throw new Failure('missing', 'Nothing is proposed. `/queue propose` adds a paper.')
  return pickedCard(await entryNamed(entry.paperId, waiting, guildId, app), app)
}

/** @param name the one that was picked when left out */
export async function discussed(name: string | undefined, visit: CommandContext, app: BotContext): Promise<Reply> {
  const guildId = inServer(visit)
  const found =
    name === undefined
      ? (await queued(guildId, ['picked'], app))[0]
      : await entryNamed(name, waiting, guildId, app)
  if (found === undefined)
    throw new Failure('missing', 'No paper is picked. Name the one that was discussed.')
  demandOwn(found, visit)
  const { paperId } = found.entry
  if (!(await app.store.queue.discussed(guildId, paperId, visit.at.getTime())))
    throw new Failure('missing', 'That paper is not waiting in the queue.')
  return { content: `**${shown(titleOfQueued(found), 200)}** is marked as discussed.` }
}

export async function remove(name: string, visit: CommandContext, app: BotContext): Promise<Reply> {
  const guildId = inServer(visit)
  const found = await entryNamed(name, everywhere, guildId, app)
  demandOwn(found, visit)
  await app.store.queue.remove(guildId, found.entry.paperId)
  return { content: `**${shown(titleOfQueued(found), 200)}** is no longer in the queue.` }
}

export async function poll(hours: number, visit: CommandContext, app: BotContext): Promise<Reply> {
  const proposals = await queued(inServer(visit), ['proposed'], app)
  if (missingPermissions(visit.permissions, PermissionFlagsBits.SendPolls).length > 0)
    throw new Failure('forbidden', 'You may not post polls in this channel: you lack **Create Polls**.')
  if (proposals.length < 2)
    throw new Failure('missing', 'A poll takes two proposals. `/queue propose` adds a paper.')
  return { poll: queuePoll(proposals, hours) }
}
