import { createRequire } from 'node:module'

/** An entry of a BibTeX file as its parser gives it. */
export interface BibtexEntry {
  readonly type: string
  readonly label: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** An item of CSL-JSON, not yet checked. */
export type CslRecord = Readonly<Record<string, unknown>>

interface CitationReaders {
  /** @throws Error when the text is not BibTeX */
  bibtex(text: string): readonly BibtexEntry[]
  bibtexToCsl(entries: readonly BibtexEntry[]): readonly CslRecord[]
  /** @throws Error when the text is not RIS */
  ris(text: string): readonly CslRecord[]
}

let readers: CitationReaders | undefined

/** Loaded on first use: it takes a tenth of a second and 20 MB, which most runs never need. */
export function citationReaders(): CitationReaders {
  if (readers === undefined) {
    const require = createRequire(import.meta.url)
    const { plugins } = require('@citation-js/core')
    require('@citation-js/plugin-bibtex')
    require('@citation-js/plugin-ris')
    readers = {
      bibtex: text => plugins.input.data(text, '@bibtex/text'),
      bibtexToCsl: entries => plugins.input.data(entries, '@biblatex/entries+list'),
      ris: text =>
        plugins.input.data(text, '@ris/file').map((one: unknown) => plugins.input.data(one, '@ris/record')),
    }
  }
  return readers
}
