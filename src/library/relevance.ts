import { sentencesOf } from '../answer/sentences.ts'
import type { Paper } from '../corpus/paper.ts'
import { analyze } from '../search/analysis/analyze.ts'
import type { Search, SearchResult } from '../search/port.ts'
import { type Span, spansOf } from '../search/query/highlight.ts'
import { type Found, type Library, lookUp, type NotFound } from './library.ts'

/**
 * Whether the papers speak of what a text names, by the answerer's own confidence:
 * - `yes`: the best hit may be taken for what is meant;
 * - `near`: hits may be offered to choose from;
 * - `no`: what search finds shares a stray word with the text, and would look silly as an answer to it.
 */
export type Relevance = 'yes' | 'near' | 'no'

/**
 * Of thirty messages about other things none comes up to it over the shipped papers, and nine or ten over two collections
 * of other fields; of labelled questions 2.5, 2.9 and 7 % stay below it.
 */
const nearFrom = 0.4

export function relevanceOf(library: Library, text: string): Relevance {
  if (library.search.search(text, { limit: 1 }).isNamed) return 'yes'
  const { answered, confidence } = library.answerer.ask(text)
  if (answered) return 'yes'
  return confidence >= nearFrom ? 'near' : 'no'
}

/**
 * The paper that somebody means by a text that they typed, for what is done with it at once; else what is near, to be
 * chosen from. Nothing for nonsense.
 */
export function lookUpMeant(library: Library, text: string): Found | NotFound {
  const found = lookUp(library, text)
  const { paper, result } = found
  if (paper === undefined) return { ...found, near: { by: 'spelling', papers: [] } }
  const near = { paper: undefined, result }
  const papers = [paper, ...found.others].slice(0, mostOffered)
  if (result.byMeaning) return { ...near, near: { by: 'meaning', papers } }
  // Whoever types words of a title means that paper, however sure the answerer is.
  if (lackedBy(paper.title, result.query.corrected, library).length === 0) return found
  const relevance = relevanceOf(library, text)
  if (relevance === 'yes') return found
  return { ...near, near: { by: 'words', papers: relevance === 'near' ? papers : [] } }
}

/** Papers that are offered where none was named. */
const mostOffered = 3

/** Sentences of a message that are looked at. */
const mostSentences = 6

/**
 * The part of a message that papers speak of: all of it, else those sentences; empty when it is about something else.
 * @param isChat tells a sentence that nobody wants papers for
 */
export function subjectOfMessage(
  library: Library,
  message: string,
  isChat: (sentence: string) => boolean,
): string {
  const sentences = message
    .split('\n')
    .flatMap(line => sentencesOf(line).map(({ text }) => text))
    .filter(text => !isChat(text))
    .slice(0, mostSentences)
  const whole = sentences.join(' ')
  if (whole === '' || relevanceOf(library, whole) !== 'no') return whole
  return sentences.filter(sentence => relevanceOf(library, sentence) !== 'no').join(' ')
}

/** Words of what was searched that the paper holds nothing of; where the papers speak of it in other words, only those that no paper has. */
export function wordsMissing(library: Library, { query, isNamed }: SearchResult, paper: Paper): string[] {
  if (isNamed) return []
  const missing = library.remember(`missing ${paper.id}`, query.corrected, () =>
    lackedBy(`${paper.title}. ${paper.abstract}`, query.corrected, library),
  )
  // Asked last: an answer takes longer than all else, and mostly no word is missing.
  if (missing.length === 0) return []
  const { search, answerer } = library
  const unseen = search.idf('')
  const isNowhere = (word: string): boolean => search.terms(word).every(({ idf }) => idf >= unseen)
  return answerer.ask(query.corrected).answered ? missing.filter(isNowhere) : missing
}

/** Words of a query that count and that the text does not hold in any form. */
function lackedBy(text: string, query: string, { search }: Library): string[] {
  // Most texts hold the words as they are typed, which is told much sooner than what else might stand for them.
  const asTyped = spansOf(query, { always: new Set(analyze(text)), inRuns: new Set() })
  return wordsBeside(asTyped, query, search).length === 0
    ? []
    : wordsBeside(search.matches(query, text), query, search)
}

/** The words of a query that count and lie in none of the spans. */
const wordsBeside = (held: readonly Span[], query: string, search: Search): string[] =>
  [...query.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)]
    .filter(({ 0: word, index }) => {
      const end = index + word.length
      const isHeld = held.some(span => span.end > index && span.start < end)
      return !isHeld && search.terms(word).length > 0
    })
    .map(([word]) => word)
