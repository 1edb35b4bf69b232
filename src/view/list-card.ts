import type { Answer } from '../answer/port.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import { escapeMarkdown, shown } from './escape.ts'
import { limits } from './limits.ts'
import { accent, button, buttons, fitLines, paperMenu, titleLink } from './pieces.ts'
import type { Message, Row } from './reply.ts'
import type { Scope } from './scopes.ts'

/** What a card shows of a list. */
export type Listing = Pick<Answer, 'papers' | 'quotes' | 'whole' | 'of' | 'order' | 'fromEarlier'>

export interface ListCard {
  readonly question: string
  readonly answer: Listing
  readonly owner: string
  /** The sentence that tells what a paper is; the answer's own quotes where left out. */
  readonly summaryOf?: (paper: Paper) => string
  /** From 0; one that is not there becomes the nearest that is. */
  readonly page?: number
  /** Where it was looked: the buttons that turn the page look there too. */
  readonly scope?: Scope | undefined
}

/** Papers on a page, each with a sentence; the menu opens the papers of all pages. */
export const pageSize = 8

/**
 * A page of the papers that fit, with a sentence each. Nothing of it is stored: the question stands in the embed's
 * title, the page in the buttons, and a button asks the question again.
 */
export function listCard({ question, answer, owner, page = 0, summaryOf, scope }: ListCard): Message {
  const count = answer.papers.length
  const last = Math.max(0, Math.ceil(count / pageSize) - 1)
  const at = Math.min(last, Math.max(0, page))
  const first = at * pageSize
  const quotes = new Map(answer.quotes.map(({ paper, text }) => [paper, text]))
  const lines = answer.papers.slice(first, first + pageSize).map((paper, i) => {
    const text = shown(readable(quotes.get(paper) ?? summaryOf?.(paper) ?? ''), 240)
    const place = first + i
    const head = `**${place + 1}.** ${titleLink(paper, 150)}${dated(paper, answer)}`
    const entry = text === '' ? head : `${head}\n${text}`
    return place === answer.whole ? `*${onPart(answer)}*\n${entry}` : entry
  })
  const papers = fitting(answer)
  const menu = paperMenu(
    { command: 'paper', action: 'open', owner, args: ['ask'] },
    'Open a paper',
    answer.papers,
  )
  return {
    embeds: [
      {
        color: accent,
        title: shown(question, limits.title) || '…',
        description: fitLines(lines, limits.description),
        footer: { text: last === 0 ? `${papers}.` : `${papers} · page ${at + 1} of ${last + 1}` },
      },
    ],
    components: [
      ...(menu === undefined ? [] : [menu]),
      ...pageButtons(at, last, owner, pageArgs(answer, scope)),
    ],
  }
}

/** Stands before the first paper of a list that is on a part of its topic. */
export const onPart = ({ whole }: Listing): string =>
  whole === 0 ? 'No paper is on all of it; these are on a part:' : 'On a part of it:'

/** How many papers of a list fit, how many more do in part, and what they go by. */
export function fitting({ papers, whole = papers.length, of, order }: Listing): string {
  if (of !== undefined) return `${papers.length} of the ${of} papers ${papers.length === 1 ? 'fits' : 'fit'}`
  const part = papers.length - whole
  if (whole === 0 && part > 0) return `No paper fits, ${part} in part, ${order ?? 'best'} first`
  const more = part > 0 ? `, ${part} more in part` : ''
  return `${whole} ${whole === 1 ? 'paper fits' : 'papers fit'}${more}, ${order ?? 'best'} first`
}

/** What a button that turns the page needs besides it: where to look and, of a list that cannot be asked again, what it says. */
function pageArgs({ fromEarlier, of = 0, order }: Listing, scope: Scope | undefined): string[] {
  if (fromEarlier) return [scope ?? '', String(of), order ?? 'best']
  return scope === undefined ? [] : [scope]
}

function pageButtons(at: number, last: number, owner: string, more: readonly string[]): Row[] {
  if (last === 0) return []
  const turn = (page: number, text: string) =>
    button(
      {
        command: 'ask',
        action: 'page',
        owner,
        args: [String(page), ...more],
      },
      text,
    )
  const turns = [...(at > 0 ? [turn(at - 1, 'Previous')] : []), ...(at < last ? [turn(at + 1, 'Next')] : [])]
  return [buttons(...turns)]
}

/** The day, where it is what the list goes by. */
const dated = ({ published }: Paper, { order }: Listing): string =>
  order === undefined || published === undefined ? '' : ` · ${escapeMarkdown(published.slice(0, 10))}`
