import { ChannelType } from 'discord-api-types/v10'
import type { ChannelInfo } from '../../bot/channels.ts'
import type { AutocompleteInput, Choice, CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { channelToPost, inServer } from '../../bot/permissions.ts'
import { Failure } from '../../errors.ts'
import type { Daily } from '../../schedule/schedule.ts'
import { sourceLabel } from '../../schedule/source-label.ts'
import { sharedCollection } from '../../store/paper-ports.ts'
import type { StoredSource } from '../../store/source-ports.ts'
import { shown } from '../../view/escape.ts'
import { limits } from '../../view/limits.ts'
import { label } from '../../view/pieces.ts'
import { sourceCalled } from '../sources/set-up.ts'
import { manages, timeFrom } from './daily.ts'

/** Where and how a daily pick is posted, as somebody asked for it. */
export interface PostingRequest {
  readonly channel: string
  readonly thread: boolean
  /** Id or name of a live source. */
  readonly source?: string | undefined
  /** Such as `14:00`. */
  readonly waitUntil?: string | undefined
}

export type Posting = Pick<Daily, 'channelId' | 'source' | 'holdMinutes' | 'thread'>

/** Kinds of channels that a daily pick can be posted in. */
export const dailyChannels = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.GuildForum,
] as const

/**
 * @param time of the pick, in the time zone that `waitUntil` is in too
 * @throws Failure that says what cannot be done: a permission that is missing, a thread within a thread, a source that
 * is none, an hour that is not after the pick's
 */
export async function postingFrom(
  request: PostingRequest,
  time: { readonly hour: number; readonly minute: number },
  context: CommandContext,
  bot: BotContext,
): Promise<Posting> {
  const channel = await channelToPost(request.channel, context, bot, request)
  const source =
    request.source === undefined ? undefined : await namedSource(request.source, inServer(context), bot)
  const holdMinutes = request.waitUntil === undefined ? undefined : holdFrom(request.waitUntil, time)
  if (holdMinutes !== undefined && source === undefined)
    throw new Failure('input', 'Say with **source** what there is to wait for.')
  return {
    channelId: channel.id,
    thread: threadFor(channel, request.thread),
    source: source?.name,
    holdMinutes,
  }
}

function threadFor(channel: ChannelInfo, isWanted: boolean): Daily['thread'] {
  if (channel.needsTag)
    throw new Failure(
      'input',
      'Posts in that forum must carry a tag, which I cannot choose. Choose another channel, or one of its posts.',
    )
  if (channel.kind === 'forum') return 'forum'
  if (isWanted && channel.kind === 'thread')
    throw new Failure('input', 'That is a thread already, and a thread cannot hold threads.')
  return isWanted ? 'thread' : undefined
}

function holdFrom(waitUntil: string, { hour, minute }: { hour: number; minute: number }): number {
  const latest = timeFrom(waitUntil)
  const minutes = (latest.hour - hour) * 60 + latest.minute - minute
  if (minutes <= 0)
    throw new Failure('input', 'The latest hour must be after the pick’s own time, on the same day.')
  return minutes
}

/** The live sources that bring papers to the server: its own, then the shared ones. */
async function sourcesFor(guildId: string, { store }: BotContext): Promise<StoredSource[]> {
  return [...(await store.sources.list(guildId)), ...(await store.sources.list(sharedCollection))]
}

/** @throws Failure `missing` */
async function namedSource(which: string, guildId: string, bot: BotContext): Promise<StoredSource> {
  const found = sourceCalled(which, await sourcesFor(guildId, bot))
  if (found !== undefined) return found
  throw new Failure(
    'missing',
    `There is no live source **${shown(which, 80) || '…'}** here. \`/sources list\` shows those that there are.`,
  )
}

/** Choices for whoever manages the server: others have no use for the names of its sources. */
export async function suggestSources(
  { text }: AutocompleteInput,
  context: CommandContext,
  bot: BotContext,
): Promise<Choice[]> {
  if (context.guildId === undefined || !manages(context)) return []
  const wanted = text.trim().toLowerCase()
  return (await sourcesFor(context.guildId, bot))
    .map(({ id, name, collection }) => ({
      name: label(collection === sharedCollection ? `${sourceLabel(name)} (shared)` : name),
      value: id,
    }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, limits.choices)
}
