import { tokenize } from '../search/analysis/analyze.ts'
import type { Hit, ParsedQuery, Search } from '../search/port.ts'
import type { AnalyzedPaper } from './analyzed-paper.ts'
import type { Reading } from './build-answer.ts'
import { emptyWords, goesOn, pointsBack, turns } from './follow-up-cues.ts'
import type { Subject } from './port.ts'
import { massOf, type Question, type QuestionTerm, readQuestion } from './question.ts'
import { termCoverageOf, termMatchingOf, widened } from './term-matching.ts'

/** A question that leans on an earlier one, spelled out, and where to look for its answer. */
export interface FollowUp {
  readonly question: Question
  readonly hits: readonly Hit[]
  /** The terms that were asked now: an answer holds one of them at least, when there are any. */
  readonly own: readonly QuestionTerm[]
  readonly subject: Subject
}

/** With more words of its own a question may stand alone, whatever its form. */
const fewWords = 2
/** Names are rare: the least share of the weight of a word that no paper holds. */
const rare = 0.5
const carriedWords = 6
/** What a carried word counts for beside one that was asked now. */
const carriedWorth = 0.5
/** How an earlier paper that holds a new word stands beside the paper that the word finds first. */
const earlierStanding = 0.7
const mostOf = 0.9

type Read = (id: string) => AnalyzedPaper | undefined

/**
 * Reads a question in the light of what was talked about before; undefined when it stands alone. It leans on the
 * subject when its form says so, and either its own words are few and name no other work, or the subject's papers
 * hold them as well as the paper does that they find alone.
 */
export function followUp(
  query: ParsedQuery,
  subject: Subject,
  { search, read: readPaper }: Reading,
): FollowUp | undefined {
  const read: Read = id => {
    const paper = search.get(id)
    return paper === undefined || paper.abstract === '' ? undefined : readPaper(paper)
  }
  const own = withoutEmpty(readQuestion(query, search))
  const earlier = subject.papers.map(read).filter(outline => outline !== undefined)
  const { hits } = search.search(query)
  if (!leans(own, earlier, hits, read)) return undefined
  const carried = carriedFrom(subject.question || (earlier[0]?.paper.title ?? ''), own, search)
  if (carried.length === 0 && earlier.length === 0) return undefined
  const turned = turns.test(query.text) && hits.length > 0
  const question = spelledOut(own, carried, turned, search)
  return {
    question,
    hits: turned
      ? closest(hits, earlier, question, read)
      : withFirst(earlier, search.search(question.text).hits),
    own: counting(own),
    subject,
  }
}

const counting = ({ terms }: Question): QuestionTerm[] => terms.filter(({ extra }) => !extra)

function withoutEmpty(question: Question): Question {
  const left = new Set(
    tokenize(question.text)
      .filter(({ word }) => emptyWords.has(word))
      .map(({ term }) => term),
  )
  return { ...question, terms: question.terms.filter(({ term }) => !left.has(term)) }
}

function leans(own: Question, earlier: readonly AnalyzedPaper[], hits: readonly Hit[], read: Read): boolean {
  const { text } = own
  const words = counting(own).length
  if (turns.test(text) || words === 0) return true
  const few = words <= fewWords
  const back = pointsBack.test(text) || goesOn.test(text)
  if (!back && !few) return false
  const found = hits[0] && read(hits[0].paper.id)
  if (found === undefined) return true
  if (back && few && !namesAnother(own, earlier, found)) return true
  return Math.max(0, ...earlier.map(outline => heldMass(own, outline))) >= heldMass(own, found)
}

/** Whether a word of the question stands in the title of the paper it finds, and nowhere in the earlier ones. */
function namesAnother(own: Question, earlier: readonly AnalyzedPaper[], { title }: AnalyzedPaper): boolean {
  return counting(own).some(
    ({ term, idf }) =>
      title.has(term) &&
      idf >= rare * own.unit &&
      !earlier.some(outline => outline.title.has(term) || outline.spread.has(term)),
  )
}

/** What a paper holds of a question, in masses. */
export function heldMass(
  { terms, alternatives }: Pick<Question, 'terms' | 'alternatives'>,
  { words }: AnalyzedPaper,
): number {
  const kinship = termMatchingOf(
    terms.map(({ term }) => term),
    words,
  )
  const held = widened(termCoverageOf(words, kinship), words, alternatives)
  return massOf(terms.map(one => ({ ...one, extra: false, mass: one.mass * (held.get(one.term) ?? 0) })))
}

/** The earlier question's words that count here and are not asked again, in its order. */
function carriedFrom(earlier: string, own: Question, search: Search): string[] {
  const asked = new Set(own.terms.map(({ term }) => term))
  const unseen = search.idf('')
  const words = tokenize(earlier).filter(
    ({ term, stop }) => !stop && !asked.has(term) && search.idf(term) < unseen,
  )
  const rarest = [...new Set(words.map(({ term }) => term))]
    .sort((a, b) => search.idf(b) - search.idf(a))
    .slice(0, carriedWords)
  const first = new Map(words.toReversed().map(({ term, word }) => [term, word]))
  return [...new Set(words.map(({ term }) => term))]
    .filter(term => rarest.includes(term))
    .map(term => first.get(term) ?? term)
}

/** The question asked now, with what it wants, over its own terms and the carried ones. */
function spelledOut(own: Question, carried: readonly string[], turned: boolean, search: Search): Question {
  const asked = new Set(own.terms.map(({ term }) => term))
  const earlier = readQuestion(carried.join(' '), search)
  const added = earlier.terms.filter(({ term }) => !asked.has(term))
  const worth = own.terms.length === 0 ? 1 : carriedWorth
  return {
    ...own,
    text: [own.text.trim(), ...carried].join(' '),
    terms: [
      ...own.terms,
      ...added.map(one => ({ ...one, mass: one.mass * worth, extra: turned || one.extra })),
    ],
    alternatives: [...own.alternatives, ...earlier.alternatives],
  }
}

/** What the new words find, and the earlier papers that hold them; first those that also fit the earlier question. */
function closest(
  hits: readonly Hit[],
  earlier: readonly AnalyzedPaper[],
  question: Question,
  read: Read,
): Hit[] {
  const top = hits[0]?.score || 1
  const { terms, alternatives } = question
  const asked = { terms: terms.filter(({ extra }) => !extra), alternatives }
  const before = { terms: terms.filter(({ extra }) => extra), alternatives }
  const all = before.terms.reduce((sum, { mass }) => sum + mass, Number.EPSILON)
  const known = earlier.filter(outline => heldMass(asked, outline) >= mostOf * massOf(asked.terms))
  const ids = new Set(known.map(({ paper }) => paper.id))
  return [
    ...known.map(({ paper }) => ({ paper, score: top * earlierStanding })),
    ...hits.filter(({ paper }) => !ids.has(paper.id)),
  ]
    .map(({ paper, score }) => {
      const outline = read(paper.id)
      const fits = outline === undefined ? 0 : heldMass(before, outline) / all
      return { paper, score: score / top + carriedWorth * fits }
    })
    .sort((a, b) => b.score - a.score)
}

/** The papers of the earlier answer before all others, as good as the best. */
function withFirst(earlier: readonly AnalyzedPaper[], hits: readonly Hit[]): Hit[] {
  const score = hits[0]?.score ?? 1
  const ids = new Set(earlier.map(({ paper }) => paper.id))
  return [
    ...earlier.map(({ paper }) => ({ paper, score })),
    ...hits.filter(({ paper }) => !ids.has(paper.id)),
  ]
}
