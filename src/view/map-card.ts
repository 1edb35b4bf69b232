import type { Paper } from '../corpus/paper.ts'
import { shown } from './escape.ts'
import { openMenu } from './lists.ts'
import { titleLines } from './pieces.ts'
import type { Attachment, Reply } from './reply.ts'

export interface ShownMap {
  readonly picture: Attachment
  /** The papers that are numbered in it. */
  readonly marked: readonly Paper[]
  /** Undefined: nothing was searched for. */
  readonly query: string | undefined
}

/** UTF-16 units that the titles share. */
const space = 1_700

/** The picture, and the numbers' papers in words with a menu that opens them. */
export function mapReply({ picture, marked, query }: ShownMap): Reply {
  if (query === undefined) return { files: [picture] }
  const asked = shown(query, 150) || '…'
  if (marked.length === 0) return { content: `No paper fits **${asked}**.`, files: [picture] }
  const lines = titleLines(marked, i => `**${i + 1}** `, 120, space)
  return {
    content: `Where the hits of **${asked}** lie:\n${lines}`,
    files: [picture],
    components: openMenu(marked),
  }
}
