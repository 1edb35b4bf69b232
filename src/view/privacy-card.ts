import { accent, button, buttons } from './pieces.ts'
import type { Message } from './reply.ts'

/** How much is stored about a member, by kind as the store names it. */
export type Holdings = Readonly<Record<string, number>>

interface Kind {
  readonly one: string
  readonly many: string
  /** Belongs to a server as well: it stays there when the member's name is removed. */
  readonly stays?: true
}

const kinds: Readonly<Record<string, Kind>> = {
  saves: { one: 'saved paper', many: 'saved papers' },
  tags: { one: 'tag on them', many: 'tags on them' },
  follows: { one: 'followed topic', many: 'followed topics' },
  digests: { one: 'digest', many: 'digests' },
  papersSent: { one: 'note of a paper sent to you', many: 'notes of papers sent to you' },
  votes: { one: 'vote', many: 'votes' },
  queueVotes: { one: 'vote in a queue', many: 'votes in queues' },
  dislikes: { one: 'paper that you want less like', many: 'papers that you want less like' },
  mutes: { one: 'muted word or author', many: 'muted words and authors' },
  notices: { one: 'notice for you', many: 'notices for you' },
  waitingForZotero: { one: 'entry on its way to Zotero', many: 'entries on their way to Zotero' },
  shares: { one: 'shared paper', many: 'shared papers', stays: true },
  proposals: { one: 'proposal in a queue', many: 'proposals in queues', stays: true },
  proposalMessages: { one: 'message about a proposal', many: 'messages about proposals', stays: true },
  dailyPicksSet: { one: 'daily pick that you set', many: 'daily picks that you set', stays: true },
  sourcesSet: { one: 'source of papers that you set', many: 'sources of papers that you set', stays: true },
  zoteroLinksSet: { one: 'link to Zotero that you set', many: 'links to Zotero that you set', stays: true },
}

function counted(holdings: Holdings, stays: boolean): string {
  const parts = Object.entries(holdings).flatMap(([name, count]) => {
    const kind = kinds[name] ?? { one: name, many: name }
    return count === 0 || (kind.stays === true) !== stays
      ? []
      : [`${count} ${count === 1 ? kind.one : kind.many}`]
  })
  return parts.join(', ')
}

export const holdsNothing = (holdings: Holdings): boolean =>
  Object.values(holdings).every(count => count === 0)

export const nothingStored: Message = {
  content: 'Nothing is stored about you.',
  embeds: [],
  components: [],
}

/** Lists what would be deleted, and asks for confirmation. */
export function deletionQuestion(holdings: Holdings): Message {
  const goes = counted(holdings, false)
  const stays = counted(holdings, true)
  return {
    content: '',
    embeds: [
      {
        color: accent,
        title: 'Delete what is stored about you?',
        description: 'This cannot be undone. **Take a copy** gives you all of it as a file first.',
        fields: [
          ...(goes === '' ? [] : [{ name: 'Deleted for good', value: goes }]),
          ...(stays === ''
            ? []
            : [{ name: 'Kept by the servers, without your name or notes', value: stays }]),
        ],
      },
    ],
    components: [
      buttons(
        button({ command: 'privacy', action: 'delete', args: ['yes'] }, 'Delete it all', 'danger'),
        button({ command: 'privacy', action: 'keep', args: [] }, 'Keep it'),
        button({ command: 'privacy', action: 'export', args: [] }, 'Take a copy'),
      ),
    ],
  }
}

/** What messages of the bot show. */
const shownKinds = ['shares', 'proposalMessages', 'votes', 'queueVotes']

/** Lists what was deleted. */
export function deletionDone(holdings: Holdings): Message {
  const goes = counted(holdings, false)
  const stays = counted(holdings, true)
  const lines = [
    goes === '' ? '' : `Deleted: ${goes}.`,
    stays === '' ? '' : `Your name and notes were removed from: ${stays}.`,
    shownKinds.some(name => (holdings[name] ?? 0) > 0)
      ? 'Messages that show them are being updated, also after a restart, where I can still reach them.'
      : '',
    (holdings.digests ?? 0) > 0 ? 'What I sent you directly stays in your direct messages.' : '',
    'Nothing is stored about you anymore except a fingerprint of your id: restoring an older backup does not bring you back.',
  ]
  return { content: lines.filter(line => line !== '').join('\n'), embeds: [], components: [] }
}
