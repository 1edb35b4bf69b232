import type { Paper } from '../../corpus/paper.ts'
import { attributes } from '../abstain/attributes.ts'
import type { AnalyzedPaper } from '../analyzed-paper.ts'
import type { Reading } from '../build-answer.ts'
import type { Answer, Quote } from '../port.ts'
import type { NarrowingReference, Years } from '../question/narrowing-reference.ts'
import { type NarrowingTopics, topicsIn } from '../question/narrowing-topics.ts'
import { type Question, readQuestion } from '../question.ts'
import { discourseOf } from '../ranking/discourse.ts'
import { best, type Listed, listOf, mostQuoted, summed } from './paper-list.ts'
import { type Mentions, mentionsOf } from './topic-mentions.ts'

/** The list speaks of what narrows it when one of its papers holds so much of that; a word near it will do. */
const leastHeld = 0.37

/** Those of the list that fit, in its order; where none does, a refusal that keeps the list. */
export function narrowed({ papers, reading }: Listed, reference: NarrowingReference): Answer | undefined {
  const { topic, without, years } = reference
  if (papers.length < 2) return undefined
  const fits = years === undefined ? fitting(reference, papers, reading) : ofYears(years, papers, reading)
  const denying = papers.filter((_, i) => fits[i]?.denial?.().length)
  const said = (which: readonly Paper[]): Quote[] =>
    which.slice(0, mostQuoted).flatMap(paper => fits[papers.indexOf(paper)]?.denial?.() ?? [])
  // "Those without labels" are the papers that say so, where any does.
  if (reference.isAbsent && denying.length > 0)
    return { ...listOf(denying, reading, said(denying)), of: papers.length }
  const kept = papers.filter((_, i) => fits[i]?.fits !== without)
  if (kept.length === 0 && denying.length > 0)
    return { ...toldBy(denying, said(denying), reading), among: papers }
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

/** None of the papers fits, and some say that they do not. */
function toldBy(denying: readonly Paper[], quotes: readonly Quote[], reading: Reading): Answer {
  const kind = quotes.length > 1 ? 'survey' : 'single'
  const { fromEarlier: _, ...answer } = listOf(denying, reading, [...quotes])
  return { ...answer, kind }
}

interface Fit {
  readonly fits: boolean
  /** The sentence that says it does not, if any. */
  readonly denial?: () => Quote[]
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
  const tells = getsCode?.tells
  if (!isSubject && availability.test(topic) && tells instanceof RegExp)
    return papers.map(paper => {
      const own = reading.read(paper)
      const at = discourseOf(own).texts.findIndex(text => tells.test(text))
      return { fits: at >= 0, quote: () => sentenceOf(own, at) }
    })
  const topics = topicsIn(topic)
  const byName = papers.map(({ authors }) =>
    topics.wanted.some(one => one.some(name => wroteIt(name, authors))),
  )
  if (!isSubject && byName.includes(true))
    return papers.map((paper, i) => ({ fits: byName[i] ?? false, quote: () => summed(paper, reading) }))
  return onTopics(topics, papers, reading, isSubject)
}

function sentenceOf({ paper, sentences }: AnalyzedPaper, at: number): Quote[] {
  const sentence = sentences[at]
  return sentence === undefined ? [] : [{ paper, text: sentence.text, start: sentence.start, score: 1 }]
}

/** Papers on one of the topics, or on all where any is, without those that are as much on what is left out. */
function onTopics(
  { wanted, all, except }: NarrowingTopics,
  papers: readonly Paper[],
  reading: Reading,
  isSubject: boolean,
): Fit[] {
  const on = wanted.map(one => onTopic(one, papers, reading, isSubject))
  const left = except.map(one => onTopic(one, papers, reading, isSubject))
  const told = papers.map((_, i) => Math.max(0, ...on.map(one => one[i]?.told ?? 0)))
  const onAll = papers.map((_, i) => on.every(one => (one[i]?.told ?? 0) > 0))
  const fits = all && onAll.includes(true) ? onAll : told.map(one => one > 0)
  return papers.map((_, i) => ({
    fits: (fits[i] ?? false) && left.every(one => (one[i]?.told ?? 0) < (told[i] ?? 0)),
    quote: () => on.find(one => (one[i]?.told ?? 0) > 0)?.[i]?.quote() ?? [],
    denial: () => on.flatMap(one => one[i]?.denial() ?? []).slice(0, 1),
  }))
}

interface OnTopic {
  /** In how many sentences it is spoken of, the title counting for as many as make it the subject; 0 where it does not fit. */
  readonly told: number
  readonly quote: () => Quote[]
  readonly denial: () => Quote[]
}

/** Of what the paper holding the most of a topic holds, so much makes another fit: of two words more than one. */
const fitsFrom = (words = 1): number => [0.65, 0.7][words - 1] ?? 0.6
/** A topic in the title, or in so many sentences, is what a paper is about. */
const subjectFrom = 2

/** Which papers fit a topic, in the first of its wordings that one of them holds. */
function onTopic(
  wordings: readonly string[],
  papers: readonly Paper[],
  reading: Reading,
  isSubject: boolean,
): OnTopic[] {
  const [wording = '', ...others] = wordings
  const question = readQuestion(wording, reading.search, reading.meaning)
  const mentions = (inPassing: boolean) =>
    papers.map(paper => mentionsOf(question, reading.read(paper), inPassing))
  const most = (found: readonly Mentions[]) => Math.max(...found.map(one => one.most))
  const straight = mentions(false)
  const found = most(straight) < leastHeld ? mentions(true) : straight
  if (others.length > 0 && most(found) < wholeFrom) return onTopic(others, papers, reading, isSubject)
  const denied = Math.max(...found.flatMap(one => [...one.denied, one.titleDenied]))
  const least = Math.max(leastHeld, fitsFrom(found[0]?.words) * Math.max(denied, most(found)))
  const told = found.map(one => {
    const many = (shares: readonly number[]) => shares.filter(share => share >= least).length
    if (one.title >= least) return Math.max(subjectFrom, many(one.alone))
    return Math.max(one.most >= least ? 1 : 0, many(one.sentences))
  })
  const from = isSubject && told.some(one => one >= subjectFrom) ? subjectFrom : 1
  return papers.map((paper, i) => ({
    told: (told[i] ?? 0) >= from ? (told[i] ?? 0) : 0,
    quote: () => quoteOn(question, paper, found[i], least, reading),
    denial: () => denialIn(paper, found[i], reading),
  }))
}

const deniedFrom = 0.65
/** A wording is that of the papers when one of them holds so much of it. */
const wholeFrom = 0.9

/** The sentence by which a paper says that it is not on the topic: "without the need for labels". */
function denialIn(paper: Paper, found: Mentions | undefined, reading: Reading): Quote[] {
  const shares = found?.denied ?? []
  const at = shares.findIndex(share => share >= deniedFrom)
  if (at >= 0) return sentenceOf(reading.read(paper), at)
  return (found?.titleDenied ?? 0) >= deniedFrom ? summed(paper, reading) : []
}

/** The sentence that answers best, where it speaks of the topic; else the one that does. */
function quoteOn(
  question: Question,
  paper: Paper,
  found: Mentions | undefined,
  least: number,
  reading: Reading,
): Quote[] {
  const own = reading.read(paper)
  const quote = best(question, paper, reading)
  const alone = found?.alone ?? []
  const at = alone.indexOf(Math.max(...alone))
  const isQuoted = own.sentences.some(({ start }, i) => start === quote[0]?.start && (alone[i] ?? 0) >= least)
  return isQuoted || (alone[at] ?? 0) < least ? quote : sentenceOf(own, at)
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
