import { citation } from '../../corpus/export.ts'
import type { Paper } from '../../corpus/paper.ts'
import { risOf } from '../../corpus/ris.ts'
import { type CitationStyle, citationStyles, styledCitation } from '../../corpus/styled-citation.ts'
import { citationReply, type StyleName } from '../../view/citation-card.ts'
import type { Reply } from '../../view/reply.ts'

/** The styles that papers are cited in, by the value of the option. */
export const styles: readonly StyleName[] = [
  { id: 'bibtex', name: 'BibTeX', extension: 'bib' },
  { id: 'ris', name: 'RIS', extension: 'ris' },
  ...Object.entries(citationStyles).map(([id, name]) => ({ id, name, extension: 'txt' })),
]
const [usual] = styles

/** The paper's citation in a style; an unknown one is BibTeX. @throws Failure `limit` when it takes too long */
export async function cite(paper: Paper, styleId: string): Promise<Reply> {
  const style = styles.find(({ id }) => id === styleId) ?? usual
  if (style === undefined) throw new Error('there is no style')
  return citationReply({ paper, style, text: await textIn(paper, style.id) }, styles)
}

async function textIn(paper: Paper, style: string): Promise<string> {
  if (style === 'ris') return risOf(paper)
  return isForReaders(style) ? styledCitation(paper, style) : citation(paper)
}

const isForReaders = (style: string): style is CitationStyle => Object.hasOwn(citationStyles, style)
