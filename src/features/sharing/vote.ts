import type { ComponentInteraction } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { inServer } from '../../bot/permissions.ts'
import { paperRef } from '../../corpus/ids.ts'
import type { Post } from '../../store/ports.ts'
import type { Reply } from '../../view/reply.ts'
import { recounted, voteArgs } from '../../view/votes.ts'

const unknown: Reply = {
  audience: 'ephemeral',
  content: 'I no longer have a record of this post, so it cannot be voted on.',
}

/** A member votes for a paper of a post; the same vote again takes it back. The counts on the message are updated soon. */
export async function vote(interaction: ComponentInteraction, bot: BotContext): Promise<Reply> {
  const guildId = inServer(interaction)
  const [postId = '', ref, voteArg] = interaction.args
  const post = await postOf(interaction, bot)
  const paperId = post?.paperIds.find(id => paperRef(id) === ref)
  if (post === undefined || paperId === undefined) return unknown
  await bot.store.votes.toggle({
    key: interaction.id,
    guildId,
    postId,
    paperId,
    userId: interaction.user.id,
    useful: voteArg === voteArgs.useful,
    at: interaction.at.getTime(),
  })
  await recordArrival(post, interaction, bot)
  recount(post, interaction, bot)
  return {}
}

/** The post that a button's first argument names; undefined when it is not one of where the button was pressed. */
export async function postOf(interaction: ComponentInteraction, bot: BotContext): Promise<Post | undefined> {
  const post = await bot.store.posts.get(inServer(interaction), interaction.args[0] ?? '')
  return post !== undefined && (await isInThisServer(post, interaction, bot)) ? post : undefined
}

/** A click must come from the server and message of the post; otherwise the id was forged. */
async function isInThisServer(
  post: Post,
  interaction: ComponentInteraction,
  bot: BotContext,
): Promise<boolean> {
  const { channelId } = interaction
  if (channelId === undefined) return false
  if (channelId === post.channelId || channelId === post.threadId) return true
  return (await bot.channels.get(channelId))?.parentId === post.channelId
}

function recount({ guildId, id }: Post, { message }: ComponentInteraction, bot: BotContext): void {
  if (message === undefined) return
  bot.channels.refresh({ channelId: message.channelId, messageId: message.id }, async () => {
    const tallies = await bot.store.votes.tally(guildId, id)
    return tallies && { components: recounted(message.components, tallies) }
  })
}

/** Whoever votes on a message proves that it arrived, which a lost answer may have left open. */
async function recordArrival(
  post: Post,
  { message, channelId }: ComponentInteraction,
  bot: BotContext,
): Promise<void> {
  if (post.kind !== 'share' || post.messageId !== undefined || message === undefined) return
  const threadId = channelId === post.channelId ? undefined : channelId
  await bot.store.posts.arrived(post.id, { messageId: message.id, threadId })
}
