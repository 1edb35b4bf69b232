import { ComponentType, TextInputStyle } from 'discord-api-types/v10'
import type { ZoteroOutcome } from '../store/zotero-ports.ts'
import { shown } from './escape.ts'
import { encodeId } from './ids.ts'
import type { Reply } from './reply.ts'

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

export function linkStatus(link: ShownLink, waiting: number, headline = ''): Reply {
  const { library, collection, writeKey, sendsSaves, problem } = link
  const lines = [
    headline,
    `Papers go to **${library}**${collection === '' ? '' : `, collection \`${collection}\``}, with the key ${masked(writeKey)}.`,
    `What is marked as discussed and what \`/zotero send\` is given goes there${sendsSaves ? ', and what members save in this server, without their names' : ''}.`,
    waiting === 0 ? 'Nothing waits.' : `${waiting} ${waiting === 1 ? 'entry waits' : 'entries wait'}.`,
    problem === undefined ? '' : `The last try failed: ${shown(problem, 300)}.`,
  ]
  return { audience: 'ephemeral', content: lines.filter(line => line !== '').join('\n') }
}

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
