import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { Save, SaveStatus } from '../store/ports.ts'
import { shown } from './escape.ts'
import { label, titleLink, titleOf } from './pieces.ts'

/** An entry of a member's list with its paper; undefined when the paper has left the corpus. */
export interface Entry {
  readonly save: Save
  readonly paper: Paper | undefined
}

export const statusNames: Readonly<Record<SaveStatus, string>> = {
  'to-read': 'To read',
  reading: 'Reading',
  read: 'Read',
}

/** The paper's title, or its id where that is all that is left, escaped. */
export const entryTitle = ({ paper, save }: Entry, max: number): string =>
  paper === undefined ? shown(save.paperId, max) || 'Untitled' : titleOf(paper, max)

/** The title as a link where the link fits in `most` units. */
export function entryLink(entry: Entry, max: number, most: number): string {
  const title = entryTitle(entry, max)
  if (entry.paper === undefined) return `${title} (no longer in this corpus)`
  const link = titleLink(entry.paper, max)
  return link.length > most ? title : link
}

/** One plain line for menus and autocomplete. */
export const entryLabel = ({ paper, save }: Entry): string =>
  label(paper === undefined ? save.paperId : readable(paper.title))

/** `#cache #long context`, escaped, in `max` units at most: what does not fit is left out whole. */
export function tagLine(tags: readonly string[], max: number): string {
  let out = ''
  for (const tag of tags) {
    const next = `${out}${out === '' ? '' : ' '}\\#${shown(tag, 100)}`
    if (next.length > max) break
    out = next
  }
  return out
}
