import type { Paper } from '../../corpus/paper.ts'
import type { Hit, Search } from '../../search/port.ts'
import type { Reading } from '../build-answer.ts'
import type { ListOrder } from '../port.ts'
import type { Question } from '../question.ts'
import { termCoverageOf, termMatchingOf, widened } from '../term-matching.ts'

/** Words that ask for a list and the words around its topic; what remains is the topic. */
const asking =
  /\b(?:please|pls|list(?: of)?|show(?: me)?|give me|find(?: me)?|get me|name|all|every|everything|(?:any|some)thing(?: new)?|stuff|what there is|there is|there are|is there|are there|(?:do|did) (?:we|you) have|have we(?: got)?|should i read|should we read|reading list|i(?:'m| am)? ?looking for|search for|recommend(?: me)?|suggest(?: me)?|(?:have )?you got|got|we have|any|some|which|what|(?:the )?other (?=(?:papers?|studies|articles|publications|works?)\b)|the papers?|papers?|(?<!\b(?:case|user|field|pilot|diary) )studies|articles|publications|works?|literature|research|are|is|on|about|for|regarding|concerning|that deal with|deal(?:s|ing)? with|based on|using|relying on|that rel(?:y|ies) on|drawing on|involving|featuring|where (?:they|people|someone)|cover(?:s|ing)?|here|in the (?:corpus|collection|library)|in our (?:corpus|collection|library|lab)|(?:then|instead|though)(?=\W{0,9}$))\b/giu
/** What is not of the topic: "no matter where", "instead of mice". */
const clause =
  /,\s?(?:no matter|regardless)\b.{0,200}$|(?<=\S),?\s(?:instead of|rather than|as opposed to|but not|and not)\s.{0,200}$|(?<=\S),\s?not\s.{0,200}$/iu

/** Asks for papers by date: "the newest papers on bread". */
const byDate =
  /\b(newest|latest|(?:most )?recent|oldest|earliest)(?= (?:[\w'/-]{1,40} ){0,3}(?:papers?|studies|articles|publications)\b)|\b(newest|latest|oldest|earliest) first\b/iu

/** The requested order; undefined means best match first. */
export function orderIn(text: string): ListOrder | undefined {
  const found = byDate.exec(text.slice(0, 400))
  if (found === null) return undefined
  return /^(?:oldest|earliest)$/iu.test(found[1] ?? found[2] ?? '') ? 'oldest' : 'newest'
}

/** The topic of a list: "shapley values" in "which papers do we have on shapley values?". */
export const topicIn = (text: string): string =>
  text
    .replace(clause, ' ')
    .replace(byDate, ' ')
    .replace(asking, ' ')
    .replace(/[?!.]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^(?:the|your|our)(?: |$)/iu, '')

const pronouns = /^(?:of )?(?:them|those|these|it|that|this)$/iu

/** Whether a list is asked for of what was just spoken of: "list all of them". */
export const listsSubject = (text: string): boolean => pronouns.test(topicIn(text))

/** Most papers in a list. */
const mostListed = 25
/** A paper that scores less than this share of the best one is off topic. */
const leastStanding = 0.35

/** The papers on a topic, best first: each contains at least one of its words or a synonym. */
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

/** Hits for a topic. An empty topic lists everything, in the collection's order or by date. */
export function hitsOn(topic: string, search: Search, order?: ListOrder): readonly Hit[] {
  if (topic !== '') return search.search(topic, { limit: 4 * mostListed }).hits
  const papers = order === undefined ? search.papers.slice(0, mostListed) : firstByDate(search.papers, order)
  return papers.map(paper => ({ paper, score: 1 }))
}

/** Comparator: negative when `a` comes first. Papers without a date come last. */
function compareDates(order: ListOrder): (a: Paper, b: Paper) => number {
  const sign = order === 'newest' ? -1 : 1
  return ({ published: a }, { published: b }) => {
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
    return a === b ? 0 : sign * (a < b ? -1 : 1)
  }
}

/** Hits sorted by publication date; the sort is stable. */
export function sortedByDate(hits: readonly Hit[], order: ListOrder): Hit[] {
  const compare = compareDates(order)
  return hits.toSorted((a, b) => compare(a.paper, b.paper))
}

/** The first papers by date: one pass with a short sorted list, since sorting a large collection is wasteful. */
function firstByDate(papers: readonly Paper[], order: ListOrder): Paper[] {
  const compare = compareDates(order)
  const first: Paper[] = []
  for (const paper of papers) {
    const last = first.at(-1)
    if (first.length === mostListed && last !== undefined && compare(paper, last) >= 0) continue
    const at = first.findIndex(other => compare(paper, other) < 0)
    first.splice(at < 0 ? first.length : at, 0, paper)
    first.length = Math.min(first.length, mostListed)
  }
  return first
}
