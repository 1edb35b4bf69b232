import { type APIEmbed, ComponentType, TextInputStyle } from 'discord-api-types/v10'
import type { ZoteroNotice, ZoteroOutcome } from '../store/zotero-ports.ts'
import { shown } from './escape.ts'
import { encodeId } from './ids.ts'
import { type NoticeMessage, noticeMessage } from './notices.ts'
import { accent, button, buttons, fitLines } from './pieces.ts'
import type { Reply, Row } from './reply.ts'

export interface ShownLink {
  /** `groups/123`. */
  readonly library: string
  readonly collection: string
  readonly writeKey: string
  readonly sendsSaves: boolean
  readonly problem: string | undefined
}

/** The last four characters, by which its owner knows it. */
const masked = (key: string): string => `••••${key.slice(-4)}`

/** What Zotero did not take, as a list shows it. */
export interface NotTaken {
  readonly total: number
  /** The newest. */
  readonly entries: readonly { readonly title: string; readonly hasNote: boolean; readonly reason: string }[]
}

export function linkStatus(link: ShownLink, waiting: number, notTaken: NotTaken, headline = ''): Reply {
  const { library, collection, writeKey, sendsSaves, problem } = link
  const lines = [
    headline,
    `Papers go to **${library}**${collection === '' ? '' : `, collection \`${collection}\``}, with the key ${masked(writeKey)}.`,
    `What is marked as discussed and what \`/zotero send\` is given goes there${sendsSaves ? ', and what members save in this server, without their names' : ''}.`,
    waiting === 0 ? 'Nothing waits.' : `${entriesOf(waiting)} ${waiting === 1 ? 'waits' : 'wait'}.`,
    problem === undefined ? '' : `The last try failed: ${shown(problem, 300)}.`,
  ]
  const content = lines.filter(line => line !== '').join('\n')
  if (notTaken.total === 0) return { audience: 'ephemeral', content }
  return { audience: 'ephemeral', content, embeds: [notTakenEmbed(notTaken)], components: [againOrDiscard] }
}

const entriesOf = (count: number): string => `${count} ${count === 1 ? 'entry' : 'entries'}`

function notTakenEmbed({ total, entries }: NotTaken): APIEmbed {
  const lines = entries.map(
    ({ title, hasNote, reason }) =>
      `• **${shown(title, 150)}**${hasNote ? ' with a note' : ''} · not taken: ${shown(reason, 320)}`,
  )
  const more = total > entries.length ? [`and ${total - entries.length} more`] : []
  return {
    color: accent,
    title: `${entriesOf(total)} not taken`,
    description: fitLines([...lines, ...more], 4_000),
  }
}

const againOrDiscard: Row = buttons(
  button({ command: 'zotero', action: 'again', args: [] }, 'Try again', 'main'),
  button({ command: 'zotero', action: 'discard', args: [] }, 'Discard', 'danger'),
)

/** Notices of what was given up. */
export const zoteroNotices = (notices: readonly ZoteroNotice[]): NoticeMessage<ZoteroNotice> =>
  noticeMessage(
    'Not in Zotero',
    notices,
    ({ total, reason }) =>
      `• ${entriesOf(total)} for Zotero ${total === 1 ? 'was' : 'were'} not taken: ${shown(reason, 320)}. I try no more; \`/zotero status\` shows what it is, and can try again.`,
  )

/** Said after what was done all the same. */
export const zoteroFull = (outcome: ZoteroOutcome): string =>
  outcome === 'full'
    ? ' It does not go to this server’s Zotero library: too much waits already, see `/zotero status`.'
    : ''

export const noLink: Reply = {
  audience: 'ephemeral',
  content: 'This server sends nothing to Zotero. `/zotero set` names a library (Manage Server).',
}

/** The form for the key, which is typed into no channel. @param args library, collection, whether saves are sent */
export const keyForm = (args: readonly string[]): Reply => ({
  modal: {
    custom_id: encodeId({ command: 'zotero', action: 'key', args: [...args] }),
    title: 'Zotero’s key',
    components: [
      {
        type: ComponentType.Label,
        label: 'A key with write access to the library',
        description: 'From zotero.org/settings/keys. It is kept, and shown to nobody.',
        component: {
          type: ComponentType.TextInput,
          custom_id: 'key',
          style: TextInputStyle.Short,
          required: true,
          min_length: 16,
          max_length: 64,
        },
      },
    ],
  },
})
