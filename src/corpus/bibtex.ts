import { createRequire } from 'node:module'
import { type CslItem, cslOf, given, type PaperNote } from './citation.ts'
import { formulasIn } from './latex.ts'
import type { CslName } from './names.ts'
import type { Paper } from './paper.ts'
import { readable } from './readable.ts'
import { foldSpace } from './text.ts'

/**
 * One BibTeX entry, in UTF-8. `@misc` with `eprint` for a paper with only an arXiv identifier, as arXiv itself does.
 * LaTeX's special characters are escaped; capitals in titles are protected by braces.
 */
export function bibtexOf(paper: Paper, key: string, note: PaperNote = {}): string {
  const { abstract: _, ...item } = cslOf(paper, key, note)
  const { text, formulas } = titleOf(paper)
  const [entry] = bibtexLibrary().plugins.output.format('bibtex', [{ ...escaped(item), title: text }], {
    format: 'object',
  })
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
  // The months are macros: the style decides how they are written.
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

/** A placeholder for a formula during writing: braces would otherwise be put around capitals in its commands. */
const formulaSign = '\ue000'

/** A title with placeholders for its formulas, and the formulas: valid LaTeX is kept as written, the rest is text. */
function titleOf({ title }: Paper): { readonly text: string; readonly formulas: readonly string[] } {
  const formulas = formulasIn(title).flatMap(({ start, end, body }) => {
    // Some programs extend a switch such as \bf to the next closing brace.
    const sound = [body, `{${body}}`].find(isSound)
    return sound === undefined ? [] : [{ start, end, body: sound }]
  })
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

/**
 * Whether BibTeX, LaTeX and other readers find the formula's end: balanced braces, scripts and accents with an
 * argument.
 */
function isSound(formula: string): boolean {
  // BibTeX counts escaped braces too; LaTeX and most programs do not.
  if (!bracesMatch(formula) || !/[^{}\s]/.test(formula)) return false
  if (/[%#&]|[_^](?:$|[_^}\s])/.test(formula.replace(/\\[%#&_]/g, ''))) return false
  try {
    bibtexLibrary().plugins.input.chain(`@misc{x,title={$${formula}$}}`, { forceType: '@bibtex/text' })
    return true
  } catch {
    return false
  }
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
  // BibTeX would still count an escaped brace when looking for the end of a field.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
}

const latex = (text: string): string =>
  foldSpace(text).replace(/[\\~^<>{}&%$#_]/g, mark => commands[mark] ?? `\\${mark}`)

interface BibtexLibrary {
  readonly plugins: {
    readonly input: { chain(text: string, options: { forceType: string }): unknown }
    readonly output: {
      format(
        name: 'bibtex',
        items: readonly unknown[],
        options: { format: 'object' },
      ): { readonly type: string; readonly properties: Readonly<Record<string, string>> }[]
    }
    readonly config: { get(name: '@bibtex'): { format: { asciiOnly: boolean } } }
  }
}

let library: BibtexLibrary | undefined

/** Loaded on first use: it takes a tenth of a second and 20 MB, which most runs never need. */
function bibtexLibrary(): BibtexLibrary {
  if (library === undefined) {
    const require = createRequire(import.meta.url)
    const loaded: BibtexLibrary = require('@citation-js/core')
    require('@citation-js/plugin-bibtex')
    // Its own escaping drops every letter that is not in its table.
    loaded.plugins.config.get('@bibtex').format.asciiOnly = false
    library = loaded
  }
  return library
}
