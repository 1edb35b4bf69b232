import { type Token, tokenize } from '../../search/analysis/analyze.ts'
import type { AnalyzedPaper } from '../analyzed-paper.ts'
import { definedIn } from '../question/defined.ts'
import { genericWords } from '../question/plain-words.ts'
import type { Question } from '../question.ts'
import { type TermCoverage, termCoverageOf, termMatchingOf, widened } from '../term-matching.ts'
import { tellsOnlyAddress } from './address.ts'
import { type Discourse, discourseOf } from './discourse.ts'
import { type Nearness, nearnessOf } from './nearness.ts'

type Weights = ReadonlyMap<string, number>

/** A question laid beside the sentences of one paper. Arrays go by sentence; shares are 0 to 1. */
export interface Match {
  readonly question: Question
  readonly paper: AnalyzedPaper
  readonly discourse: Discourse
  readonly idf: Weights
  /** How far each term of the question is held: 1 itself, less by a word of its family. */
  readonly held: readonly TermCoverage[]
  /** The same with what the sentence says in other words. */
  readonly wide: readonly TermCoverage[]
  /** Terms that the title lacks: what is asked about the subject. */
  readonly rest: readonly string[]
  /** Those of them that name something. */
  readonly told: readonly string[]
  /** The share of the question's idf that each sentence holds. */
  readonly cover: readonly number[]
  readonly restCover: readonly number[]
  /** The same with each term weighted by how few sentences of this abstract hold it. */
  readonly tell: readonly number[]
  readonly restTell: readonly number[]
  readonly target: Target
  /** Undefined where words are not matched by meaning. */
  readonly near: Nearness | undefined
}

/** What is to be defined. */
export interface Target {
  readonly terms: readonly string[]
  /** How much of it each sentence names, 0 to 1. */
  readonly full: readonly number[]
  /** The first sentence that names most of it; -1 when none does. */
  readonly first: number
}

export function matchOf(question: Question, paper: AnalyzedPaper): Match {
  const discourse = discourseOf(paper)
  const idf = new Map(question.terms.filter(({ extra }) => !extra).map(one => [one.term, one.idf]))
  const matching = termMatchingOf([...idf.keys()], paper.words)
  const held = paper.sentences.map(({ terms }) => termCoverageOf(terms.keys(), matching))
  const wide = paper.sentences.map(({ terms }, i) =>
    widened(held[i] ?? nothing, terms, question.alternatives),
  )
  const generic = new Set(
    question.tokens.filter(({ word }) => genericWords.has(word)).map(({ term }) => term),
  )
  const rest = [...idf.keys()].filter(term => !paper.title.has(term))
  const told = rest.filter(term => !generic.has(term))
  const telling = tellingTerms(idf, held)
  const restTelling = new Map([...telling].filter(([term]) => told.includes(term)))
  const restIdf = new Map(rest.map(term => [term, idf.get(term) ?? 0]))
  const shares = (weights: Weights) => held.map(one => share(weights, one))
  return {
    question,
    paper,
    discourse,
    idf,
    held,
    wide,
    rest,
    told,
    cover: shares(idf),
    restCover: shares(restIdf),
    tell: shares(telling),
    restTell: shares(restTelling),
    target: targetOf(question, paper, discourse, held),
    near: nearnessOf(question, paper),
  }
}

const nothing: TermCoverage = new Map()

/** The share of a weighted sum of terms that is held. */
export function share(weights: Weights, held: TermCoverage): number {
  let sum = 0
  let all = Number.EPSILON
  for (const [term, weight] of weights) {
    sum += weight * (held.get(term) ?? 0)
    all += weight
  }
  return sum / all
}

function tellingTerms(idf: Weights, held: readonly TermCoverage[]): Weights {
  const telling = new Map<string, number>()
  for (const [term, weight] of idf) {
    const spread = held.filter(one => one.has(term)).length
    if (spread > 0) telling.set(term, weight * Math.log(1 + (held.length + 0.5) / (spread + 0.5)))
  }
  return telling
}

/** Two words that do not stand together name the thing a little less. */
const apart = 0.9

/** A name that is met only in part or within a longer one is hardly met. */
const within = 0.5

function targetOf(
  question: Question,
  paper: AnalyzedPaper,
  { cues, texts }: Discourse,
  held: readonly TermCoverage[],
): Target {
  const terms = targetTerms(question)
  const exact = new Set(terms.filter(term => paper.spread.has(term)))
  const only = texts.map(tellsOnlyAddress)
  let full = paper.sentences.map(({ terms: own }, i) => {
    if (only[i]) return 0
    const met = terms.filter(term => own.has(term) || (!exact.has(term) && held[i]?.has(term)))
    return met.length / Math.max(1, terms.length)
  })
  const together = paper.sentences.map(one =>
    standTogether(
      terms,
      one.tokens.map(({ term }) => term),
    ),
  )
  if (terms.length === 2) {
    const good = together.map((stands, i) => stands && !cues[i]?.url)
    if (good.includes(true)) full = full.map((one, i) => (good[i] ? one : one * apart))
  }
  const chains = chainsOf(tokenize(question.kinds.define ? definedIn(question.text) : question.text))
  const whole = paper.sentences.map(one => {
    const own = new Set(chainsOf(one.tokens))
    return chains.every(chain => own.has(chain))
  })
  if (chains.length > 0 && whole.includes(true)) full = full.map((one, i) => (whole[i] ? one : one * within))
  if (question.kinds.define && missesCompound(question, paper, terms)) {
    const whole = terms.length >= 2 && terms.length <= 5 && together.includes(true)
    if (!whole) full = full.map(() => 0)
  }
  const best = Math.max(0, ...full)
  return { terms, full, first: best > 0 ? full.findIndex(one => one >= best - 1e-9) : -1 }
}

function targetTerms({ kinds, text, tokens }: Question): string[] {
  const naming = (all: readonly Token[]): string[] => [
    ...new Set(all.filter(({ stop, word }) => !stop && !genericWords.has(word)).map(({ term }) => term)),
  ]
  const defined = kinds.define ? naming(tokenize(definedIn(text))) : []
  return defined.length > 0 ? defined : naming(tokens)
}

/** What hyphens join, as whole chains: "mkp 2", not the "mkp 2" of "mkp-2-s". */
function chainsOf(tokens: readonly Token[]): string[] {
  const found: string[] = []
  let first = 0
  tokens.forEach((token, i) => {
    if (token.joined && i + 1 < tokens.length) return
    if (i > first)
      found.push(
        tokens
          .slice(first, i + 1)
          .map(({ term }) => term)
          .join(' '),
      )
    first = i + 1
  })
  return found
}

function standTogether(wanted: readonly string[], terms: readonly string[]): boolean {
  for (let at = 0; at + wanted.length <= terms.length; at++)
    if (wanted.every((term, i) => terms[at + i] === term)) return true
  return false
}

/** Whether the target is joined by hyphens and the abstract never joins its words so. */
function missesCompound(
  { tokens }: Question,
  { sentences }: AnalyzedPaper,
  target: readonly string[],
): boolean {
  const pairsIn = (all: Question['tokens']) =>
    all.flatMap((token, i) => (token.joined && all[i + 1] ? [`${token.term} ${all[i + 1]?.term}`] : []))
  const asked = new Set(pairsIn(tokens).filter(pair => target.includes(pair.split(' ')[0] ?? '')))
  return asked.size > 0 && !sentences.some(one => pairsIn(one.tokens).some(pair => asked.has(pair)))
}
