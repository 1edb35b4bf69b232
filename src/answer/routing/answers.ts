import type { Hit } from '../../search/port.ts'
import { answerFrom } from '../abstain/confidence.ts'
import { lackOf } from '../abstain/features.ts'
import type { AnalyzedPaper } from '../analyzed-paper.ts'
import { buildAnswer, type Found, quoteOf, type Reading } from '../build-answer.ts'
import type { Answer, ListOrder, Quote } from '../port.ts'
import { wordingsOf } from '../question/studied-kinds.ts'
import { asSurvey, type Question, readQuestion } from '../question.ts'
import { summaryOf } from '../summary.ts'
import { hitsOn, orderIn, papersOn, sortedByDate, topicIn } from './list.ts'
import { onWholeOf } from './on-whole.ts'
import { type Request, requestOf } from './request.ts'
import { isForSeveral, severalOdds } from './several-features.ts'
import { surveyed, surveyOf } from './survey.ts'
import { surveyConfidence } from './survey-confidence.ts'
import { matchesOf, type SurveyPaper } from './survey-features.ts'
import { isOnTopic } from './topic.ts'

/** How many papers of a list get a summary sentence. */
const mostSummed = 8

/**
 * The form of answer, as the wording says or, where it leaves that open, as the search result does: `perhaps-survey` and
 * `open` remain where several papers may answer.
 */
export function settledRequest(
  text: string,
  question: Question,
  hits: readonly Hit[],
  follows: boolean,
  { read }: Reading,
): Request | 'single-of-several' {
  const request = requestOf(text, follows)
  if (request !== 'perhaps-survey' && request !== 'open') return request
  const suggested = request === 'perhaps-survey'
  const papers = surveyPapers(hits, read)
  if (isForSeveral(question, papers, suggested)) return request
  if (ofPeople.test(text) && severalOdds(question, papers, suggested) >= leastOfPeople) return request
  return suggested ? 'single-of-several' : 'single'
}

/** What people do, more than one of them tells, even where one is somewhat ahead. */
const ofPeople =
  /^\W{0,9}(?:(?:and|so|but|ok(?:ay)?) )?how (?:do|can|could|did|have) (?:people|ppl|folks|others|researchers|scientists)\b/iu
const leastOfPeople = -1.5

/** The hits that a survey considers. */
export function surveyPapers(hits: readonly Hit[], read: Reading['read']): SurveyPaper[] {
  const top = Math.max(Number.EPSILON, hits[0]?.score ?? 0)
  return hits.slice(0, surveyed).map(({ paper, score }) => ({ paper: read(paper), standing: score / top }))
}

/** The paper's one-sentence summary as a quote. */
function summed(paper: AnalyzedPaper, score: number): Quote[] {
  const { tldr } = summaryOf(paper)
  const sentence = paper.sentences.find(({ text }) => text === tldr)
  return sentence === undefined
    ? []
    : [{ paper: paper.paper, text: sentence.text, start: sentence.start, score }]
}

/** Papers on a part of a topic that are listed. */
const mostClosest = 5

/** Papers on a topic: first those on all of it, then those on a part; both best first. */
interface OnTopic {
  readonly hits: readonly Hit[]
  /** How many, from the first, are on the whole topic. */
  readonly whole: number
}

interface RankedHit {
  readonly hit: Hit
  readonly order: number
  readonly isWhole: boolean
}

/** The hits on a topic, without those that have only its common words; none where the collection has nothing on it. */
function hitsAbout(topic: string, order: ListOrder | undefined, reading: Reading): RankedHit[] {
  const question = readQuestion(topic, reading.search, reading.meaning)
  const fitting = papersOn(question, hitsOn(topic, reading.search, order), reading)
  const matches = matchesOf(
    question,
    fitting.slice(0, surveyed).map(({ paper }) => ({ paper: reading.read(paper), standing: 1 })),
  )
  if (!isOnTopic(question, matches)) return []
  const top = fitting[0]?.score ?? 1
  const found = fitting.map(({ paper, score }) => ({ paper: reading.read(paper), standing: score / top }))
  return onWholeOf(question, found).flatMap(({ order: rank, isWhole, isListed }, i) => {
    const hit = fitting[i]
    return hit === undefined || !isListed ? [] : [{ hit, order: rank, isWhole }]
  })
}

/** Papers on a topic in any of its wordings. */
function onTopicIn(wordings: readonly string[], order: ListOrder | undefined, reading: Reading): OnTopic {
  const ranked = wordings
    .flatMap(topic => hitsAbout(topic, order, reading))
    .sort((one, other) => Number(other.isWhole) - Number(one.isWhole) || other.order - one.order)
  const first = new Map(ranked.toReversed().map(one => [one.hit.paper, one]))
  const best = ranked.filter(one => first.get(one.hit.paper) === one)
  const whole = best.filter(({ isWhole }) => isWhole)
  const part = best.filter(({ isWhole }) => !isWhole).slice(0, mostClosest)
  return { hits: [...whole, ...part].map(({ hit }) => hit), whole: whole.length }
}

/** By date, those on the whole topic still first. */
const inOrder = ({ hits, whole }: OnTopic, order: ListOrder | undefined): readonly Hit[] =>
  order === undefined
    ? hits
    : [...sortedByDate(hits.slice(0, whole), order), ...sortedByDate(hits.slice(whole), order)]

/** The papers on a topic, the first of them with their one-sentence summaries. */
export function listAnswer(text: string, { query }: Found, reading: Reading): Answer {
  const topic = topicIn(text)
  const order = orderIn(text)
  const hits = hitsOn(topic, reading.search, order)
  const fitting = topic === '' ? { hits, whole: hits.length } : onTopicIn(wordingsOf(topic), order, reading)
  const answered = fitting.hits.length > 0
  const listed = answered ? inOrder(fitting, order) : hits.slice(0, 3)
  const quotes = (answered ? listed : hits)
    .slice(0, mostSummed)
    .flatMap(({ paper, score }) => summed(reading.read(paper), score))
  return {
    kind: 'list',
    answered,
    confidence: answered ? 1 : 0,
    quotes,
    shown: answered ? quotes.length : 0,
    papers: listed.map(({ paper }) => paper),
    ...(answered ? { whole: fitting.whole } : {}),
    query,
    lacks: { attributes: [], words: answered ? [] : [topic], nowhere: [] },
    ...(order === undefined ? {} : { order }),
  }
}

/** What one paper says counts from this probability on where the collection has nothing on the topic. */
const offTopicFrom = 0.7
const unsure = 0.49

/** One paper's answer to a question that several might answer, such as "how do people detect fake news?". */
export function singleOfSeveral(question: Question, found: Found, reading: Reading): Answer {
  const answer = buildAnswer(question, found, undefined, reading)
  if (!answer.answered || answer.confidence >= offTopicFrom) return answer
  const papers = found.hits
    .slice(0, surveyed)
    .map(({ paper }) => ({ paper: reading.read(paper), standing: 1 }))
  return isOnTopic(question, matchesOf(question, papers))
    ? answer
    : { ...answer, answered: false, shown: 0, confidence: unsure }
}

/**
 * One sentence from each of the papers that answer part of the question.
 * @param suggested the wording is one that several papers may answer
 */
export function surveyAnswer(
  typed: Question,
  { hits, query }: Found,
  reading: Reading,
  suggested = false,
): Answer {
  const question = asSurvey(typed)
  const papers = surveyPapers(hits, reading.read)
  const survey = surveyOf(question, papers)
  const { sentences } = survey
  const { features: _, ...lacks } = lackOf(question, sentences, { staysWithSubject: false })
  const several = severalOdds(typed, papers, suggested)
  const confidence = surveyConfidence(question, survey, several)
  const answered = confidence >= answerFrom
  const sources = sentences.map(({ paper }) => paper.paper)
  return {
    kind: 'survey',
    answered,
    confidence,
    quotes: sentences.map(quoteOf),
    shown: answered ? sentences.length : 0,
    papers: [...new Set([...sources, ...hits.map(({ paper }) => paper)])],
    query,
    lacks,
  }
}
