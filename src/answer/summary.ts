import { definitionsIn } from '../search/analysis/abbreviations.ts'
import type { AnalyzedPaper, AnalyzedSentence } from './analyzed-paper.ts'
import { cues, dangles } from './discourse-cues.ts'
import type { Summary } from './port.ts'
import { isNotice } from './ranking/address.ts'
import { summaryScores, titleShare } from './summary-ranker.ts'

/** A longer sentence, in words, is penalised as hard to read. */
const longSentence = 45

/** A summary longer than this share of the abstract drops the sentence that leads up to the main one. */
const mostShare = 0.38

/**
 * Problem, main idea and result of a paper in its own sentences and order; the idea alone is the TLDR. The first
 * sentence is one that is understandable alone, if the abstract has such a sentence up to the idea.
 */
export function summaryOf(outline: AnalyzedPaper): Summary {
  const { sentences } = outline
  const scores = summaryScores(outline)
  const central = sentences[indexOfBest(scores)]
  if (central === undefined) return { tldr: '', sentences: [] }
  if (sentences.length <= 2) return { tldr: central.text, sentences: sentences.map(({ text }) => text) }
  const before = sentences.slice(0, central.index).filter(sentence => standsAlone(sentence, outline))
  const task = best(before, sentence => taskScore(sentence, central, outline))
  const result = best(
    sentences.slice(central.index + 1).filter(({ text }) => !isNotice(text)),
    sentence => resultScore(sentence, central, outline) - unclear(sentence, central),
  )
  const chosen = [task, central, result].filter(sentence => sentence !== undefined)
  if (chosen.length < 2) {
    const others = sentences.filter(one => !chosen.includes(one) && !isNotice(one.text))
    const next = best(others, sentence => (scores[sentence.index] ?? 0) - tooLong(sentence))
    if (next !== undefined) chosen.push(next)
  }
  const isLong = lengthOf(chosen) > mostShare * lengthOf(sentences)
  const kept = isLong && result !== undefined && standsAlone(central, outline) ? [central, result] : chosen
  return { tldr: central.text, sentences: kept.sort((a, b) => a.index - b.index).map(({ text }) => text) }
}

const lengthOf = (sentences: readonly AnalyzedSentence[]): number =>
  sentences.reduce((sum, { tokens }) => sum + tokens.length, 0)

/** Refers back near the beginning: "We achieve this by ...". */
const pointsBack =
  /^.{0,60}\b(?:(?:this|these|those)\b(?! (?:paper|work|article|study|survey|report|research|review)\b)|such (?!as\b|an?\b))/iu

/**
 * Whether it can be understood without the sentences before it: no back reference, no abbreviation defined earlier.
 */
function standsAlone({ text, index }: AnalyzedSentence, { paper, sentences }: AnalyzedPaper): boolean {
  if (dangles(text) || pointsBack.test(text)) return false
  const words = new Set(text.split(notInWords).flatMap(word => [word, word.replace(/s$/u, '')]))
  const known = new Set(abbreviationsIn(text))
  return sentences
    .slice(0, index)
    .flatMap(earlier => abbreviationsIn(earlier.text))
    .filter(short => !known.has(short) && !paper.title.includes(short))
    .every(short => !short.split(notInWords).every(part => words.has(part)))
}

const notInWords = /[^\p{L}\p{N}]+/u
const abbreviationsIn = (text: string): string[] => definitionsIn(text).map(({ short }) => short)

const indexOfBest = (scores: readonly number[]): number => scores.indexOf(Math.max(...scores))

function best<T>(candidates: readonly T[], score: (candidate: T) => number): T | undefined {
  return candidates[indexOfBest(candidates.map(score))]
}

const has = (cue: RegExp, { text }: AnalyzedSentence, points: number): number => (cue.test(text) ? points : 0)

/** Scores a sentence as the paper's problem: a difficulty named in the title's terms, shortly before the idea. */
function taskScore(sentence: AnalyzedSentence, central: AnalyzedSentence, outline: AnalyzedPaper): number {
  const answered = cues.responds.test(central.text) || /\b(?:this|these|such)\b/iu.test(central.text)
  return (
    has(cues.problem, sentence, 1) +
    has(cues.background, sentence, 0.3) +
    2 * titleShare(sentence, outline) +
    (sentence.index === 0 ? 0.6 : 0) +
    (sentence.index === central.index - 1 ? (answered ? 1.2 : 0.3) : 0) -
    tooLong(sentence)
  )
}

/**
 * Scores a sentence as the result: the authors' own finding, with a figure or a comparison, preferably near the end.
 */
function resultScore(sentence: AnalyzedSentence, central: AnalyzedSentence, outline: AnalyzedPaper): number {
  const left = outline.sentences.length - central.index
  return (
    has(cues.finds, sentence, 1) +
    has(cues.ourResults, sentence, 1) +
    has(cues.experiments, sentence, 0.6) +
    has(cues.gains, sentence, 1) +
    has(/\d/u, sentence, 0.3) +
    titleShare(sentence, outline) +
    (0.5 * (sentence.index - central.index)) / left -
    has(cues.artefact, sentence, 2) -
    dangling(sentence) -
    tooLong(sentence)
  )
}

/** What a result that points back to a sentence which is not shown loses: "These findings", "In this experiment". */
const lostAntecedent = 1.5

const unclear = ({ text, index }: AnalyzedSentence, central: AnalyzedSentence): number =>
  index - 1 !== central.index && (cues.leans.test(text) || pointsBack.test(text)) ? lostAntecedent : 0

/** The sentence before a result is mostly in the summary too, and "However" needs it less than a pronoun does. */
const dangling = ({ text }: AnalyzedSentence): number =>
  dangles(text) ? (cues.contrasts.test(text) ? 0.4 : 0.8) : 0

const tooLong = ({ tokens }: AnalyzedSentence): number => Math.max(0, tokens.length - longSentence) / 20
