import { tokenize } from '../search/analysis.ts'
import type { Search } from '../search/port.ts'
import { holdingOf, kinshipOf } from './kinship.ts'
import type { Outline } from './outline.ts'
import type { Subject } from './port.ts'
import { massOf, type Question, readQuestion } from './question.ts'

/** A question that leans on an earlier one, spelled out. */
export interface FollowUp {
  readonly question: Question
  /** Whether the earlier papers are to be read first: not when the asker turns to something else of the kind. */
  readonly sameWork: boolean
}

/** "and on vision?", "what about vision?": the same question of something else. */
const turns = /^\W*(?:(?:and|but|so|ok(?:ay)?|then)\W+)*(?:what|how) about\b/iu
const opens =
  /^\W*(?:and|but|so|or|also|then|ok(?:ay)?|why|how come|what else|anything else|really|in what|by how much|compared to what)\b/iu
const pointsBack =
  /\b(?:it|its|they|their|them|this|that|these|those|there|the (?:papers?|methods?|models?|approach(?:es)?|authors?|stud(?:y|ies)|works?|algorithms?|datasets?|benchmarks?|techniques?|systems?|frameworks?|results?|experiments?|savings?|gains?))\b/iu

/** Words of its own with which a question stands alone. */
const ownWords = 3
const carriedWords = 6
/** What a carried word counts for beside one that was asked now. */
const carriedWorth = 0.5

/**
 * Reads a question in the light of what was talked about before; undefined when it stands alone. It leans on the
 * subject when its form says so and the subject's papers hold its words as well as any other paper does.
 */
export function followUp(
  text: string,
  subject: Subject,
  search: Search,
  read: (id: string) => Outline | undefined,
): FollowUp | undefined {
  const own = readQuestion(text, search)
  const turned = turns.test(text)
  const short = own.terms.filter(({ extra }) => !extra).length < ownWords
  if (!turned && !short && !opens.test(text) && !pointsBack.test(text)) return undefined
  const earlier = subject.papers.map(read).filter(outline => outline !== undefined)
  if (!turned && !holdsAsWell(own, earlier, search.search(text, { limit: 1 }).hits[0]?.paper.id, read))
    return undefined
  const carried = carriedFrom(subject.question || (earlier[0]?.paper.title ?? ''), own, search)
  if (carried.length === 0 && earlier.length === 0) return undefined
  const query = [text.trim(), ...carried].join(' ')
  return { question: spelledOut(own, query, carried, search), sameWork: !turned && earlier.length > 0 }
}

/** Whether the earlier papers hold at least as much of the question as the paper that it finds alone. */
function holdsAsWell(
  question: Question,
  earlier: readonly Outline[],
  found: string | undefined,
  read: (id: string) => Outline | undefined,
): boolean {
  const alone = found === undefined ? undefined : read(found)
  const best = Math.max(0, ...earlier.map(outline => heldMass(question, outline)))
  return alone === undefined || best >= heldMass(question, alone)
}

function heldMass({ terms }: Question, { title, spread }: Outline): number {
  const words = new Set([...title, ...spread.keys()])
  const kinship = kinshipOf(
    terms.map(({ term }) => term),
    words,
  )
  const held = holdingOf(words, kinship)
  return massOf(terms.map(one => ({ ...one, mass: one.mass * (held.get(one.term) ?? 0) })))
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
  return [
    ...new Map(words.filter(({ term }) => rarest.includes(term)).map(one => [one.term, one.word])).values(),
  ]
}

/** The question asked now, with what it wants, over its own terms and the carried ones. */
function spelledOut(own: Question, query: string, carried: readonly string[], search: Search): Question {
  const asked = new Set(own.terms.map(({ term }) => term))
  const added = readQuestion(carried.join(' '), search).terms.filter(({ term }) => !asked.has(term))
  const worth = own.terms.length === 0 ? 1 : carriedWorth
  return {
    ...own,
    text: query,
    terms: [...own.terms, ...added.map(one => ({ ...one, mass: one.mass * worth }))],
  }
}
