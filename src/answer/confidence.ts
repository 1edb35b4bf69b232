import { tokenize } from '../search/analysis.ts'
import { confidenceModel } from './confidence-model.ts'
import type { Evidence, Figures, Source } from './evidence.ts'
import { type Holding, holdingOf, kinshipOf } from './kinship.ts'
import type { Outline } from './outline.ts'
import { massOf, type Question, type QuestionTerm } from './question.ts'
import { shows } from './question-cues.ts'

/**
 * How sure it is that the sources answer the question, 0 to 1; at `answerFrom` and above the bot answers. Told by how
 * much of the question the best paper and its best sentence hold, not by the ranking's score, which means nothing
 * across questions.
 */
export function confidenceOf(
  question: Question,
  sources: readonly Source[],
  evidence: readonly Evidence[],
): number {
  if (evidence.length === 0) return 0
  const figures = confidenceFigures(question, sources, evidence)
  const { weights, bias } = confidenceModel
  const logit = Object.entries(weights).reduce((sum, [name, w]) => sum + w * (figures[name] ?? 0), bias)
  return 1 / (1 + Math.exp(-logit))
}

export const answerFrom = 0.5

/** What tells whether a question is answered; named figures, most of them between 0 and 1. */
export function confidenceFigures(
  question: Question,
  sources: readonly Source[],
  evidence: readonly Evidence[],
): Figures {
  const [first] = sources
  const best = evidence.find(({ outline }) => outline === first?.outline)
  const terms = question.terms.filter(({ extra }) => !extra)
  if (best === undefined || terms.length === 0) return {}
  const held = heldBy(question, best.outline)
  const quoted = held.of(best.sentence.terms.keys())
  const rest = terms.filter(({ term }) => (held.title.get(term) ?? 0) < 0.5)
  const cover = share(terms, held.all)
  const matched = terms.filter(({ term }) => held.all.has(term))
  const named = namedTerms(question.text, terms)
  return {
    // What a question holds of a paper by chance shrinks with every rare term that meets.
    covered: cover * (1 - Math.exp(-(cover * massOf(terms)) / question.unit)),
    matched: Math.log(matched.length + 0.5),
    single: flag(matched.length < 2),
    lead: matched.length < 2 ? 0 : cover * (1 - (sources[1]?.standing ?? 0)),
    restCovered: rest.length === 0 ? 0.5 : share(rest, held.abstract),
    restQuoted: rest.length === 0 ? 0.5 : share(rest, quoted),
    noRest: flag(rest.length === 0),
    unknown: massOf(terms.filter(({ unknown }) => unknown)) / massOf(terms),
    namedMissing: named.length === 0 ? 0 : 1 - share(named, held.all),
    wantsNumber: flag(question.wants.number),
    numberMissing: flag(question.wants.number && !shows.number.test(best.sentence.text)),
    focusUnquoted: flag(question.focus.length > 0 && !question.focus.some(term => quoted.has(term))),
    outsideMissing: flag(outsideTerms(question.text).some(term => !held.all.has(term))),
  }
}

const flag = (holds: boolean): number => (holds ? 1 : 0)

function heldBy({ terms }: Question, { title, spread }: Outline) {
  const words = new Set([...title, ...spread.keys()])
  const kinship = kinshipOf(
    terms.map(({ term }) => term),
    words,
  )
  const of = (held: Iterable<string>): Holding => holdingOf(held, kinship)
  return { of, title: of(title), abstract: of(spread.keys()), all: of(words) }
}

function share(terms: readonly QuestionTerm[], held: Holding): number {
  const sum = terms.reduce((mass, one) => mass + one.mass * (held.get(one.term) ?? 0), 0)
  return Math.min(1, sum / Math.max(Number.EPSILON, massOf(terms)))
}

/** Terms that the asker wrote as names: with capitals or digits, past the first word. */
function namedTerms(text: string, terms: readonly QuestionTerm[]): QuestionTerm[] {
  const names = new Set(
    tokenize(text)
      .slice(1)
      .filter(({ start, end }) => /^\p{Lu}|\p{L}.*[\p{Lu}\d]/u.test(text.slice(start, end)))
      .map(({ term }) => term),
  )
  return terms.filter(({ term }) => names.has(term))
}

/** Things that abstracts hardly ever tell of their own paper. */
const outside =
  /\b(?:who|whose|authors?|universit\w+|affiliat\w+|institut\w+|company|lab|fund\w*|sponsor\w*|grants?|conference|journal|venue|published|publication|year|when|date|licen[cs]e\w*|cost|price|dollars?|paid|gpus?|tpus?|hardware|microcontroller|machine|hours|days|weeks|minutes|learning rate|batch size|epochs?|optimi[sz]er|seeds?|hyper-?parameters?|tokens|citations?|cited|pages|email|repository|github|programming|framework|version|layers|heads)\b/giu

const outsideTerms = (text: string): string[] =>
  (text.match(outside) ?? []).flatMap(found => tokenize(found).map(({ term }) => term))
