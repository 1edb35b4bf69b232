import { sourceLabel } from '../schedule/source-label.ts'
import { clip, visible } from './escape.ts'

/** Where a paper comes from, as the server that asks may know it. */
export interface Origin {
  /** Everybody has it; `sources` by their names, empty for the files that the bot was started with. */
  readonly shared: { readonly sources: readonly string[]; readonly isShipped: boolean } | undefined
  /** The server has it of its own. */
  readonly own: { readonly sources: readonly string[] } | undefined
}

const mostSources = 3
/** UTF-16 units of it all. */
const longest = 200

/** `Shared papers, from arxiv cs.CL`, `This server’s own, from refs.bib`; plain text. */
export function originText({ shared, own }: Origin): string {
  const parts = [
    shared === undefined
      ? ''
      : shared.isShipped
        ? 'Shipped with Lectern'
        : `Shared papers${from(shared.sources)}`,
    own === undefined ? '' : `This server’s own${from(own.sources)}`,
  ]
  return clip(visible(parts.filter(part => part !== '').join(' · ')), longest)
}

function from(sources: readonly string[]): string {
  const names = [...new Set(sources.map(sourceLabel))]
  if (names.length === 0) return ''
  const more = names.length > mostSources ? ` and ${names.length - mostSources} more` : ''
  return `, from ${names.slice(0, mostSources).join(', ')}${more}`
}
