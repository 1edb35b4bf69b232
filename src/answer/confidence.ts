import { tokenize } from '../search/analysis/analyze.ts'
import { confidenceWeights } from './confidence-weights.ts'
import type { Features, RankedPassage } from './passage-ranker.ts'
import { massOf, type Question, type QuestionTerm, shareOf } from './question.ts'
import { shows } from './question-cues.ts'
import { termCoverageOf, termMatchingOf, widened } from './term-matching.ts'

/**
 * How sure it is that the evidence answers the question, 0 to 1; at `answerFrom` and above the bot answers. Told by
 * what the best sentence and its paper hold of the question, not by the ranking's score, which means nothing across
 * questions.
 */
export function confidenceOf(question: Question, evidence: readonly RankedPassage[]): number {
  if (evidence.length === 0) return 0
  const figures = confidenceFeatures(question, evidence)
  const { weights, bias } = confidenceWeights
  const logit = Object.entries(weights).reduce((sum, [name, w]) => sum + w * (figures[name] ?? 0), bias)
  return 1 / (1 + Math.exp(-logit))
}

export const answerFrom = 0.5

/** What tells whether a question is answered; named figures, most of them between 0 and 1. */
export function confidenceFeatures(question: Question, evidence: readonly RankedPassage[]): Features {
  const [best] = evidence
  const terms = question.terms.filter(({ extra }) => !extra)
  if (best === undefined || terms.length === 0) return {}
  const held = heldBy(question, best)
  const { text, wants, focus } = question
  const cover = shareOf(terms, held.paper)
  const named = namedTerms(text, terms)
  const outside = outsideTerms(text)
  return {
    best: best.score,
    // What a question holds of a paper by chance shrinks with every rare term that meets.
    covered: cover * (1 - Math.exp(-(cover * massOf(terms)) / question.unit)),
    single: flag(terms.filter(({ term }) => held.paper.has(term)).length < 2),
    onlyTitle: flag(terms.every(({ term }) => (held.title.get(term) ?? 0) >= 0.5)),
    titleHeld: shareOfTitle(question, best),
    quotedWider: shareOf(terms, held.quotedWide) - shareOf(terms, held.quoted),
    unknown: massOf(terms.filter(({ unknown }) => unknown)) / massOf(terms),
    namedMissing: named.length === 0 ? 0 : 1 - shareOf(named, held.paper),
    wantsNumber: flag(wants.number),
    numberMissing: flag(wants.number && !shows.number.test(best.sentence.text)),
    yesNo: flag(wants.yesNo),
    focusUnquoted: flag(focus.length > 0 && !focus.some(term => held.quoted.has(term))),
    outsideUnquoted: flag(outside.some(term => !held.quoted.has(term))),
  }
}

const flag = (holds: boolean): number => (holds ? 1 : 0)

/** What the best sentence and its paper hold of the question, in its own words and in others. */
function heldBy({ terms, alternatives }: Question, { outline, sentence }: RankedPassage) {
  const kinship = termMatchingOf(
    terms.map(({ term }) => term),
    outline.words,
  )
  const paper = termCoverageOf(outline.words, kinship)
  const quoted = termCoverageOf(sentence.terms.keys(), kinship)
  return {
    title: termCoverageOf(outline.title, kinship),
    paper,
    quoted,
    quotedWide: widened(quoted, sentence.terms, alternatives),
  }
}

/** Of the title's terms, the share that the question names. */
function shareOfTitle({ terms }: Question, { outline: { title } }: RankedPassage): number {
  return terms.filter(({ term }) => title.has(term)).length / Math.max(1, title.size)
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
  /^\W*when\b|\b(?:who|whose|authors?|universit\w+|affiliat\w+|institut\w+|company|lab|fund\w*|sponsor\w*|grants?|conference|journal|venue|published|publication|year|date|licen[cs]e\w*|cost|price|dollars?|paid|gpus?|tpus?|hardware|microcontroller|machine|hours|days|weeks|minutes|learning rate|batch size|epochs?|optimi[sz]er|seeds?|hyper-?parameters?|tokens|citations?|cited|pages|email|repository|github|programming|framework|version|layers|heads)\b/giu

const outsideTerms = (text: string): string[] =>
  (text.match(outside) ?? []).flatMap(found => tokenize(found).map(({ term }) => term))
