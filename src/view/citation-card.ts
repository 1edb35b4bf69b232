import { codeBlock } from '@discordjs/formatters'
import { ComponentType } from 'discord-api-types/v10'
import { paperRef } from '../corpus/ids.ts'
import type { Paper } from '../corpus/paper.ts'
import { fileOf } from './file.ts'
import { encodeId } from './ids.ts'
import type { Reply, Row } from './reply.ts'

/** A style with its name, and with a file's ending where references can be imported from it. */
export interface StyleName {
  readonly id: string
  readonly name: string
  readonly extension: string
}

export interface Citation {
  readonly paper: Paper
  readonly style: StyleName
  /** As it is to be copied. */
  readonly text: string
}

/** UTF-16 units of a citation in a message; the block around it needs a few. */
const longest = 1900

/**
 * The citation in a block, to be copied, and a menu of the styles. What does not fit into a message comes as a file: cut
 * short it would be of no use.
 */
export async function citationReply(
  { paper, style, text }: Citation,
  styles: readonly StyleName[],
): Promise<Reply> {
  const components = [styleMenu(paper, style, styles)]
  // A backtick would end the block early; in BibTeX and RIS it is a quotation mark like the other.
  const copied = text.trimEnd().replaceAll('`', "'")
  if (copied.length <= longest)
    return { content: codeBlock(style.extension === 'bib' ? 'bibtex' : 'text', copied), components }
  const file = await fileOf(`citation.${style.extension}`, text)
  return { content: `${style.name}, too long for a message:`, components, files: [file] }
}

const styleMenu = (paper: Paper, chosen: StyleName, styles: readonly StyleName[]): Row => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.StringSelect,
      custom_id: encodeId({ command: 'cite', action: 'style', args: [paperRef(paper.id)] }),
      placeholder: 'Another style',
      options: styles.map(({ id, name }) => ({ label: name, value: id, default: id === chosen.id })),
    },
  ],
})
