import type { APIButtonComponent, APISelectMenuOption } from 'discord-api-types/v10'
import { ButtonStyle, ComponentType } from 'discord-api-types/v10'
import { paperRef } from '../corpus/ids.ts'
import { pageOf } from '../corpus/links.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { Near } from '../library/library.ts'
import type { Correction, Span, Substitution } from '../search/port.ts'
import { clip, escapeMarkdown, shown, visible } from './escape.ts'
import { type ComponentId, encodeId } from './ids.ts'
import { limits } from './limits.ts'
import type { Row } from './reply.ts'

/** The bar at the left of every embed. */
export const accent = 0x3b6ea5

/** A paper's title, escaped; some records contain nothing visible. */
export const titleOf = (paper: Paper, max: number = limits.title): string =>
  shown(readable(paper.title), max) || 'Untitled'

/** UTF-16 units of an address in a masked link. Longer ones are rare, and would leave a list no room for its titles. */
const linkedLength = 400

/** Where a paper's title leads, ready for a masked link; undefined where no link fits. */
export function pageTarget(paper: Paper): string | undefined {
  const url = pageOf(paper)?.url
  const target = url === undefined ? undefined : linkTarget(url)
  return target === undefined || target.length > linkedLength ? undefined : target
}

/**
 * A paper's title as a link to its own page, or to a search for it.
 * @param max UTF-16 units of the title
 * @param room UTF-16 units of all of it: a long title gets shorter, and stays a link
 */
export function titleLink(paper: Paper, max: number, room = Number.POSITIVE_INFINITY): string {
  const target = pageTarget(paper)
  const left = room - (target?.length ?? 0) - '[]()'.length
  if (target === undefined || left < leastTitle) return titleOf(paper, Math.min(max, room))
  return `[${titleOf(paper, Math.min(max, left))}](${target})`
}

/** Of a title less than this tells nothing. */
const leastTitle = 30

/** Titles as links, a line each, that share `space`: none is left out because another is long. */
export const titleLines = (
  papers: readonly Paper[],
  mark: (index: number) => string,
  max: number,
  space: number,
): string =>
  papers
    .map((paper, i) => {
      const room = Math.floor(space / papers.length) - mark(i).length - '\n'.length
      return mark(i) + titleLink(paper, max, room)
    })
    .join('\n')

/** Parentheses end a masked link early, and an address can look like a mention. */
export const linkTarget = (url: string): string =>
  url.replaceAll('(', '%28').replaceAll(')', '%29').replaceAll('@', '%40')

/** One line for menus and autocomplete, which show text as it is. */
export const label = (text: string, max: number = limits.optionText): string =>
  clip(visible(text), max) || 'Untitled'

/** With a capital at its beginning. */
export const capitalized = (text: string): string => text.replace(/^\p{Ll}/u, letter => letter.toUpperCase())

/** Joins lines while they fit: what does not fit is left out whole, never cut in a link. */
export const fitLines = (lines: readonly string[], max: number): string => linesThatFit(lines, max).join('\n')

/** The same, with a last line that says how many were left out. */
export function fitCounted(lines: readonly string[], max: number): string {
  const told = linesThatFit(lines, max - '… and 1000 more'.length)
  const left = lines.length - told.length
  return [...told, ...(left > 0 ? [`… and ${left} more`] : [])].join('\n')
}

/** The first of the lines that fit, joined, in `max` units. */
export function linesThatFit(lines: readonly string[], max: number): string[] {
  let length = -1
  const end = lines.findIndex(line => {
    length += 1 + line.length
    return length > max
  })
  return end === -1 ? [...lines] : lines.slice(0, end)
}

/** `text` with its spans in bold, escaped, in `max` units at most. */
export function marked(text: string, spans: readonly Span[], max: number): string {
  let out = ''
  let end = 0
  for (const span of [...outsideAddresses(text, spans), { start: text.length, end: text.length }]) {
    const between = escapeInner(text.slice(end, span.start))
    const word = text.slice(span.start, span.end)
    const next = out + between + (word === '' ? '' : `**${escapeInner(word)}**`)
    if (next.length > max) return `${out}${clip(between, Math.max(1, max - out.length))}`
    out = next
    end = span.end
  }
  return out.trim()
}

/** Those of the spans that touch no address: a mark inside one would be a part of it. */
export function outsideAddresses(text: string, spans: readonly Span[]): Span[] {
  const addresses = [...text.matchAll(/https?:\/\/\S{1,2000}/gu)]
  return spans.filter(
    span => !addresses.some(({ index, 0: found }) => span.end > index && span.start < index + found.length),
  )
}

/** Escapes a piece of a line, keeping the spaces at its edges. */
function escapeInner(piece: string): string {
  const core = piece.trim()
  if (core === '') return piece === '' ? '' : ' '
  const start = /^\s/u.test(piece) ? ' ' : ''
  const end = /\s$/u.test(piece) ? ' ' : ''
  return start + escapeMarkdown(core) + end
}

export function button(
  id: ComponentId,
  text: string,
  style: 'quiet' | 'main' | 'danger' = 'quiet',
): APIButtonComponent {
  const styles = {
    quiet: ButtonStyle.Secondary,
    main: ButtonStyle.Primary,
    danger: ButtonStyle.Danger,
  } as const
  return { type: ComponentType.Button, style: styles[style], label: clip(text, 80), custom_id: encodeId(id) }
}

export const buttons = (...list: APIButtonComponent[]): Row => ({
  type: ComponentType.ActionRow,
  components: list,
})

/** A menu of papers; its options carry references. Undefined when there is nothing to choose. */
export const paperMenu = (id: ComponentId, placeholder: string, papers: readonly Paper[]): Row | undefined =>
  menuOf(id, placeholder, paperOptions(papers))

/** What a menu of papers offers, as many as there is room for. */
export function paperOptions(papers: readonly Paper[]): APISelectMenuOption[] {
  const seen = new Set<string>()
  const options: APISelectMenuOption[] = []
  for (const paper of papers) {
    const value = paperRef(paper.id)
    if (seen.has(value) || options.length === limits.options) continue
    seen.add(value)
    options.push({ label: label(readable(paper.title)), value })
  }
  return options
}

/** Undefined when there is nothing to choose. */
export function menuOf(
  id: ComponentId,
  placeholder: string,
  options: APISelectMenuOption[],
): Row | undefined {
  if (options.length === 0) return undefined
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: encodeId(id),
        placeholder: clip(placeholder, 150),
        options,
      },
    ],
  }
}

/** A menu of the papers beside the one that a message shows, and that one's place among them all. */
export function otherPapers(
  papers: readonly Paper[],
  shown: Paper,
): { readonly others: readonly Paper[]; readonly place: string } {
  const others = papers.filter(({ id }) => id !== shown.id)
  return {
    others,
    place: String(
      Math.max(
        0,
        papers.findIndex(({ id }) => id === shown.id),
      ),
    ),
  }
}

const emphasized = (word: string): string => `*${shown(word, 60)}*`

/** "No paper mentions *chatbot*; searched for *assistant*", for the first words of which that is so. */
export const substitutionLines = (
  substitutions: readonly Substitution[],
  say: (word: string) => string = emphasized,
): string[] =>
  substitutions
    .slice(0, 2)
    .map(({ from, to }) => `No paper mentions ${say(from)}; searched for ${to.map(say).join(', ')}`)

/** In what sense papers are near to what none of them fits. */
export const nearIn: Readonly<Record<Near['by'], string>> = {
  spelling: 'Papers with those words:',
  meaning: 'Nearest in meaning:',
  words: 'They share some of its words:',
}

/** Said where a paper is only the nearest there is to what was searched. */
export const missingLine = (
  missing: readonly string[],
  say: (word: string) => string = emphasized,
): string =>
  missing.length === 0
    ? ''
    : `The closest match for the other words; it does not mention ${missing.slice(0, 3).map(say).join(', ')}.`

/** Said where no paper holds a word of what was searched. */
export const byMeaningLine = 'No paper mentions this; the nearest in meaning:'

/** "Showing results for *attention*", when words were corrected. */
export function correctionLine(corrections: readonly Correction[]): string {
  const words = corrections.map(({ to }) => shown(to, 60)).filter(word => word !== '')
  return words.length === 0
    ? ''
    : `Showing results for ${words
        .slice(0, 4)
        .map(word => `*${word}*`)
        .join(', ')}`
}

/** Shown when the query's operators would leave nothing. */
export const relaxedLine = 'No paper matches the quotes, title: or minus in that; searched without them.'
