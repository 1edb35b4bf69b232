import { readable } from '../../corpus/readable.ts'
import { tokenize } from '../../search/analysis/analyze.ts'
import type { AnalyzedPaper, AnalyzedSentence } from '../analyzed-paper.ts'
import { studiedIn } from '../question/studied-kinds.ts'
import type { Question } from '../question.ts'
import { sharesStem } from '../term-matching.ts'
import { asksInTopic } from './survey-features.ts'

/** How far a paper speaks of a topic. */
export interface Mentions {
  /** How much of the topic the title holds, 0 to 1. */
  readonly title: number
  /** How much of it each sentence holds with the title, 0 to 1. */
  readonly sentences: readonly number[]
  /** How much of it each sentence holds by itself. */
  readonly alone: readonly number[]
  /** The most that is held in one place, or in several. */
  readonly most: number
  /** How much of it each sentence says to be absent: "without calibration". */
  readonly denied: readonly number[]
  readonly titleDenied: number
  readonly words: number
}

interface Wanted {
  readonly word: string
  readonly term: string
  readonly says: number
}

type Token = AnalyzedSentence['tokens'][number]

/** What is said to be absent comes within so many words behind one of these. */
const negators = /^(?:without|never|absence|avoid\w{0,3}|eliminat\w{1,3}|obviat\w{1,3}|lack\w{0,3})$/u
const reach = 3
/** "Does not need": these after "not" make what follows absent. */
const needs =
  /^(?:need|requir\w{0,4}|us(?:e|es|ed|ing)|rely|relies|depend\w{0,3}|involv\w{0,3}|assum\w{0,3}|includ\w{0,3}|have|employ\w{0,3})$/u

function negates(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? ''
  const before = tokens[at - 1]?.word
  return (
    word === 'no' ||
    negators.test(word) ||
    (before === 'not' && needs.test(word)) ||
    (before === 'instead' && word === 'of') ||
    (before === 'rather' && word === 'than')
  )
}

/** For each token whether what it names is said to be absent: "without the need for fine-tuning", "label-free". */
export function absentIn(tokens: readonly Token[]): boolean[] {
  let left = 0
  return tokens.map(({ word, stop, joined }, i) => {
    const isAbsent = (left > 0 && !stop) || (joined && tokens[i + 1]?.word === 'free')
    if (negates(tokens, i)) left = word === 'no' ? reach - 1 : reach
    else if (!stop && left > 0) left -= 1
    return isAbsent
  })
}

/** A paper's own web address, or where to get something, tells nothing of what the paper is on. */
const pointsElsewhere =
  /https?:\/\/|\bwww\.|\b(?:available|found|released|hosted) (?:at|on|from|online|upon)\b/iu

/** What a word of the same stem counts for, and how near its meaning is to come. */
const relatedCounts = 0.8
const relatedFrom = 0.25
/** What the topic's words, apart in several sentences, count for. */
const apartCounts = 0.7
/** What the two words of a topic count for where they stand apart: "the value of human feedback" for "human values". */
const farCounts = 0.6
/** Two words stand together when no more than this many are between them. */
const pairReach = 3

function wantedIn({ tokens, terms, meaning }: Question): Wanted[] {
  const idf = new Map(terms.filter(({ extra }) => !extra).map(one => [one.term, one.idf]))
  const all = tokens.flatMap(({ word, term, stop }) =>
    stop ? [] : [{ word, term, says: meaning?.weightOf(word) ?? Math.sqrt(idf.get(term) ?? 1) }],
  )
  const telling = all.filter(({ word }) => !asksInTopic(word))
  return telling.length > 0 ? telling : all
}

/** How well words hold each wanted one. */
function heldIn(wanted: readonly Wanted[], words: readonly Token[], question: Question): number[] {
  const held = new Set(words.map(({ term }) => term))
  const near = question.meaning?.nearness(
    wanted.map(({ word }) => word),
    words.map(({ word }) => word),
  )
  return wanted.map(({ term }, j) => {
    if (held.has(term)) return 1
    const other = question.alternatives
      .filter(({ typed, terms }) => typed.includes(term) && terms.every(one => held.has(one)))
      .map(({ weight }) => weight)
    const meant = near?.[j] ?? 0
    // "Found" shares letters with "foundation", and no more.
    const isRelated =
      (near === undefined || meant >= relatedFrom) && words.some(one => sharesStem(one.term, term))
    return Math.max(meant, isRelated ? relatedCounts : 0, ...other)
  })
}

const shareOf = (wanted: readonly Wanted[], held: readonly number[]): number =>
  wanted.reduce((sum, { says }, j) => sum + says ** 2 * (held[j] ?? 0), 0) /
  wanted.reduce((sum, { says }) => sum + says ** 2, Number.EPSILON)

/** Whether a text holds the two words of a topic, but not together. */
function standApart(wanted: readonly Wanted[], words: readonly Token[]): boolean {
  const [one, other, more] = wanted.map(({ term }) => term)
  if (one === undefined || other === undefined || more !== undefined) return false
  const isOf = (term: string, of: string): boolean => term === of || sharesStem(term, of)
  const first = words.flatMap(({ term }, i) => (isOf(term, one) ? [i] : []))
  const second = words.flatMap(({ term }, i) => (isOf(term, other) ? [i] : []))
  return (
    first.length > 0 &&
    second.length > 0 &&
    !first.some(at => second.some(by => Math.abs(at - by) <= pairReach))
  )
}

/** A text's words, those that it says to be absent apart. */
function wordsOf(tokens: readonly Token[]): { said: Token[]; absent: Token[] } {
  const absent = absentIn(tokens)
  const words = tokens
    .map((token, i) => ({ token, isAbsent: absent[i] === true }))
    .filter(({ token }) => !token.stop)
  const of = (isAbsent: boolean) => words.filter(one => one.isAbsent === isAbsent).map(({ token }) => token)
  return { said: of(false), absent: of(true) }
}

/**
 * How far a paper speaks of a topic, and where.
 * @param inPassing whether an address to find something at counts
 */
export function mentionsOf(question: Question, paper: AnalyzedPaper, inPassing = false): Mentions {
  const texts = paper.sentences.map(({ text }) => (!inPassing && pointsElsewhere.test(text) ? '' : text))
  const studied = studiedIn(question.text)
  if (studied !== undefined) {
    const alone = texts.map(studied)
    const title = studied(paper.paper.title)
    return { title, sentences: alone, alone, most: Math.max(title, ...alone), ...nothingDenied }
  }
  const wanted = wantedIn(question)
  const heading = wordsOf(tokenize(readable(paper.paper.title)))
  const own = paper.sentences.map(({ tokens }, i) => wordsOf(texts[i] === '' ? [] : tokens))
  const inTitle = heldIn(wanted, heading.said, question)
  const rows = own.map(({ said }) => heldIn(wanted, said, question))
  const shareIn = (held: readonly number[], words: readonly Token[]): number =>
    shareOf(wanted, held) * (standApart(wanted, words) ? farCounts : 1)
  const title = shareIn(inTitle, heading.said)
  const alone = rows.map((row, i) => shareIn(row, own[i]?.said ?? []))
  const sentences = rows.map((row, i) => {
    const both = row.map((held, j) => Math.max(held, inTitle[j] ?? 0))
    const isWhole = Math.max(title, alone[i] ?? 0) >= shareOf(wanted, both)
    return isWhole
      ? Math.max(title, alone[i] ?? 0)
      : shareOf(wanted, both) * (wanted.length === 2 ? farCounts : 1)
  })
  const anywhere = wanted.map((_, j) => Math.max(inTitle[j] ?? 0, ...rows.map(row => row[j] ?? 0)))
  const apart = (wanted.length === 2 ? farCounts : apartCounts) * shareOf(wanted, anywhere)
  const deniedIn = ({ absent }: { absent: readonly Token[] }): number => {
    const terms = new Set(absent.map(({ term }) => term))
    return shareOf(
      wanted,
      wanted.map(({ term }) => Number(terms.has(term))),
    )
  }
  return {
    title,
    sentences,
    alone,
    most: Math.max(title, ...sentences, apart),
    denied: own.map(deniedIn),
    titleDenied: deniedIn(heading),
    words: wanted.length,
  }
}

const nothingDenied = { denied: [], titleDenied: 0, words: 1 } as const
