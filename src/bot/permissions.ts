import { PermissionFlagsBits } from 'discord-api-types/v10'
import { Failure } from '../errors.ts'
import { escapeMarkdown } from '../view/escape.ts'
import { missingPermissions } from '../view/permissions.ts'
import { type ChannelInfo, neededPermissions } from './channels.ts'
import type { CommandContext } from './command.ts'
import type { BotContext } from './context.ts'

/** @throws Failure outside of servers */
export function inServer(context: Pick<CommandContext, 'guildId'>): string {
  if (context.guildId === undefined) throw new Failure('input', 'This works in a server only.')
  return context.guildId
}

/** Whether the member may manage what others posted: Manage Messages or Manage Server, or an administrator. */
export const moderates = ({ permissions }: Pick<CommandContext, 'permissions'>): boolean =>
  [PermissionFlagsBits.ManageMessages, PermissionFlagsBits.ManageGuild].some(
    bit => missingPermissions(permissions, bit).length === 0,
  )

/** Whether the member can view a channel of the server that they ask in. What is gone nobody can view. */
export async function canView(
  channelId: string,
  context: CommandContext,
  { channels }: Pick<BotContext, 'channels'>,
): Promise<boolean> {
  const channel = await channels.get(channelId)
  if (channel === undefined || channel.guildId !== context.guildId) return false
  return isViewed(await channels.permissions(channel, { userId: context.user.id }))
}

const isViewed = (given: bigint | undefined): given is bigint =>
  given !== undefined && missingPermissions(given, PermissionFlagsBits.ViewChannel).length === 0

/**
 * The channel, where both the asking member and the bot may post.
 * @throws Failure that names every permission that one of them lacks
 */
export async function channelToPost(
  channelId: string,
  context: CommandContext,
  app: BotContext,
  { thread }: { thread: boolean },
): Promise<ChannelInfo> {
  const guildId = inServer(context)
  const nowhere = new Failure('missing', 'There is no such channel here, or you cannot see it.')
  const channel = await app.channels.get(channelId)
  if (channel === undefined || channel.guildId !== guildId) throw nowhere
  const [theirs, ours] = await Promise.all([
    app.channels.permissions(channel, { userId: context.user.id }),
    // A private thread also asks whether the bot is in it.
    (channel.kind === 'thread' ? undefined : context.appPermissions.get(channel.id)) ??
      app.channels.permissions(channel, 'bot'),
  ])
  if (!isViewed(theirs)) throw nowhere
  const lacks = (who: 'bot' | 'member', given: bigint): string =>
    named(missingPermissions(given, neededPermissions(channel.kind, who, { thread })), channel)
  const member = lacks('member', theirs)
  const bot = lacks('bot', ours ?? 0n)
  const where = `**#${escapeMarkdown(channel.name)}**`
  if (member !== '') throw new Failure('forbidden', `You may not post that in ${where}: you lack ${member}.`)
  if (bot !== '')
    throw new Failure(
      'permission',
      `I may not post that in ${where}: I lack ${bot}. Whoever manages the server can give it to me.`,
    )
  return channel
}

/** Discord's settings have another name for Send Messages in forums. */
const named = (permissions: readonly string[], channel: ChannelInfo): string =>
  permissions
    .map(name => (name === 'Send Messages' && channel.kind === 'forum' ? 'Create Posts' : name))
    .map(name => `**${name}**`)
    .join(', ')
