import type { Hit, Search } from '../../search/port.ts'
import type { Reading } from '../build-answer.ts'
import type { Question } from '../question.ts'
import { termCoverageOf, termMatchingOf, widened } from '../term-matching.ts'

/** Words by which a list is asked for, and what stands around its topic. */
const asking =
  /\b(?:please|pls|list(?: of)?|show(?: me)?|give me|find(?: me)?|get me|name|all|every|everything|anything|something|stuff|what there is|there is|there are|is there|are there|do we have|have we(?: got)?|(?:have )?you got|got|we have|any|some|which|what|the papers?|papers?|studies|articles|publications|works?|literature|are|is|on|about|for|regarding|concerning|that deal with|deal(?:s|ing)? with|cover(?:s|ing)?|here|in the (?:corpus|collection|library)|in our (?:corpus|collection|library|lab))\b/giu
const clause = /,\s?(?:no matter|regardless)\b.{0,200}$/iu

/** What a list is asked about: "shapley values" in "which papers do we have on shapley values?". */
export const topicIn = (text: string): string =>
  text.replace(clause, ' ').replace(asking, ' ').replace(/[?!.]/gu, ' ').replace(/\s+/gu, ' ').trim()

/** Papers listed at most. */
const mostListed = 25
/** A paper fits no longer when it scores less than this share of the best. */
const leastStanding = 0.3

/** The papers that fit a topic, best first: each holds a word of it, or another word for it. */
export function papersOn(topic: Question, hits: readonly Hit[], { read }: Reading): Hit[] {
  const top = hits[0]?.score ?? 0
  const terms = topic.terms.filter(({ extra }) => !extra).map(({ term }) => term)
  return hits
    .filter(({ paper, score }) => {
      const { words } = read(paper)
      const held = widened(termCoverageOf(words, termMatchingOf(terms, words)), words, topic.alternatives)
      return score >= leastStanding * top && held.size > 0
    })
    .slice(0, mostListed)
}

/** Hits for a topic; for a list of everything, the papers as they are. */
export const hitsOn = (topic: string, search: Search): readonly Hit[] =>
  topic === ''
    ? search.papers.slice(0, mostListed).map(paper => ({ paper, score: 1 }))
    : search.search(topic, { limit: 4 * mostListed }).hits
