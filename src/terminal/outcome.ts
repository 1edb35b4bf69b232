import { linksOf } from '../corpus/links.ts'
import type { Paper } from '../corpus/paper.ts'
import { type Library, lookUp } from '../library/library.ts'
import { wordsMissing } from '../library/relevance.ts'
import type { ParsedQuery, RelatedPaper, Search, Span } from '../search/port.ts'
import { smallTalk } from '../view/small-talk.ts'
import { answerText, nothingText, paperText, relatedText } from '../view/text.ts'

/** A line with what its spans hold made bold; as it is where the output shows no bold. */
export type Strong = (line: string, spans: readonly Span[]) => string

const asItIs: Strong = line => line

/** What a command of the terminal gives: data for --json, the same as text for people. */
export interface Outcome {
  readonly data: unknown
  readonly text: string
  /** Nothing found: the exit status is 1, as with grep. */
  readonly empty: boolean
}

/** A paper in the data: `url` is its own page; where none is known, `search` is the address of a search for its title. */
function entryOf(paper: Paper): { id: string; title: string; url: string | null; search?: string } {
  const { id, title } = paper
  const [first] = linksOf({ ...paper, abstract: '' })
  if (first === undefined) return { id, title, url: null }
  return first.kind === 'lookup' ? { id, title, url: null, search: first.url } : { id, title, url: first.url }
}

const nearOf = (related: readonly RelatedPaper[]) =>
  related.map(({ paper, shared }) => ({ ...entryOf(paper), shared }))

const marking = (search: Search, query: ParsedQuery, strong: Strong) => (line: string) =>
  strong(line, search.matches(line, query))

/** `lectern paper`: the best match and its surroundings. */
export function paper(library: Library, text: string, strong: Strong = asItIs): Outcome {
  const found = lookUp(library, text)
  const { result } = found
  if (found.paper === undefined)
    return {
      data: { paper: null, nearest: result.nearest, near: found.near.papers.map(entryOf) },
      text: nothingText(text, found),
      empty: true,
    }
  const missing = wordsMissing(library, result, found.paper)
  const data = {
    paper: { ...found.paper, ...entryOf(found.paper), links: linksOf(found.paper) },
    summary: found.summary,
    passage: found.passage?.text ?? null,
    related: nearOf(found.related),
    others: found.others.map(entryOf),
    byMeaning: result.byMeaning,
    relaxed: result.relaxed,
    missing,
    corrections: result.query.corrections,
    substitutions: result.query.substitutions,
  }
  return {
    data,
    text: paperText(found, missing, marking(library.search, result.query, strong)),
    empty: false,
  }
}

const inTerminal = '`lectern paper` and `lectern --help`'

/** `lectern ask`: quoted sentences, or that the abstracts don't say; what is no question is replied to as in Discord. */
export function ask(library: Library, question: string, strong: Strong = asItIs): Outcome {
  const reply = smallTalk(question, library.search.count, inTerminal)
  if (reply !== undefined)
    return {
      data: { answered: false, confidence: 0, sentences: [], papers: [], reply },
      text: reply,
      empty: false,
    }
  const answer = library.answerer.ask(question)
  const data = {
    answered: answer.answered,
    confidence: answer.confidence,
    sentences: answer.quotes.slice(0, answer.shown).map(quote => {
      const { id, ...rest } = entryOf(quote.paper)
      return { paper: id, ...rest, text: quote.text }
    }),
    papers: answer.papers.map(entryOf),
  }
  const text = answerText(answer, marking(library.search, answer.query, strong))
  return { data, text, empty: !answer.answered }
}

/** `lectern related`: neighbours, and why. */
export function related(library: Library, text: string): Outcome {
  const found = lookUp(library, text)
  if (found.paper === undefined) return paper(library, text)
  const near = library.search.related(found.paper.id, 5)
  const data = { paper: entryOf(found.paper), related: nearOf(near) }
  return { data, text: relatedText(found.paper, near), empty: near.length === 0 }
}
