import { channelMention } from '@discordjs/formatters'
import type { Notice } from '../store/schedule-ports.ts'
import { shown } from './escape.ts'
import { accent, linesThatFit } from './pieces.ts'
import type { Message } from './reply.ts'

/** Notices in one message. */
export interface NoticeMessage<T> {
  readonly message: Message
  /** Those that it has room for. */
  readonly told: readonly T[]
}

/** @param textOf a notice as one line */
export function noticeMessage<T>(
  title: string,
  notices: readonly T[],
  textOf: (notice: T) => string,
): NoticeMessage<T> {
  const texts = notices.map(textOf)
  const lines = linesThatFit([...new Set(texts)], 4_000)
  return {
    message: { embeds: [{ color: accent, title, description: lines.join('\n') }] },
    told: notices.filter((_, i) => lines.includes(texts[i] ?? '')),
  }
}

/** Notices about schedules that stopped or posts that may be missing. */
export const scheduleNotices = (notices: readonly Notice[]): NoticeMessage<Notice> =>
  noticeMessage('While you were away', notices, noticeText)

/** One notice as a sentence or two. A channel's mention shows its name and pings nobody. */
function noticeText(notice: Notice): string {
  const { schedule, channelId, kind, date } = notice
  const place = channelId === undefined ? '' : ` in ${channelMention(channelId)}`
  const what = schedule.kind === 'follow' ? 'Your digest' : `The daily pick${place}`
  if (kind === 'unknown') {
    const day = date === undefined ? '' : ` of ${shown(date.slice(0, 10), 20)}`
    return `• ${what}${day} may not have arrived: Discord gave no answer. I did not send it twice.`
  }
  return `• ${what} has stopped: ${cause(notice)}`
}

function cause({ problem, schedule }: Notice): string {
  switch (problem?.kind) {
    case 'closed':
      return 'your direct messages are closed to me. Allow them in this server’s privacy settings, then run `/follow resume`.'
    case 'permission': {
      const missing = problem.missing.map(name => `**${shown(name, 60)}**`).join(', ')
      return `I lack ${missing || 'a permission'} there. It resumes once I have it.`
    }
    case 'gone':
      return 'the channel was deleted or locked. Choose another one with `/daily set`, or remove it.'
    case 'removed':
      return 'I was removed from the server. It resumes when I am back.'
    default:
      return schedule.kind === 'follow' ? 'run `/follow list` to see why.' : 'run `/daily list` to see why.'
  }
}
