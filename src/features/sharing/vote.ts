import type { ComponentInteraction } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { inServer } from '../../bot/permissions.ts'
import { paperRef } from '../../corpus/ids.ts'
import type { Post } from '../../store/ports.ts'
import type { Reply } from '../../view/reply.ts'
import { recounted, voteSigns } from '../../view/votes.ts'

const unknown: Reply = {
  audience: 'ephemeral',
  content: 'I no longer know this post, so it takes no votes.',
}

/** A member votes for a paper of a post; the same vote again takes it back. The message's counts follow soon. */
export async function vote(press: ComponentInteraction, app: BotContext): Promise<Reply> {
  const guildId = inServer(press)
  const { votes, posts } = app.store
  const [postId = '', ref, sign] = press.args
  const post = await posts.get(guildId, postId)
  const paperId = post?.paperIds.find(id => paperRef(id) === ref)
  if (post === undefined || paperId === undefined || !(await standsHere(post, press, app))) return unknown
  await votes.press({
    guildId,
    postId,
    paperId,
    userId: press.user.id,
    useful: sign === voteSigns.useful,
    at: press.at.getTime(),
  })
  await noteArrival(post, press, app)
  recount(post, press, app)
  return {}
}

/** A post's buttons are pressed where it stands, or somebody made them up. */
async function standsHere(post: Post, press: ComponentInteraction, app: BotContext): Promise<boolean> {
  const { channelId } = press
  if (channelId === undefined) return false
  if (channelId === post.channelId || channelId === post.threadId) return true
  return (await app.channels.get(channelId))?.parentId === post.channelId
}

function recount({ guildId, id }: Post, { message }: ComponentInteraction, app: BotContext): void {
  if (message === undefined) return
  app.channels.refresh({ channelId: message.channelId, messageId: message.id }, async () => {
    const tallies = await app.store.votes.tally(guildId, id)
    return tallies && { components: recounted(message.components, tallies) }
  })
}

/** Whoever votes on a message proves that it arrived, which a lost answer may have left open. */
async function noteArrival(post: Post, { message, channelId }: ComponentInteraction, app: BotContext): Promise<void> {
  if (post.kind !== 'share' || post.messageId !== undefined || message === undefined) return
  const threadId = channelId === post.channelId ? undefined : channelId
  await app.store.posts.arrived(post.id, { messageId: message.id, threadId })
}
