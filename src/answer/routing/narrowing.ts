import type { Paper } from '../../corpus/paper.ts'
import { attributes } from '../abstain/attributes.ts'
import type { Reading } from '../build-answer.ts'
import type { Answer, Quote } from '../port.ts'
import type { NarrowingReference, Years } from '../question/narrowing-reference.ts'
import { readQuestion } from '../question.ts'
import { discourseOf } from '../ranking/discourse.ts'
import { onWholeOf } from './on-whole.ts'
import { best, type Listed, listOf, mostQuoted, summed } from './paper-list.ts'
import { heldByOne, matchesOf } from './survey-features.ts'

/** The list speaks of what narrows it when one of its papers holds so much of that; a word near it will do. */
const leastHeld = 0.37
/** Hits that are looked through for the papers of the list. */
const mostHits = 100

/** Those of the list that fit, in its order; where none does, a refusal that keeps the list. */
export function narrowed({ papers, reading }: Listed, reference: NarrowingReference): Answer | undefined {
  const { topic, without, years } = reference
  if (papers.length < 2) return undefined
  const fits = years === undefined ? fitting(reference, papers, reading) : ofYears(years, papers, reading)
  const kept = papers.filter((_, i) => fits[i]?.fits !== without)
  // Leaving out what no paper has was a word on the answer, or a question of its own.
  if (without && kept.length === papers.length && years === undefined) return undefined
  if (kept.length === 0)
    return {
      ...listOf([], reading),
      confidence: 0,
      papers,
      of: papers.length,
      among: papers,
      lacks: { attributes: [], words: [topic], nowhere: [] },
    }
  const quotes = kept
    .slice(0, mostQuoted)
    .flatMap(paper => (without ? summed(paper, reading) : (fits[papers.indexOf(paper)]?.quote() ?? [])))
  return { ...listOf(kept, reading, quotes), of: papers.length, query: reading.search.parse(topic) }
}

interface Fit {
  readonly fits: boolean
  /** The sentence that says so. */
  readonly quote: () => Quote[]
}

const getsCode = attributes.find(({ name }) => name === 'code')
/** "Code", "open data": what is to be had, not what a paper is about. */
const availability =
  /^(?:(?:the|source|a|an?y?|some|open|public(?:ly)?|published|released|available|shared|free)\s){0,3}(?:code|implementations?|repo(?:sitory|s)?|github|demos?|links?|software|weights)(?: (?:available|released|online|public|published|and data|or data))?$|^(?:open|public(?:ly available)?|published|released|available|shared|free) (?:data|datasets?)$|^(?:data|datasets?) (?:available|released|online|public|published)$/iu

function ofYears({ from, to }: Years, papers: readonly Paper[], reading: Reading): Fit[] {
  return papers.map(paper => {
    const year = Number(paper.published?.slice(0, 4))
    return { fits: year >= from && year <= to, quote: () => summed(paper, reading) }
  })
}

/** Which of the papers fit a topic or an author, or have what is to be had. */
function fitting(
  { topic, isSubject }: NarrowingReference,
  papers: readonly Paper[],
  reading: Reading,
): Fit[] {
  if (isSubject) return onTopic(topic, papers, reading)
  const summary = (paper: Paper) => () => summed(paper, reading)
  const tells = getsCode?.tells
  if (availability.test(topic) && tells instanceof RegExp)
    return papers.map(paper => {
      const own = reading.read(paper)
      const at = discourseOf(own).texts.findIndex(text => tells.test(text))
      const sentence = own.sentences[at]
      return {
        fits: sentence !== undefined,
        quote: () =>
          sentence === undefined ? [] : [{ paper, text: sentence.text, start: sentence.start, score: 1 }],
      }
    })
  const byName = papers.map(({ authors }) => wroteIt(topic, authors))
  if (byName.includes(true))
    return papers.map((paper, i) => ({ fits: byName[i] ?? false, quote: summary(paper) }))
  return onTopic(topic, papers, reading)
}

/** As sure as this of the surest paper, a paper fits. */
const fitsFrom = 0.5

function onTopic(topic: string, papers: readonly Paper[], reading: Reading): Fit[] {
  const question = readQuestion(topic, reading.search, reading.meaning)
  const { hits } = reading.search.search(topic, { limit: mostHits })
  const top = hits[0]?.score ?? 1
  const standing = new Map(hits.map(({ paper: { id }, score }) => [id, score / top]))
  const read = papers.map(paper => ({ paper: reading.read(paper), standing: standing.get(paper.id) ?? 0 }))
  const isSpokenOf = heldByOne(matchesOf(question, read)) >= leastHeld
  const sure = onWholeOf(question, read)
  return papers.map((paper, i) => ({
    fits: isSpokenOf && (sure[i]?.share ?? 0) >= fitsFrom,
    quote: () => best(question, paper, reading),
  }))
}

/** Whether a name is that of an author, in full or the last part of it. */
function wroteIt(name: string, authors: readonly string[]): boolean {
  const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const wanted = plain(name)
  return authors.some(author => {
    const own = plain(author)
    return own === wanted || own.split(/\s/u).at(-1) === wanted
  })
}
