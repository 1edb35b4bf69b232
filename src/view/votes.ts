import type { APIButtonComponent } from 'discord-api-types/v10'
import { paperRef } from '../corpus/ids.ts'
import type { Tally } from '../store/ports.ts'
import { type ComponentId, decodeId } from './ids.ts'
import { button } from './pieces.ts'
import type { Row } from './reply.ts'

const none: Tally = { useful: 0, notForUs: 0 }

/** The two kinds of vote as custom ids encode them. */
export const voteArgs = { useful: 'u', notForUs: 'n' } as const

const labelOf = (voteArg: string | undefined, { useful, notForUs }: Tally): string => {
  const [text, count] = voteArg === voteArgs.useful ? ['Useful', useful] : ['Not for us', notForUs]
  return count === 0 ? text : `${text} · ${count}`
}

/**
 * The two buttons that vote for a paper of a post. They carry the post's id, by which the post is also found again
 * when Discord's answer to it was lost.
 */
export function voteButtons(
  postId: string,
  paper: { readonly id: string },
  tally = none,
): APIButtonComponent[] {
  return [voteArgs.useful, voteArgs.notForUs].map(voteArg =>
    button(
      { command: 'share', action: 'vote', args: [postId, paperRef(paper.id), voteArg] },
      labelOf(voteArg, tally),
    ),
  )
}

/** A message's rows with the counts as they are now; everything else stays as it is. */
export function recounted(rows: readonly Row[], tallies: ReadonlyMap<string, Tally>): Row[] {
  const byRef = new Map([...tallies].map(([paperId, tally]) => [paperRef(paperId), tally]))
  return relabelled(rows, ({ command, action, args: [, ref, voteArg] }) =>
    command === 'share' && action === 'vote' ? labelOf(voteArg, byRef.get(ref ?? '') ?? none) : undefined,
  )
}

/** The rows with new labels on the buttons that `labelOf` knows. */
export function relabelled(rows: readonly Row[], labelOf: (id: ComponentId) => string | undefined): Row[] {
  return rows.map(row => ({
    ...row,
    components: row.components.map(part => {
      const id = 'custom_id' in part ? decodeId(part.custom_id) : 'older'
      const label = id === 'older' || !('label' in part) ? undefined : labelOf(id)
      return label === undefined ? part : { ...part, label }
    }),
  })) as Row[]
}
