import { ComponentType, TextInputStyle } from 'discord-api-types/v10'
import type { Summary } from '../import/import-papers.ts'
import { clip, escapeMarkdown } from './escape.ts'
import { encodeId } from './ids.ts'
import type { Reply } from './reply.ts'

/** What an import has done, with the first reasons for which something was left out. */
export interface Imported extends Summary {
  readonly reasons: readonly string[]
}

const papers = (count: number): string => `${count} ${count === 1 ? 'paper' : 'papers'}`

const number = new Intl.NumberFormat('en')

/** How far an import is. */
export function importProgress({ added, updated, unchanged, duplicate, rejected, refused }: Summary): string {
  const known = unchanged + duplicate + updated
  const read = added + known + rejected + refused
  const parts = [
    `${number.format(added)} added`,
    known > 0 ? `${number.format(known)} known` : '',
    rejected > 0 ? `${number.format(rejected)} not sound` : '',
    refused > 0 ? `${number.format(refused)} without room` : '',
  ]
  return `Reading: ${number.format(read)} entries so far (${parts.filter(part => part !== '').join(', ')}).`
}

/** What an import has done, for whoever started it. */
export function importedReply(imported: Imported, most: number): Reply {
  const { added, updated, unchanged, duplicate, rejected, refused, reasons } = imported
  const known = unchanged + duplicate
  const parts = [
    `Added ${papers(added)}, which this server alone can find.`,
    updated > 0 ? `${papers(updated)} got something new.` : '',
    known > 0 ? `${papers(known)} were known.` : '',
    refused > 0 ? `${papers(refused)} found no room: a server can have ${most} of its own.` : '',
    rejected > 0 ? `${rejected} entries are not a sound paper:` : '',
    ...reasons.map(reason => `- ${escapeMarkdown(clip(reason, 200))}`),
  ]
  return { audience: 'ephemeral', content: clip(parts.filter(part => part !== '').join('\n'), 2_000) }
}

/** A server's own papers, by where they come from. */
export function collectionStatus(
  count: number,
  sources: readonly { source: string; papers: number }[],
  most: number,
): Reply {
  const lines = sources
    .slice(0, 20)
    .map(({ source, papers: number }) => `- ${escapeMarkdown(clip(source, 150))}: ${number}`)
  const head =
    count === 0
      ? 'This server has no papers of its own yet. `/corpus add` takes a file, an address, or pasted references.'
      : `This server has ${papers(count)} of its own, of at most ${most}, beside the shared ones. Nobody else finds them.`
  const more = sources.length > 20 ? [`… and ${sources.length - 20} more`] : []
  return { audience: 'ephemeral', content: clip([head, ...lines, ...more].join('\n'), 2_000) }
}

/** The form for pasted references. */
export const pasteForm = (): Reply => ({
  modal: {
    custom_id: encodeId({ command: 'corpus', action: 'pasted', args: [] }),
    title: 'Add papers to this server',
    components: [
      {
        type: ComponentType.Label,
        label: 'References',
        description: 'BibTeX, RIS, JSON or CSV, with abstracts',
        component: {
          type: ComponentType.TextInput,
          custom_id: 'references',
          style: TextInputStyle.Paragraph,
          required: true,
          max_length: 4_000,
        },
      },
    ],
  },
})
