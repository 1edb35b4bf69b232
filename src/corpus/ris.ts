import { createRequire } from 'node:module'
import { citationKey, cslOf } from './citation.ts'
import type { Paper } from './paper.ts'
import { foldSpace } from './text.ts'

/**
 * One RIS record, in UTF-8, with line breaks as the format has them. A paper without a venue is `UNPB`, as reference
 * managers write preprints.
 * @example risOf(paper) // "TY  - JOUR\r\nTI  - ...\r\nER  - \r\n"
 */
export function risOf(paper: Paper): string {
  const item = cslOf(paper, citationKey(paper))
  // Its own text breaks lines where a value could look like a tag, and has days without their zeros.
  const [entry] = risLibrary().format('ris', [item], { format: 'object' })
  if (entry === undefined) throw new Error('the RIS writer wrote nothing')
  const { TY: type, ID: _, C2: __, C3: ___, PY, DA: ____, ...rest } = entry
  const fields: Record<string, unknown> = {
    TY: item.type === 'document' ? 'UNPB' : type,
    ...rest,
    T2: item['container-title'],
    PY: paper.published?.slice(0, 4) ?? PY,
    DA: dayOf(paper.published),
    DO: foldSpace(paper.doi ?? ''),
    AN: paper.arxiv === undefined ? undefined : `arXiv:${paper.arxiv}`,
  }
  const lines = Object.entries(fields).flatMap(([tag, values]) =>
    [values]
      .flat()
      .map(value => foldSpace(String(value ?? '')))
      .filter(value => value !== '')
      .map(value => `${tag}  - ${value}`),
  )
  return [...lines, 'ER  - ', ''].join('\r\n')
}

/** `2024-05-29` as `2024/05/29/`: the parts that are known. */
function dayOf(published: string | undefined): string | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})-(\d\d)(?:-(\d\d))?/.exec(published ?? '') ?? []
  return year === undefined ? undefined : `${year}/${month}/${day}/`
}

interface RisLibrary {
  format(
    name: 'ris',
    items: readonly unknown[],
    options: { format: 'object' },
  ): Readonly<Record<string, unknown>>[]
}

let library: RisLibrary | undefined

/** Loaded on first use, as the one for BibTeX is. */
function risLibrary(): RisLibrary {
  if (library === undefined) {
    const require = createRequire(import.meta.url)
    const { plugins } = require('@citation-js/core')
    require('@citation-js/plugin-ris')
    library = plugins.output as RisLibrary
  }
  return library
}
