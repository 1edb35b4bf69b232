import { time } from '@discordjs/formatters'
import { sourceLabel } from '../schedule/source-label.ts'
import type { SourceState } from '../sources/word.ts'
import type { SourceNotice } from '../store/source-ports.ts'
import { shown } from './escape.ts'
import { type NoticeMessage, noticeMessage } from './notices.ts'
import { accent, fitCounted } from './pieces.ts'
import type { Reply } from './reply.ts'

/** A source as a list shows it. */
export interface SourceView {
  readonly name: string
  readonly state: SourceState
  readonly isPaused: boolean
  /** Epoch ms. */
  readonly readAt: number | undefined
  readonly nextAt: number
  /** The operator's: everybody's papers come from it, and no server changes it. */
  readonly isShared: boolean
}

/** A server's sources with the word for each and why; then those that are everybody's. */
export function sourceList(sources: readonly SourceView[], headline = ''): Reply {
  const lines = sources.map(sourceLine)
  return {
    audience: 'ephemeral',
    content: headline,
    embeds: [
      {
        color: accent,
        title: 'Sources',
        description:
          lines.length === 0
            ? 'No sources yet. Add one with `/sources add`, such as `arxiv` and `cs.CL cs.IR`.'
            : fitCounted(lines, 4_000),
      },
    ],
  }
}

function sourceLine({ name, state, isPaused, readAt, nextAt, isShared }: SourceView): string {
  const word = isPaused ? 'paused' : state.word
  const times = [
    ...(readAt === undefined ? [] : [`read ${time(new Date(readAt), 'R')}`]),
    ...(isPaused ? [] : [`next ${time(new Date(nextAt), 'R')}`]),
    ...(isShared ? ['for all servers'] : []),
  ]
  // An address of the operator's may hold a key.
  const said = isShared ? sourceLabel(name) : name
  return `**${shown(said, 120)}** · **${word}**\n-# ${shown(state.reason, 220)} · ${times.join(' · ')}`
}

/** Notices of sources that bring no papers. */
export const sourceNotices = (notices: readonly SourceNotice[]): NoticeMessage<SourceNotice> =>
  noticeMessage('A source brings no papers', notices, ({ source, word }) => {
    const reason = source.health.failure?.reason
    const why = reason === undefined ? '' : `: ${shown(reason, 220)}`
    return `• **${shown(source.name, 120)}** is ${word}${why}. I go on trying; \`/sources list\` shows how it is.`
  })
