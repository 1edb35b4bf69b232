import { type Answer, papersNamed } from '../answer/port.ts'
import { pageOf } from '../corpus/links.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { Found, NotFound } from '../library/library.ts'
import type { RelatedPaper } from '../search/port.ts'
import { abstains, leadOf, missingIn } from './answer-card.ts'
import { visible } from './escape.ts'
import { fitting, onPart, pageSize } from './list-card.ts'
import { byMeaningLine, missingLine, nearIn, relaxedLine, substitutionLines } from './pieces.ts'

/** Output for the terminal: the content of the embeds, as plain lines without control characters. */
const line = (text: string): string => visible(readable(text))

/** Makes what was searched for stand out in a line. */
type Mark = (line: string) => string

const unmarked: Mark = text => text

/** A paper's own address, or that of a search for it, which says that it is one. */
function address(paper: Paper): string {
  const page = pageOf(paper)
  if (page === undefined) return ''
  return page.kind === 'lookup' ? `${page.label}: ${page.url}` : page.url
}

const entry = (paper: Paper, bullet: string): string =>
  `${bullet} ${line(paper.title)}\n${' '.repeat(bullet.length + 1)}${address(paper)}`

const list = (heading: string, papers: readonly Paper[], mark: Mark): string =>
  papers.length === 0 ? '' : [heading, ...papers.map(paper => `• ${mark(line(paper.title))}`)].join('\n')

/** @param missing words of the query that the paper says nothing of */
export function paperText(found: Found, missing: readonly string[] = [], mark: Mark = unmarked): string {
  const { paper, summary, passage, related, others, result } = found
  const corrected = result.query.corrections.map(({ to }) => to).join(', ')
  const blocks = [
    result.byMeaning ? byMeaningLine : '',
    result.relaxed ? relaxedLine : '',
    corrected === '' ? '' : `Showing results for ${visible(corrected)}`,
    ...substitutionLines(result.query.substitutions, visible),
    missingLine(missing, visible),
    `${mark(line(paper.title))}\n${address(paper)}`,
    summary.sentences.map(line).join(' '),
    passage === undefined ? '' : `> ${mark(line(passage.text))}`,
    list(
      'Related papers',
      related.map(near => near.paper),
      unmarked,
    ),
    list('Others that fit', others.slice(0, 5), mark),
  ]
  return blocks.filter(block => block !== '').join('\n\n')
}

export function nothingText(text: string, { result, near }: NotFound): string {
  if (!result.query.searchable) return 'There is nothing to search for in that.'
  const words =
    result.nearest.length > 0
      ? `\nSimilarly spelled words here: ${result.nearest.map(visible).join(', ')}`
      : ''
  const papers =
    near.papers.length === 0 ? [] : ['', nearIn[near.by], ...near.papers.map(paper => entry(paper, '•'))]
  return [`No paper here fits “${visible(text)}”.${words}`, ...papers].join('\n')
}

export function answerText(answer: Answer, mark: Mark = unmarked): string {
  if (answer.kind === 'list' && answer.answered) return listText(answer, mark)
  const quotes = answer.quotes.slice(0, answer.answered ? answer.shown : 0)
  if (quotes.length === 0) return refusalText(answer, mark)
  const sources = [...new Map(quotes.map(quote => [quote.paper.id, quote.paper])).values()]
  const number = (paper: Paper) => sources.indexOf(paper) + 1
  return [
    ...quotes.map(
      (quote, i) =>
        `> ${inBrackets(leadOf(quote, quotes.slice(0, i)))}${mark(line(quote.text))} [${number(quote.paper)}]`,
    ),
    '',
    ...sources.map((paper, i) => entry(paper, `[${i + 1}]`)),
  ].join('\n')
}

const inBrackets = (lead: string | undefined): string => (lead === undefined ? '' : `(${line(lead)}) `)

/** The papers that fit, each with a sentence, and how many more there are. */
function listText(answer: Answer, mark: Mark): string {
  const { papers, quotes, whole } = answer
  const sentences = new Map(quotes.map(({ paper, text }) => [paper, text]))
  const listed = papers.slice(0, pageSize).map((paper, i) => {
    const number = `${i + 1}.`
    const sentence = sentences.get(paper)
    const indent = ' '.repeat(number.length + 1)
    const block = entry(paper, number)
    const said = sentence === undefined ? block : `${block}\n${indent}${mark(line(sentence))}`
    return i === whole ? `\n${onPart(answer)}\n${said}` : said
  })
  const more = papers.slice(pageSize).map(paper => `• ${line(paper.title)}`)
  return [fitting(answer), '', ...listed, ...(more.length === 0 ? [] : ['', ...more])].join('\n')
}

/** That the abstracts don't say, what the closest one says instead, and where to look. */
function refusalText(answer: Answer, mark: Mark): string {
  const { closest } = answer
  const papers = papersNamed(answer).map(paper => entry(paper, '•'))
  const missing = missingIn(answer, visible)
  const said = answer.fromEarlier ? missing : `${abstains.replace('’', "'")} ${missing}`.trim()
  if (closest === undefined) return [said, ...papers].join('\n')
  return [said, `> ${mark(line(closest.text))}`, '', ...papers].join('\n')
}

export function relatedText(paper: Paper, related: readonly RelatedPaper[]): string {
  const lines = related.map(near => {
    const why =
      near.shared.length > 0 ? `\n  in common: ${near.shared.slice(0, 4).map(visible).join(', ')}` : ''
    return `• ${line(near.paper.title)}${why}`
  })
  return [`Related to ${line(paper.title)}`, ...lines].join('\n')
}
