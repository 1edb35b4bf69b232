import { type Answer, papersNamed, type Quote } from '../answer/port.ts'
import { paperRef } from '../corpus/ids.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { Span } from '../search/port.ts'
import { escapeMarkdown, shown, unescapeMarkdown } from './escape.ts'
import { limits } from './limits.ts'
import { type ListCard, listCard } from './list-card.ts'
import { accent, fitLines, marked, pageTarget, paperMenu, titleLines, titleLink } from './pieces.ts'
import type { Message, Row } from './reply.ts'

export interface AnswerCard extends ListCard {
  readonly answer: Answer
  /** The spans of a quoted sentence that match words of the question. */
  readonly spansIn: (text: string) => readonly Span[]
}

/** The fixed sentence when the corpus has no answer. */
export const abstains = 'The abstracts don’t say.'

/** Quoted sentences with numbered sources, or an honest statement that there are none. */
export function answerCard(card: AnswerCard): Message {
  const { kind, answered } = card.answer
  if (answered && kind === 'list') return listCard(card)
  return answered && kind === 'survey' ? surveyCard(card) : quotedCard(card)
}

/**
 * A menu of the sources. Of an answer from a list it offers the list, and its id names the paper that the answer is from:
 * a reply to it may go on about that one or choose another.
 */
function sourceMenu(answer: Answer, owner: string): Row | undefined {
  const { kind, among } = answer
  const sources = papersNamed(answer)
  const first = kind === 'single' && among !== undefined ? answer.papers[0] : undefined
  const args = ['ask', ...(first === undefined ? [] : [paperRef(first.id)])]
  const placeholder = among === undefined ? 'Open a source' : 'Open a paper of the list'
  return paperMenu({ command: 'paper', action: 'open', owner, args }, placeholder, among ?? sources)
}

/** Each paper with what it says below its title, to be compared; what does not fit is left out whole. */
function surveyCard({ question, answer, spansIn, owner }: AnswerCard): Message {
  const menu = sourceMenu(answer, owner)
  const blocks = answer.quotes.slice(0, answer.shown).map((quote, i) => {
    const lead = italic(leadOf(quote), mostOfSurveyLead)
    const said = markedQuote(quote.text, mostOfSurveyQuote - lead.length, spansIn)
    return `**[${i + 1}]** ${titleLink(quote.paper, 150)}\n> ${lead}${said}`
  })
  return {
    embeds: [
      {
        color: accent,
        title: shown(question, limits.title) || '…',
        description: fitLines(blocks, limits.description),
        footer: { text: 'A sentence of each paper, quoted from its abstract. Reply to ask on.' },
      },
    ],
    components: menu === undefined ? [] : [menu],
  }
}

/** Five of these with their titles fit a description unless addresses are very long. */
const mostOfSurveyQuote = 550
const mostOfSurveyLead = 160

function quotedCard({ question, answer, spansIn, owner }: AnswerCard): Message {
  const quotes = answer.quotes.slice(0, answer.answered ? answer.shown : 0)
  const sources = papersNamed(answer)
  const menu = sourceMenu(answer, owner)
  const mark = (i: number) => (quotes.length > 0 ? `**[${i + 1}]** ` : '• ')
  return {
    embeds: [
      {
        color: accent,
        title: shown(question, limits.title) || '…',
        description:
          quotes.length > 0
            ? quotes.map((quote, i) => quoteLine(quote, sources, spansIn, quotes.slice(0, i))).join('\n\n')
            : refusal(answer, spansIn),
        fields:
          sources.length === 0
            ? []
            : [
                {
                  name: quotes.length > 0 ? 'Sources' : answer.fromEarlier ? 'Listed' : 'Closest papers',
                  value: titleLines(sources, mark, 200, 1000),
                },
              ],
        ...(quotes.length > 0
          ? {
              footer: {
                text: 'Every sentence is quoted from its abstract. Reply to ask a follow-up.',
              },
            }
          : { footer: { text: 'Ask in other words, or search with /paper.' } }),
      },
    ],
    components: menu === undefined ? [] : [menu],
  }
}

/** That there is no answer, what is missing, and the closest sentence. */
function refusal(answer: Answer, spansIn: (text: string) => readonly Span[]): string {
  const { closest } = answer
  if (answer.fromEarlier) return `**${missingIn(answer, escapeMarkdown)}**`
  const said = `**${abstains}** ${missingIn(answer, escapeMarkdown)}`.trim()
  return closest === undefined ? said : `${said}\n> ${markedQuote(closest.text, 600, spansIn)}`
}

/** What is missing, where that is known; leads to the closest sentence where there is one. */
export function missingIn(answer: Answer, say: (text: string) => string): string {
  const { kind, lacks, closest: found, of } = answer
  const { attributes, nowhere, words } = lacks
  const quoted = (some: readonly string[]) => say(listed(some.map(word => `“${word}”`)))
  const closest = found === undefined ? '' : ' The closest sentence:'
  if (of !== undefined) return `None of the ${of} papers mentions ${quoted(words)}.`
  if (kind === 'list' && words.length === 0) return nothingListed(answer)
  if (kind === 'list' && words.length > 0) return `No paper here is about ${quoted(words)}.${closest}`
  if ((attributes.length === 0 || found === undefined) && nowhere.length > 0)
    return `No paper here mentions ${quoted(nowhere)}.${closest}`
  if (found === undefined) return 'No paper here comes close.'
  const missing = attributes.length > 0 ? say(listed(attributes)) : quoted(words)
  return missing === '' ? closest.trim() : `The closest abstract says nothing about ${missing}. It says:`
}

/** Why a list has nothing to show by date, or at the place that was named. */
function nothingListed({ order, lacks, papers }: Answer): string {
  if (lacks.attributes.length > 0) return `No paper of it says ${listed(lacks.attributes)}.`
  if (order !== undefined) return `No ${order === 'oldest' ? 'older' : 'newer'} paper is here.`
  return papers.length === 1 ? 'There is only one paper.' : `There are only ${papers.length} papers.`
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

function quoteLine(
  quote: Quote,
  sources: readonly Paper[],
  spansIn: (text: string) => readonly Span[],
  earlier: readonly Quote[],
): string {
  const lead = italic(leadOf(quote, earlier), mostOfLead)
  const number = sources.findIndex(paper => paper.id === quote.paper.id) + 1
  const target = pageTarget(quote.paper)
  const mark = target === undefined ? `\\[${number}\\]` : `[\\[${number}\\]](${target})`
  return `> ${lead}${markedQuote(quote.text, 950, spansIn)} ${mark}`
}

/** The sentence before, where the quoted one needs it and none of the earlier quotes is that sentence. */
export const leadOf = ({ before }: Quote, earlier: readonly Quote[] = []): string | undefined =>
  earlier.some(({ text }) => text === before) ? undefined : before

/** Three quotes of 950 units with this before each fit a description. */
const mostOfLead = 240

const italic = (lead: string | undefined, max: number): string =>
  lead === undefined ? '' : `*${shown(readable(lead), max)}* `

/** The question that an answer's embed shows, as it was asked (shortened when it was long). */
export const questionOf = (title: string): string => unescapeMarkdown(title)

/** A sentence as people read it, with the question's words in bold. */
function markedQuote(text: string, max: number, spansIn: (text: string) => readonly Span[]): string {
  const plain = readable(text)
  return marked(plain, spansIn(plain), max)
}
