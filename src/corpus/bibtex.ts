import { createRequire } from 'node:module'
import { type CslItem, cslOf, given, type PaperNote } from './citation.ts'
import { formulasIn } from './latex.ts'
import type { CslName } from './names.ts'
import type { Paper } from './paper.ts'
import { readable } from './readable.ts'
import { foldSpace } from './text.ts'

/**
 * One BibTeX entry, in UTF-8. `@misc` with `eprint` for what has only an arXiv identifier, as arXiv itself does.
 * What LaTeX would take for commands is escaped; capitals in titles are kept by braces.
 */
export function bibtexOf(paper: Paper, key: string, note: PaperNote = {}): string {
  const { abstract: _, ...item } = cslOf(paper, key, note)
  const { text, formulas } = titleOf(paper)
  const [entry] = bibtexWriter()([{ ...escaped(item), title: text }])
  if (entry === undefined) throw new Error('the BibTeX writer wrote nothing')
  const { howpublished: __, month, note: ___, ...properties } = entry.properties
  let next = 0
  const fields: Record<string, string | undefined> = {
    ...properties,
    title: properties['title']?.replaceAll(formulaSign, () => formulas[next++] ?? ''),
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
  ...given('container-title', latex(item['container-title'] ?? '')),
  ...given('author', item.author?.map(escapedName)),
  ...given('URL', item.URL?.replace(/[{}\\]/g, encodeURIComponent)),
  ...given('DOI', item.DOI?.replace(/[{}\\]/g, '')),
})

/** Stands for a formula while the writer works: it would put braces around the capitals of commands. */
const formulaSign = '\ue000'

/** A title with signs in place of its formulas, and these: sound LaTeX stays as its source writes it, the rest is text. */
function titleOf({ title }: Paper): { readonly text: string; readonly formulas: readonly string[] } {
  const formulas = formulasIn(title).filter(({ body }) => isBalanced(body))
  let out = ''
  let done = 0
  for (const { start, end } of formulas) {
    out += title.slice(done, start).replaceAll(formulaSign, '') + formulaSign
    done = end
  }
  return {
    text: latex(readable(out + title.slice(done).replaceAll(formulaSign, ''))),
    formulas: formulas.map(({ body }) => `$${foldSpace(body)}$`),
  }
}

/** Whether BibTeX and LaTeX both read the formula to its end: every brace has its partner and every accent its letter. */
function isBalanced(formula: string): boolean {
  // BibTeX counts escaped braces too; LaTeX and most other readers do not.
  if (!bracesMatch(formula) || !bracesMatch(formula.replace(/\\[\s\S]/g, ''))) return false
  if (/\\_\s*$/.test(formula)) return false
  return !/[%#&]|\\$|\\["'`^~=.cHkbdruvt]\s*$|[_^](?:$|[_^}\s])/.test(formula.replace(/\\[%#&_]/g, ''))
}

function bracesMatch(text: string): boolean {
  let depth = 0
  for (const [brace] of text.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1
    if (depth < 0) return false
  }
  return depth === 0
}

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
