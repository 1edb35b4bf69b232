import type { Paper } from '../../corpus/paper.ts'
import { buildAnswer, type Reading } from '../build-answer.ts'
import type { Answer, Subject } from '../port.ts'
import { asksNothing, onlyPoints, type Reference, referenceIn } from '../question/reference.ts'
import { readQuestion } from '../question.ts'
import { type Choice, chosenBy } from './chosen.ts'
import { listsSubject } from './list.ts'
import { byDate, others, similar } from './list-around.ts'
import { narrowed } from './narrowing.ts'
import { best, type Listed, listOf, mostQuoted, summed } from './paper-list.ts'
import { requestOf } from './request.ts'

/**
 * The answer to a question that points at papers of the last answer: one of them by its place or its name, those of
 * them that fit, the others, or the same by date. Undefined where it points at none.
 */
export function listedAnswer(text: string, subject: Subject, reading: Reading): Answer | undefined {
  const papers = subject.papers.flatMap(id => reading.search.get(id) ?? [])
  if (papers.length > 1 && listsSubject(text) && referenceIn(subject.question) !== undefined)
    return listOf(papers, reading)
  const reference = papers.length === 0 ? undefined : referenceIn(text)
  if (reference === undefined) return undefined
  const listed: Listed = { papers, subject, reading }
  if (reference.kind === 'only') return narrowed(listed, reference)
  return asksAnew(text, reference) ? undefined : pointed(listed, reference)
}

/** A list of something else is asked for: "list papers on the first transistors". */
const asksAnew = (text: string, reference: Reference): boolean =>
  requestOf(text, false) === 'list' &&
  'rest' in reference &&
  reference.kind !== 'similar' &&
  !asksNothing(reference.rest.replace(/\b(?:list|get|find)\b/giu, ' '))

function pointed(listed: Listed, reference: Exclude<Reference, { kind: 'only' }>): Answer | undefined {
  switch (reference.kind) {
    case 'similar':
      return similar(listed, reference.rest)
    case 'byDate':
      return byDate(listed, reference)
    case 'others':
      return others(listed) ?? similar(listed, '')
    default: {
      const isPlaced = reference.kind === 'places'
      const [first, ...more] = listed.papers.length < 2 && !isPlaced ? [] : chosenBy(reference, listed)
      if (first === undefined) return noneChosen(listed, reference)
      return more.length === 0
        ? aboutOne(first, reference.rest, listed)
        : aboutEach([first, ...more], reference.rest, listed)
    }
  }
}

/** The list has no such paper. */
function noneChosen(listed: Listed, reference: Choice): Answer | undefined {
  const single = listed.papers.length < 2
  // None of them has a date, which the answer says.
  if (reference.kind === 'dated' && !single) return byDate(listed, { order: reference.order, further: false })
  const follows = wasListed(listed)
  if (reference.kind === 'step') return reference.by > 0 && follows ? beyond(listed) : undefined
  // "What did the second study find?" may be asked within one paper.
  const isAsked = single && !follows && !onlyPoints(reference.rest)
  return reference.kind === 'places' && !isAsked ? beyond(listed) : undefined
}

/** Whether the last answer was a list of one or spoke of its place, or the last paper of a list was spoken of. */
function wasListed({ papers, subject }: Listed): boolean {
  if (papers.length > 1) return subject.about === papers.at(-1)?.id
  if (requestOf(subject.question, false) === 'list') return true
  const before = referenceIn(subject.question)?.kind
  return before === 'only' || before === 'places' || before === 'step'
}

/** The list is not as long as the place that was named. */
const beyond = ({ papers, reading }: Listed): Answer => ({
  ...listOf([], reading),
  confidence: 0,
  papers,
  among: papers,
})

/** What is asked of the chosen paper: nothing means its summary, and a reference alone what was asked before. */
function questionFor(rest: string, { subject }: Listed): string {
  if (onlyPoints(rest)) {
    const before = referenceIn(subject.question)
    if (before !== undefined && 'rest' in before && !asksNothing(before.rest)) return before.rest
  }
  return asksNothing(rest) ? 'summarize the paper' : rest
}

function aboutOne(paper: Paper, rest: string, listed: Listed): Answer {
  const { reading, papers } = listed
  const text = questionFor(rest, listed)
  const question = readQuestion(text, reading.search, reading.meaning)
  const subject = { question: text, papers: [paper.id] }
  const hits = [{ paper, score: 1 }]
  const answer = buildAnswer(question, { hits, query: reading.search.parse(text) }, subject, reading)
  const digest = question.kinds.digest && answer.quotes.length > 0
  return {
    ...answer,
    ...(digest && !answer.answered ? { answered: true, shown: 1, confidence: 1 } : {}),
    papers: [paper],
    among: papers,
  }
}

/** A sentence of each of the chosen papers: the one that answers best, or what the paper is. */
function aboutEach(chosen: readonly Paper[], rest: string, { reading, papers }: Listed): Answer {
  const asked = rest.replace(/\b(?:compare|difference|differ|between|vs|versus|and|or|it)\b/giu, ' ')
  const question = asksNothing(asked) ? undefined : readQuestion(rest, reading.search, reading.meaning)
  const quotes = chosen
    .slice(0, mostQuoted)
    .flatMap(paper => (question === undefined ? summed(paper, reading) : best(question, paper, reading)))
  return {
    ...listOf([], reading),
    kind: 'survey',
    answered: quotes.length > 0,
    confidence: 1,
    quotes,
    shown: quotes.length,
    papers: chosen,
    among: papers,
  }
}
