import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { Near } from '../library/library.ts'
import type { RelatedPaper, SearchResult } from '../search/port.ts'
import { shown } from './escape.ts'
import { limits } from './limits.ts'
import { accent, fitLines, nearIn, paperMenu, titleLink } from './pieces.ts'
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

/** Nothing fits: says so to the asker alone, with the words that are spelled alike, and what is near in what sense. */
export function nothingFound(text: string, { query, nearest }: SearchResult, near: Near): Reply {
  if (!query.searchable)
    return {
      audience: 'ephemeral',
      content: 'There is nothing to search for in that. Try a topic, a title or an author.',
    }
  const papers = near.papers.slice(0, 3)
  const lines = [`No paper here fits **${shown(text, 200) || '…'}**.`]
  if (nearest.length > 0)
    lines.push(
      `Similarly spelled words here: ${nearest
        .slice(0, 5)
        .map(word => `*${shown(word, 40)}*`)
        .join(', ')}`,
    )
  if (papers.length > 0) lines.push('', nearIn[near.by], ...papers.map(paper => `• ${titleLink(paper, 160)}`))
  return {
    audience: 'ephemeral',
    embeds: [{ color: accent, description: fitLines(lines, 3000) }],
    components: openMenu(papers),
  }
}
