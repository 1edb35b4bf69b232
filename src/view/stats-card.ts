import { sourceLabel } from '../schedule/source-label.ts'
import { shown } from './escape.ts'
import { fitLines } from './pieces.ts'
import type { Attachment, Reply } from './reply.ts'

export interface ShownStats {
  readonly picture: Attachment
  /** Files that were read at the start. */
  readonly files: readonly string[]
  /** Of stored papers, with how many each brought. */
  readonly sources: readonly { readonly source: string; readonly papers: number }[]
}

const mostSources = 10

/** The picture, and where the papers come from. */
export function statsReply({ picture, files, sources }: ShownStats): Reply {
  const lines = [
    ...(files.length === 0
      ? []
      : [
          `Files: ${files
            .slice(0, 10)
            .map(file => shown(file, 80))
            .join(', ')}`,
        ]),
    ...sources
      .slice(0, mostSources)
      .map(({ source, papers }) => `${shown(sourceLabel(source), 80)}: ${papers.toLocaleString('en')}`),
    ...(sources.length > mostSources ? [`and ${sources.length - mostSources} more sources`] : []),
  ]
  return { content: fitLines(lines, 1_900), files: [picture] }
}
