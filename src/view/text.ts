import type { Answer } from '../answer/port.ts'
import { pageOf } from '../corpus/links.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { Found, NotFound } from '../library/library.ts'
import type { RelatedPaper } from '../search/port.ts'
import { abstains } from './answer-card.ts'
import { visible } from './escape.ts'
import { byMeaningLine, nearIn, relaxedLine, substitutionLines } from './pieces.ts'

/** Output for the terminal: the content of the embeds, as plain lines without control characters. */
const line = (text: string): string => visible(readable(text))

const address = (paper: Paper): string => pageOf(paper)?.url ?? ''

const entry = (paper: Paper, mark: string): string => `${mark} ${line(paper.title)}\n  ${address(paper)}`

export function paperText(found: Found): string {
  const { paper, summary, passage, related, others, result } = found
  const corrected = result.query.corrections.map(({ to }) => to).join(', ')
  const blocks = [
    result.byMeaning ? byMeaningLine : '',
    result.relaxed ? relaxedLine : '',
    corrected === '' ? '' : `Showing results for ${visible(corrected)}`,
    ...substitutionLines(result.query.substitutions, visible),
    `${line(paper.title)}\n${address(paper)}`,
    summary.sentences.map(line).join(' '),
    passage === undefined ? '' : `> ${line(passage.text)}`,
    related.length === 0
      ? ''
      : `Related papers\n${related.map(near => `• ${line(near.paper.title)}`).join('\n')}`,
    others.length === 0
      ? ''
      : `Others that fit\n${others
          .slice(0, 5)
          .map(other => `• ${line(other.title)}`)
          .join('\n')}`,
  ]
  return blocks.filter(block => block !== '').join('\n\n')
}

export function nothingText(text: string, { result, near }: NotFound): string {
  if (!result.query.searchable) return 'There is nothing to search for in that.'
  const words =
    result.nearest.length > 0
      ? `\nWords here that are spelled alike: ${result.nearest.map(visible).join(', ')}`
      : ''
  const papers =
    near.papers.length === 0 ? [] : ['', nearIn[near.by], ...near.papers.map(paper => entry(paper, '•'))]
  return [`No paper here fits “${visible(text)}”.${words}`, ...papers].join('\n')
}

export function answerText(answer: Answer): string {
  const quotes = answer.quotes.slice(0, answer.answered ? answer.shown : 0)
  if (quotes.length === 0)
    return [abstains.replace('’', "'"), ...answer.papers.slice(0, 3).map(paper => entry(paper, '•'))].join(
      '\n',
    )
  const sources = [...new Map(quotes.map(quote => [quote.paper.id, quote.paper])).values()]
  const number = (paper: Paper) => sources.indexOf(paper) + 1
  return [
    ...quotes.map(quote => `> ${line(quote.text)} [${number(quote.paper)}]`),
    '',
    ...sources.map((paper, i) => entry(paper, `[${i + 1}]`)),
  ].join('\n')
}

export function relatedText(paper: Paper, related: readonly RelatedPaper[]): string {
  const lines = related.map(near => {
    const why =
      near.shared.length > 0 ? `\n  in common: ${near.shared.slice(0, 4).map(visible).join(', ')}` : ''
    return `• ${line(near.paper.title)}${why}`
  })
  return [`Related to ${line(paper.title)}`, ...lines].join('\n')
}
