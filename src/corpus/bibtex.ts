import { createRequire } from 'node:module'
import { type CslItem, cslOf, given, type PaperNote } from './citation.ts'
import type { CslName } from './names.ts'
import type { Paper } from './paper.ts'
import { foldSpace } from './text.ts'

/**
 * One BibTeX entry, in UTF-8. `@misc` with `eprint` for what has only an arXiv identifier, as arXiv itself does.
 * What LaTeX would take for commands is escaped; capitals in titles are kept by braces.
 */
export function bibtexOf(paper: Paper, key: string, note: PaperNote = {}): string {
  const { abstract: _, ...item } = cslOf(paper, key, note)
  const [entry] = bibtexWriter()([escaped(item)])
  if (entry === undefined) throw new Error('the BibTeX writer wrote nothing')
  const { howpublished: __, month, note: ___, ...properties } = entry.properties
  const fields: Record<string, string | undefined> = {
    ...properties,
    eprint: paper.arxiv,
    archivePrefix: paper.arxiv === undefined ? undefined : 'arXiv',
    primaryClass: paper.arxiv === undefined ? undefined : paper.categories.find(isArxivClass),
    keywords: latex(item.keyword ?? ''),
    note: latex(item.note ?? ''),
  }
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([field, value]) => `  ${field} = {${value}}`)
  // The months are macros: styles say how they are written.
  if (month !== undefined) lines.push(`  month = ${month.slice(0, 3)}`)
  return `@${entry.type}{${key},\n${lines.join(',\n')}\n}\n`
}

const isArxivClass = (category: string): boolean => /^[a-z-]+(\.[A-Za-z-]{2,})?$/.test(category)

const escaped = (item: Omit<CslItem, 'abstract'>) => ({
  ...item,
  title: latex(item.title),
  ...given('container-title', latex(item['container-title'] ?? '')),
  ...given('author', item.author?.map(escapedName)),
  ...given('URL', item.URL?.replace(/[{}\\]/g, encodeURIComponent)),
  ...given('DOI', item.DOI?.replace(/[{}\\]/g, '')),
})

const escapedName = (name: CslName): CslName =>
  Object.fromEntries(Object.entries(name).map(([part, text]) => [part, latex(text)])) as CslName

const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  // An escaped brace would still count where BibTeX looks for the end of a field.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
}

const latex = (text: string): string =>
  foldSpace(text).replace(/[\\~^<>{}&%$#_]/g, mark => commands[mark] ?? `\\${mark}`)

type BibtexWriter = (items: readonly unknown[]) => {
  readonly type: string
  readonly properties: Readonly<Record<string, string>>
}[]

let writer: BibtexWriter | undefined

/** Loaded at its first use: it takes a tenth of a second and 20 MB that most runs never need. */
function bibtexWriter(): BibtexWriter {
  if (writer === undefined) {
    const require = createRequire(import.meta.url)
    const { plugins } = require('@citation-js/core')
    require('@citation-js/plugin-bibtex')
    // Its own escaping drops every letter that is not in its table.
    plugins.config.get('@bibtex').format.asciiOnly = false
    writer = items => plugins.output.format('bibtex', items, { format: 'object' })
  }
  return writer
}
