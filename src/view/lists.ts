import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { RelatedPaper, SearchResult } from '../search/port.ts'
import { shown } from './escape.ts'
import { limits } from './limits.ts'
import { accent, fitLines, paperMenu, titleLink } from './pieces.ts'
import type { Message, Reply, Row } from './reply.ts'

const rows = (row: Row | undefined): Row[] => (row === undefined ? [] : [row])

/** A menu that opens the chosen paper for the member who chooses it. */
export const openMenu = (papers: readonly Paper[]): Row[] =>
  rows(paperMenu({ command: 'paper', action: 'open', args: [] }, 'Open one of these papers', papers))

/** A paper's neighbours, each with the terms that made it one. */
export function relatedList(paper: Paper, related: readonly RelatedPaper[]): Message {
  const lines = related.map((near, i) => `**${i + 1}.** ${titleLink(near.paper, 200)}${reason(near)}`)
  return {
    embeds: [
      {
        color: accent,
        title: shown(`Related to ${readable(paper.title)}`, limits.title),
        description: lines.length === 0 ? 'No other paper here is closely related.' : fitLines(lines, 3800),
      },
    ],
    components: openMenu(related.map(near => near.paper)),
  }
}

function reason({ shared }: RelatedPaper): string {
  if (shared.length === 0) return ''
  return `\n-# in common: ${shared
    .slice(0, 4)
    .map(term => shown(term, 40))
    .join(', ')}`
}

/** Hits as a list, for queries that may mean several papers. */
export function hitList(title: string, papers: readonly Paper[]): Message {
  const lines = papers.map((paper, i) => `**${i + 1}.** ${titleLink(paper, 200)}`)
  return {
    embeds: [{ color: accent, title: shown(title, limits.title), description: fitLines(lines, 3800) }],
    components: openMenu(papers),
  }
}

/** Nothing found: an ephemeral message with the nearest words and papers. */
export function nothingFound(text: string, result: SearchResult, near: readonly Paper[]): Reply {
  if (!result.query.searchable)
    return {
      audience: 'ephemeral',
      content: 'There is nothing to search for in that. Try a topic, a title or an author.',
    }
  const lines = [`No paper here fits **${shown(text, 200) || '…'}**.`]
  if (result.nearest.length > 0)
    lines.push(
      `The nearest words: ${result.nearest
        .slice(0, 5)
        .map(word => `*${shown(word, 40)}*`)
        .join(', ')}`,
    )
  if (near.length > 0) lines.push('', ...near.slice(0, 3).map(paper => `• ${titleLink(paper, 160)}`))
  return {
    audience: 'ephemeral',
    embeds: [{ color: accent, description: fitLines(lines, 3000) }],
    components: openMenu(near.slice(0, 3)),
  }
}
