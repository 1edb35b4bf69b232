import type { Paper } from '../corpus/paper.ts'
import type { Hit } from '../search/port.ts'
import type { AnalyzedPaper, AnalyzedSentence } from './analyzed-paper.ts'
import { cues } from './discourse-cues.ts'
import { passageWeights } from './passage-weights.ts'
import { pairsOf, type Question, shareOf } from './question.ts'
import { shows } from './question-cues.ts'
import { type TermCoverage, termCoverageOf, termMatchingOf, widened } from './term-matching.ts'

/** A paper that may hold the answer. */
export interface Source {
  readonly outline: AnalyzedPaper
  /** 0 for the paper that search put first. */
  readonly rank: number
  /** Search's score as a share of the first paper's. */
  readonly standing: number
}

export interface RankedPassage {
  readonly outline: AnalyzedPaper
  readonly sentence: AnalyzedSentence
  /** Comparable within one question. */
  readonly score: number
}

/** Papers whose sentences are weighed: the answer stands in one of the first three, or nowhere that search sees. */
const mostSources = 3

/** The first hits as sources. A hit that was named by its title or address scores beyond measure. */
export function sourcesOf(hits: readonly Hit[], read: (paper: Paper) => AnalyzedPaper): Source[] {
  const top = Math.max(Number.EPSILON, hits[0]?.score ?? 0)
  return hits
    .filter(({ paper }) => paper.abstract !== '')
    .slice(0, mostSources)
    .map(({ paper, score }, rank) => ({ outline: read(paper), rank, standing: score / top }))
}

/** What tells the sentence that answers; named figures, most of them between 0 and 1. */
export type Features = Readonly<Record<string, number>>

/** The sentences of the sources, best first. */
export function rankPassages(question: Question, sources: readonly Source[]): RankedPassage[] {
  return passageFeatures(question, sources)
    .map(({ outline, sentence, figures }) => ({ outline, sentence, score: scoreOf(figures) }))
    .sort((a, b) => b.score - a.score)
}

const scoreOf = (figures: Features): number =>
  Object.entries(passageWeights).reduce((sum, [name, weight]) => sum + weight * (figures[name] ?? 0), 0)

export interface Candidate {
  readonly outline: AnalyzedPaper
  readonly sentence: AnalyzedSentence
  readonly figures: Features
}

/** The figures of every sentence of the sources, source by source. */
export function passageFeatures(question: Question, sources: readonly Source[]): Candidate[] {
  const lead = 1 - (sources[1]?.standing ?? 0)
  return sources.flatMap(source => {
    const { outline, rank, standing } = source
    const fits = fitsOf(question, outline)
    return outline.sentences.map((sentence, i) => ({
      outline,
      sentence,
      figures: {
        first: flag(rank === 0),
        second: flag(rank === 1),
        lead: rank === 0 ? lead : 0,
        standing,
        ...fits[i],
        ...placeFigures(sentence, outline),
        ...cueFigures(question, sentence.text),
      },
    }))
  })
}

const flag = (holds: boolean): number => (holds ? 1 : 0)

/** How much of the question each sentence of a paper holds. */
function fitsOf(question: Question, outline: AnalyzedPaper): Features[] {
  const { sentences, title, words } = outline
  const kinship = termMatchingOf(
    question.terms.map(({ term }) => term),
    words,
  )
  const held = sentences.map(({ terms }) => termCoverageOf(terms.keys(), kinship))
  const wide = sentences.map(({ terms }, i) => widened(held[i] ?? nothing, terms, question.alternatives))
  const cover = held.map(one => shareOf(question.terms, one))
  const coverWide = wide.map(one => shareOf(question.terms, one))
  const telling = tellingTerms(question, held)
  const tellingWide = tellingTerms(question, wide)
  const inTitle = widened(termCoverageOf(title, kinship), title, question.alternatives)
  const rest = question.terms.filter(({ term, extra }) => !extra && !inTitle.has(term))
  return sentences.map((sentence, i) => {
    const own = held[i] ?? nothing
    const ownWide = wide[i] ?? nothing
    const before = cover[i - 1] ?? 0
    const onFocus = question.focus.filter(term => own.has(term)).length
    const onFocusWide = question.focus.filter(term => ownWide.has(term)).length
    return {
      cover: cover[i] ?? 0,
      wider: (coverWide[i] ?? 0) - (cover[i] ?? 0),
      telling: shareOf(telling, own),
      tellingWide: shareOf(tellingWide, ownWide),
      rest: shareOf(rest, own),
      restWider: shareOf(rest, ownWide) - shareOf(rest, own),
      before,
      beforeWider: (coverWide[i - 1] ?? 0) - before,
      after: cover[i + 1] ?? 0,
      solves: before * flag(cues.responds.test(sentence.text)),
      pairs: pairShare(question, sentence),
      focus: onFocus / Math.max(1, question.focus.length),
      focusWider: (onFocusWide - onFocus) / Math.max(1, question.focus.length),
    }
  })
}

const nothing: TermCoverage = new Map()

/** The question's terms that this abstract holds, those of few sentences heavier: they tell its sentences apart. */
function tellingTerms({ terms }: Question, held: readonly TermCoverage[]): Question['terms'] {
  return terms.flatMap(one => {
    const sentences = held.filter(holding => holding.has(one.term)).length
    if (sentences === 0) return []
    const rarity = Math.log(1 + (held.length + 0.5) / (sentences + 0.5))
    return [{ ...one, extra: false, mass: one.mass * rarity }]
  })
}

function pairShare({ pairs }: Question, { tokens }: AnalyzedSentence): number {
  if (pairs.size === 0) return 0
  return Math.min(1, pairsOf(tokens).filter(pair => pairs.has(pair)).length / pairs.size)
}

function placeFigures({ index }: AnalyzedSentence, { sentences }: AnalyzedPaper): Features {
  const last = sentences.length - 1
  return { opens: flag(index === 0), ends: flag(index === last), position: index / Math.max(1, last) }
}

function cueFigures({ wants, isClaim }: Question, text: string): Features {
  const finds = cues.finds.test(text)
  return {
    finds: flag(finds),
    proposes: flag(cues.proposes.test(text)),
    contrasts: flag(cues.contrasts.test(text)),
    conclusion: flag(/^(?:conclusions?|interpretation|results|findings)\b/iu.test(text)),
    claimFinds: flag(isClaim && finds),
    claimGains: flag(isClaim && cues.gains.test(text)),
    yesFinds: flag(wants.yesNo && finds),
    yesNot: flag(wants.yesNo && shows.denial.test(text)),
    number: flag(wants.number && shows.number.test(text)),
    reason: flag(wants.reason && shows.reason.test(text)),
    trouble: flag(wants.trouble && shows.trouble.test(text)),
    trial: flag(wants.trial && cues.experiments.test(text)),
    gain: flag(wants.gain && cues.gains.test(text)),
    definition: flag(wants.definition && (shows.definition.test(text) || cues.proposes.test(text))),
    means: flag(
      wants.means && (cues.proposes.test(text) || cues.responds.test(text) || cues.byDoing.test(text)),
    ),
  }
}
