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
  menuOf,
  missingLine,
  otherPapers,
  paperOptions,
  relaxedLine,
  substitutionLines,
  titleLines,
  titleOf,
} from './pieces.ts'
import type { Message, Row } from './reply.ts'

/** What of a card is the same whoever asks, and wherever. */
export interface PaperParts {
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
}

export interface PaperCard extends PaperParts, Asked {}

/** What of a card goes by who asks, and where. */
export interface Asked {
  /** Where it comes from: see `originText`. */
  readonly origin?: string | undefined
  /** Said above it; Markdown. */
  readonly note?: string | undefined
  /** Who asked: theirs is the message that the menu changes. */
  readonly owner: string
}

/** A paper as `/paper` shows it. The budgets of its parts add up to less than Discord's 6000. */
export const paperCard = (card: PaperCard): Message => drawCard(card)(card)

/** Makes all that is the same whoever asks, once. @returns the card for the one who asks */
export function drawCard(parts: PaperParts): (asked: Asked) => Message {
  const embed = drawEmbed(parts)
  const { others, place } = otherPapers(parts.hits ?? [], parts.paper)
  const options = paperOptions(others)
  const row = paperRow(parts.paper)
  return ({ owner, origin, note = '' }) => {
    const id = { command: 'paper', action: 'pick', owner, args: [place] }
    const menu = menuOf(id, 'Other papers that fit', options)
    return {
      ...(note === '' ? {} : { content: note }),
      embeds: [withOrigin(embed, origin)],
      components: menu === undefined ? [row] : [menu, row],
    }
  }
}

export const paperEmbed = ({ origin, ...parts }: PaperParts & Pick<Asked, 'origin'>): APIEmbed =>
  withOrigin(drawEmbed(parts), origin)

function withOrigin(embed: APIEmbed, origin = ''): APIEmbed {
  const footer = [embed.footer?.text ?? '', origin].filter(text => text !== '').join(' · ')
  return footer === '' ? embed : { ...embed, footer: { text: footer } }
}

function drawEmbed(card: Omit<PaperParts, 'hits'>): APIEmbed {
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
  const footer = clip(visible(readable(facts.join(' · '))), 200)
  return {
    color: accent,
    title: titleOf(paper),
    ...(address === undefined ? {} : { url: address }),
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
