import { createRequire } from 'node:module'

export interface Parsed {
  readonly title: string
  readonly note?: string
  readonly keyword?: string
  readonly author?: unknown
  readonly 'citation-key': string
}

/** The entries as a BibTeX reader sees them. */
export function parseBibtex(text: string): Parsed[] {
  const require = createRequire(import.meta.url)
  const { Cite } = require('@citation-js/core')
  require('@citation-js/plugin-bibtex')
  return text.trim() === '' ? [] : (new Cite(text, { forceType: '@bibtex/text' }).data as Parsed[])
}
