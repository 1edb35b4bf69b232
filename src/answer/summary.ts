import type { AnalyzedPaper, AnalyzedSentence } from './analyzed-paper.ts'
import { cues, dangles } from './discourse-cues.ts'
import type { Summary } from './port.ts'
import { summaryScores, titleShare } from './summary-ranker.ts'

/** A sentence longer than this, in words, is a paragraph to its reader. */
const longSentence = 45

/** Task, idea and result of a paper in its own sentences and order; the idea alone is the TLDR. */
export function summaryOf(outline: AnalyzedPaper): Summary {
  const { sentences } = outline
  const scores = summaryScores(outline)
  const gist = sentences[indexOfBest(scores)]
  if (gist === undefined) return { tldr: '', sentences: [] }
  if (sentences.length <= 2) return { tldr: gist.text, sentences: sentences.map(({ text }) => text) }
  const task = best(sentences.slice(0, gist.index), sentence => taskScore(sentence, gist, outline))
  const result = best(sentences.slice(gist.index + 1), sentence => resultScore(sentence, gist, outline))
  const chosen = [task, gist, result].filter(sentence => sentence !== undefined)
  if (chosen.length < 3) {
    const others = sentences.filter(sentence => !chosen.includes(sentence))
    const next = best(others, sentence => (scores[sentence.index] ?? 0) - tooLong(sentence))
    if (next !== undefined) chosen.push(next)
  }
  return { tldr: gist.text, sentences: chosen.sort((a, b) => a.index - b.index).map(({ text }) => text) }
}

const indexOfBest = (scores: readonly number[]): number => scores.indexOf(Math.max(...scores))

function best<T>(candidates: readonly T[], score: (candidate: T) => number): T | undefined {
  return candidates[indexOfBest(candidates.map(score))]
}

const has = (cue: RegExp, { text }: AnalyzedSentence, points: number): number => (cue.test(text) ? points : 0)

/** What the paper is up against: a problem named in the title's terms, close before the idea that answers it. */
function taskScore(sentence: AnalyzedSentence, gist: AnalyzedSentence, outline: AnalyzedPaper): number {
  const answered = cues.responds.test(gist.text) || /\b(?:this|these|such)\b/iu.test(gist.text)
  return (
    has(cues.problem, sentence, 1) +
    has(cues.background, sentence, 0.3) +
    2 * titleShare(sentence, outline) +
    (sentence.index === 0 ? 0.6 : 0) +
    (sentence.index === gist.index - 1 ? (answered ? 1.2 : 0.3) : 0) -
    dangling(sentence) -
    tooLong(sentence)
  )
}

/** What came out: the authors' own finding, with a figure or a comparison, best near the end. */
function resultScore(sentence: AnalyzedSentence, gist: AnalyzedSentence, outline: AnalyzedPaper): number {
  const left = outline.sentences.length - gist.index
  return (
    has(cues.finds, sentence, 1) +
    has(cues.ourResults, sentence, 1) +
    has(cues.experiments, sentence, 0.6) +
    has(cues.gains, sentence, 1) +
    has(/\d/u, sentence, 0.3) +
    titleShare(sentence, outline) +
    (0.5 * (sentence.index - gist.index)) / left -
    has(cues.artefact, sentence, 2) -
    dangling(sentence) -
    tooLong(sentence)
  )
}

/** "However" opens many a statement of the task and reads well enough alone. */
const dangling = ({ text }: AnalyzedSentence): number =>
  dangles(text) ? (cues.contrasts.test(text) ? 0.4 : 0.8) : 0

const tooLong = ({ tokens }: AnalyzedSentence): number => Math.max(0, tokens.length - longSentence) / 20
