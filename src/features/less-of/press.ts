import { channelMention } from '@discordjs/formatters'
import type { ComponentInteraction } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { inServer } from '../../bot/permissions.ts'
import { paperRef } from '../../corpus/ids.ts'
import { shown } from '../../view/escape.ts'
import { lessLikeThis } from '../../view/less-of.ts'
import type { Reply } from '../../view/reply.ts'
import { titleOf } from '../daily/pick-messages.ts'
import { postOf } from '../sharing/vote.ts'
import { ownPlace, undo } from './less-of.ts'

const unknown: Reply = {
  audience: 'ephemeral',
  content: 'I no longer have a record of this post, so I do not know what to send less of.',
}
const removed: Reply = { content: 'That daily pick was removed.', embeds: [], components: [] }
const takenBack: Reply = { content: 'Taken back.', embeds: [], components: [] }

const named = (paperId: string, bot: BotContext): string => {
  const title = titleOf(bot.library, paperId)
  return title === undefined ? 'this paper' : `*${shown(title, 200)}*`
}

/**
 * “Less like this” under a daily pick, by any member who sees it in its channel, as for votes. It lowers what is near,
 * never takes it out, and each member has a few per daily pick: nobody alone decides what all others get.
 */
export async function lessOfPick(interaction: ComponentInteraction, bot: BotContext): Promise<Reply> {
  const guildId = inServer(interaction)
  const [slotKey = '', ref = ''] = interaction.args
  const post = await postOf(interaction, bot)
  const paperId = post?.paperIds.find(id => paperRef(id) === ref)
  if (post?.kind !== 'pick' || paperId === undefined) return unknown
  const daily = (await bot.store.dailies.list(guildId)).find(({ id }) => slotKey.startsWith(`${id}-`))
  if (daily === undefined) return removed
  const said = { userId: interaction.user.id, paperId, at: interaction.at.getTime() }
  const done = await bot.store.dislikes.add(daily, said)
  if (done === 'gone') return removed
  const where = channelMention(daily.channelId)
  const text =
    done === 'there'
      ? `You have said so of ${named(paperId, bot)}: what is like it comes last in ${where}.`
      : `From now on, papers like ${named(paperId, bot)} come last in the daily picks of ${where}. The more members say so the more it counts.`
  return lessLikeThis(text, { command: 'daily', action: 'more', args: [daily.id, ref] })
}

export async function undoOfPick(interaction: ComponentInteraction, bot: BotContext): Promise<Reply> {
  const [id = '', ref = ''] = interaction.args
  const daily = await bot.store.dailies.get(inServer(interaction), id)
  if (daily === undefined) return removed
  await undo(daily, ref, interaction, bot)
  return takenBack
}

/** “Less like this” under an entry of a digest: for all digests of the member who presses. */
export async function lessOfDigest(interaction: ComponentInteraction, bot: BotContext): Promise<Reply> {
  const userId = interaction.user.id
  const [, ref = ''] = interaction.args
  const sent = await bot.store.follows.seen(userId)
  const paperId = [...sent].find(id => paperRef(id) === ref)
  if (paperId === undefined) return unknown
  await bot.store.dislikes.add(ownPlace(userId), { userId, paperId, at: interaction.at.getTime() })
  return lessLikeThis(
    `From now on your digests bring less like ${named(paperId, bot)}. \`/follow list\` shows what you want less of.`,
    { command: 'follow', action: 'more', args: [ref] },
  )
}

export async function undoOfDigest(interaction: ComponentInteraction, bot: BotContext): Promise<Reply> {
  await undo(ownPlace(interaction.user.id), interaction.args[0] ?? '', interaction, bot)
  return takenBack
}
