import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10'
import type { Summary } from '../answer/port.ts'
import { paperRef } from '../corpus/ids.ts'
import { linksOf, pageOf } from '../corpus/links.ts'
import { saidName } from '../corpus/names.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { Correction, RelatedPaper, Span, Substitution } from '../search/port.ts'
import { clip, shown, visible } from './escape.ts'
import { limits } from './limits.ts'
import {
  accent,
  button,
  buttons,
  byMeaningLine,
  correctionLine,
  linkTarget,
  marked,
  missingLine,
  otherPapers,
  paperMenu,
  relaxedLine,
  substitutionLines,
  titleLines,
  titleOf,
} from './pieces.ts'
import type { Message, Row } from './reply.ts'

export interface PaperCard {
  readonly paper: Paper
  readonly summary: Summary
  /** The sentence that matched and where it contains the query's words. */
  readonly passage?: { readonly text: string; readonly spans: readonly Span[] } | undefined
  readonly related: readonly RelatedPaper[]
  /** All hits, this one among them: the menu offers the others. */
  readonly hits?: readonly Paper[]
  readonly corrections?: readonly Correction[]
  readonly substitutions?: readonly Substitution[]
  /** Whether the paper was found by its meaning alone. */
  readonly byMeaning?: boolean
  /** Whether the query's operators were dropped because they would leave nothing. */
  readonly relaxed?: boolean
  /** Words of the query that the paper says nothing of, where it is only the nearest there is. */
  readonly missing?: readonly string[]
  /** Where it comes from: see `originText`. */
  readonly origin?: string | undefined
  /** Said above it; Markdown. */
  readonly note?: string | undefined
  /** Who asked: theirs is the message that the menu changes. */
  readonly owner: string
}

/** A paper as `/paper` shows it. The budgets of its parts add up to less than Discord's 6000. */
export function paperCard(card: PaperCard): Message {
  const { note = '' } = card
  return {
    ...(note === '' ? {} : { content: note }),
    embeds: [paperEmbed(card)],
    components: paperRows(card),
  }
}

export function paperEmbed(card: Omit<PaperCard, 'owner' | 'hits'>): APIEmbed {
  const { paper, summary, passage, related } = card
  const address = pageOf(paper)?.url
  const description = [
    card.byMeaning === true ? byMeaningLine : '',
    card.relaxed === true ? relaxedLine : '',
    correctionLine(card.corrections ?? []),
    substitutionLines(card.substitutions ?? []).join('\n'),
    missingLine(card.missing ?? []),
    summaryText(summary, paper),
    passage === undefined ? '' : `> ${marked(passage.text, passage.spans, 800)}`,
  ]
  const fields: APIEmbedField[] = [
    { name: 'Links', value: linkLine(paper) },
    {
      name: 'Related papers',
      value: titleLines(
        related.slice(0, 3).map(near => near.paper),
        () => '• ',
        120,
        1000,
      ),
    },
  ]
  const authors = clip(paper.authors.map(saidName).join(', '), 200)
  const facts = [paper.venue, paper.published?.slice(0, 10)].filter(text => text !== undefined)
  const names = visible(authors)
  const about = clip(visible(readable(facts.join(' · '))), 200)
  const footer = [about, card.origin ?? ''].filter(text => text !== '').join(' · ')
  return {
    color: accent,
    title: titleOf(paper),
    ...(address === undefined || address.length > limits.address ? {} : { url: address }),
    ...(names === '' ? {} : { author: { name: names } }),
    description: description.filter(text => text !== '').join('\n\n'),
    fields: fields.filter(field => field.value !== ''),
    ...(footer === '' ? {} : { footer: { text: footer } }),
  }
}

function summaryText(summary: Summary, paper: Paper): string {
  if (summary.sentences.length === 0) return paper.abstract === '' ? '*This record has no abstract.*' : ''
  return summary.sentences.map(sentence => shown(readable(sentence), 600)).join(' ')
}

function linkLine(paper: Paper): string {
  const links = linksOf(paper).map(link => `[${shown(link.label, 60)}](${linkTarget(link.url)})`)
  let out = ''
  for (const link of links) {
    const next = out === '' ? link : `${out} · ${link}`
    if (next.length > 700) break
    out = next
  }
  return out
}

/** The button whose argument is the paper that a card shows. */
export const shownBy = { command: 'paper', action: 'abstract' } as const

function paperRows({ paper, hits = [], owner }: PaperCard): Row[] {
  const { others, place } = otherPapers(hits, paper)
  const menu = paperMenu(
    { command: 'paper', action: 'pick', owner, args: [place] },
    'Other papers that fit',
    others,
  )
  return menu === undefined ? [paperRow(paper)] : [menu, paperRow(paper)]
}

/** What can be done with a paper, wherever it is shown. */
export function paperRow(paper: Paper): Row {
  const ref = paperRef(paper.id)
  return buttons(
    button({ ...shownBy, args: [ref] }, 'Whole abstract'),
    button({ command: 'related', action: 'list', args: [ref] }, 'Related papers'),
    button({ command: 'paper', action: 'cite', args: [ref] }, 'Cite'),
    button({ command: 'save', action: 'add', args: [ref] }, 'Save'),
    button({ command: 'share', action: 'form', args: [ref] }, 'Share'),
  )
}

/** How much of an abstract one page shows. */
const pageLength = 3500

/** The whole abstract, in pages where it is long. */
export function abstractPage(paper: Paper, page: number): Message {
  const pages = abstractPages(paper)
  const at = Math.min(Math.max(0, page), pages.length - 1)
  const ref = paperRef(paper.id)
  const pageButton = (to: number, text: string) =>
    button({ command: 'paper', action: 'page', args: [ref, String(to)] }, text)
  const turns = [
    ...(at > 0 ? [pageButton(at - 1, 'Previous page')] : []),
    ...(at < pages.length - 1 ? [pageButton(at + 1, 'Next page')] : []),
  ]
  return {
    embeds: [
      {
        color: accent,
        title: titleOf(paper),
        description: pages[at] ?? '',
        ...(pages.length > 1 ? { footer: { text: `Page ${at + 1} of ${pages.length}` } } : {}),
      },
    ],
    components: turns.length === 0 ? [] : [buttons(...turns)],
  }
}

function abstractPages(paper: Paper): string[] {
  let rest = readable(paper.abstract)
  if (rest === '') return ['*This record has no abstract.*']
  const pages: string[] = []
  while (rest.length > pageLength) {
    const space = rest.lastIndexOf(' ', pageLength)
    const cut = space > pageLength / 2 ? space : pageLength
    pages.push(rest.slice(0, cut))
    rest = rest.slice(cut).trimStart()
  }
  return [...pages, rest].map(text => shown(text, limits.description))
}
