import { PermissionFlagsBits } from 'discord-api-types/v10'
import { Failure } from '../errors.ts'
import { escapeMarkdown } from '../view/escape.ts'
import { missingPermissions } from '../view/permissions.ts'
import { needed, type Room } from './channels.ts'
import type { Visit } from './command.ts'
import type { App } from './context.ts'

/** @throws Failure outside of servers */
export function inServer(visit: Visit): string {
  if (visit.guildId === undefined) throw new Failure('input', 'This works in a server only.')
  return visit.guildId
}

/** Whether the member may tidy up after others: Manage Messages or Manage Server, or an administrator. */
export const moderates = ({ permissions }: Pick<Visit, 'permissions'>): boolean =>
  [PermissionFlagsBits.ManageMessages, PermissionFlagsBits.ManageGuild].some(
    bit => missingPermissions(permissions, bit).length === 0,
  )

/**
 * The channel, where both the asking member and the bot may post.
 * @throws Failure that names every permission that one of them lacks
 */
export async function roomToPost(
  channelId: string,
  visit: Visit,
  app: App,
  { thread }: { thread: boolean },
): Promise<Room> {
  const guildId = inServer(visit)
  const nowhere = new Failure('missing', 'There is no such channel here, or none that you can see.')
  const room = await app.rooms.room(channelId)
  if (room === undefined || room.guildId !== guildId) throw nowhere
  const [theirs, ours] = await Promise.all([
    app.rooms.permissions(room, { userId: visit.user.id }),
    app.rooms.permissions(room, 'bot'),
  ])
  if (theirs === undefined || missingPermissions(theirs, PermissionFlagsBits.ViewChannel).length > 0)
    throw nowhere
  const lacks = (who: 'bot' | 'member', given: bigint): string =>
    named(missingPermissions(given, needed(room.kind, who, { thread })), room)
  const member = lacks('member', theirs)
  const bot = lacks('bot', ours ?? 0n)
  const where = `**#${escapeMarkdown(room.name)}**`
  if (member !== '') throw new Failure('forbidden', `You may not post that in ${where}: you lack ${member}.`)
  if (bot !== '')
    throw new Failure(
      'permission',
      `I may not post that in ${where}: I lack ${bot}. Whoever manages the server can give it to me.`,
    )
  return room
}

/** Discord's settings call the right to send by another name in forums. */
const named = (permissions: readonly string[], room: Room): string =>
  permissions
    .map(name => (name === 'Send Messages' && room.kind === 'forum' ? 'Create Posts' : name))
    .map(name => `**${name}**`)
    .join(', ')
