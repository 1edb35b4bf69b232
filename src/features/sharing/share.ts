import { channelMention, time, userMention } from '@discordjs/formatters'
import { type ChannelInfo, messageUrl, type Sent } from '../../bot/channels.ts'
import type { CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { channelToPost, inServer } from '../../bot/permissions.ts'
import { Failure } from '../../errors.ts'
import { describe } from '../../library/library.ts'
import { idOf } from '../../store/ids.ts'
import type { Post } from '../../store/ports.ts'
import type { Message } from '../../view/reply.ts'
import { type Pending, pendingShare, shareCard, threadName } from '../../view/share-card.ts'

/**
 * The id of a share: the same for every click that goes back to the same interaction. The member, the server, the
 * channel and the paper are part of it, so that a forged seed leads to nothing that is another's.
 */
function shareId(pending: Pending, guildId: string, userId: string): string {
  const { seed, channelId, paper } = pending
  return idOf('s', seed, guildId, channelId, userId, paper.id)
}

/**
 * Posts a paper in a channel in a member's name, once however often it is asked for: the share is recorded before it
 * is sent, and a send that Discord did not confirm is looked up before it is repeated.
 * @param sure post it even if the channel has already had the paper
 */
export async function share(
  pending: Pending,
  sure: boolean,
  context: CommandContext,
  bot: BotContext,
): Promise<Message> {
  const guildId = inServer(context)
  const { posts } = bot.store
  const channel = await channelToPost(pending.channelId, context, bot, pending)
  if (channel.needsTag)
    throw new Failure(
      'input',
      `Posts in ${channelMention(channel.id)} must carry a tag, which I cannot choose. Share it in one of its posts instead.`,
    )
  const described = await context.inTurn(() => describe(bot.library, pending.paper))
  const id = shareId(pending, guildId, context.user.id)
  const known = await posts.get(guildId, id)
  if (known?.messageId !== undefined) return done(channel, urlOf(known, channel))
  const earlier = sure || known !== undefined ? undefined : await posts.latest(channel.id, pending.paper.id)
  if (earlier !== undefined) return pendingShare(pending, warning(earlier, channel), 'Share anyway')
  if (known?.userId === undefined)
    await posts.share({
      id,
      guildId,
      channelId: channel.id,
      userId: context.user.id,
      paperId: pending.paper.id,
      note: pending.note,
      at: context.at.getTime(),
    })
  const sent = await post(pending, described, id, channel, known, context, bot)
  if (sent === undefined) return pendingShare(pending, unconfirmed(channel), 'Check again')
  return finish(pending, id, channel, sent, bot)
}

/** @returns undefined when it is unknown whether it arrived: then it stays recorded */
async function post(
  pending: Pending,
  described: ReturnType<typeof describe>,
  id: string,
  channel: ChannelInfo,
  known: Post | undefined,
  context: CommandContext,
  bot: BotContext,
): Promise<Sent | undefined> {
  const { paper } = pending
  const note = known?.userId === undefined ? pending.note : known.note
  const message = shareCard({
    postId: id,
    sharer: context.user.name,
    note,
    ...described,
  })
  try {
    return await bot.channels.send(channel, {
      message,
      nonce: id,
      title: threadName(paper),
      triedAt: known?.at,
      signal: context.signal,
    })
  } catch (error) {
    // It was certainly not posted. When the store is away just now, the record stays and warns once too often.
    await bot.store.posts.withdraw(id).catch(err => bot.log.warn({ err, id }, 'a share was not taken back'))
    throw error
  }
}

/** The message is posted. A failure after this point does not undo it. */
async function finish(
  pending: Pending,
  id: string,
  channel: ChannelInfo,
  sent: Sent,
  bot: BotContext,
): Promise<Message> {
  const { posts } = bot.store
  const arrived = (threadId: string | undefined) =>
    posts
      .arrived(id, { messageId: sent.messageId, threadId })
      .catch(err => bot.log.warn({ err, id }, 'a share’s message was not recorded'))
  await arrived(sent.threadId)
  if (!pending.thread || channel.kind !== 'text') return done(channel, sent.url)
  try {
    await arrived(await bot.channels.openThread(sent, threadName(pending.paper)))
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const reply = done(channel, sent.url)
    return { ...reply, content: `${reply.content}\nThe thread could not be opened: ${error.message}` }
  }
  return done(channel, sent.url)
}

const done = (channel: ChannelInfo, url: string): Message => ({
  content: `Shared in ${channelMention(channel.id)}: ${url}`,
})

/** Address of a post whose message is known. */
function urlOf({ guildId, channelId, messageId = '', threadId }: Post, channel: ChannelInfo): string {
  const place = channel.kind === 'forum' ? (threadId ?? messageId) : channelId
  return messageUrl(guildId, { channelId: place, messageId })
}

function warning(earlier: Post, channel: ChannelInfo): string {
  const when = time(new Date(earlier.at), 'R')
  const who = earlier.userId === undefined ? '' : ` by ${userMention(earlier.userId)}`
  const what = earlier.kind === 'pick' ? 'a pick' : `shared${who}`
  const where = channelMention(channel.id)
  if (earlier.messageId === undefined)
    return `This paper may have been ${what} in ${where} ${when}; its arrival was not confirmed.`
  return `This paper was ${what} in ${where} ${when}: ${urlOf(earlier, channel)}`
}

const unconfirmed = (channel: ChannelInfo): string =>
  `Discord did not confirm the post in ${channelMention(channel.id)}. **Check again** checks whether it arrived, and posts it if it did not.`
