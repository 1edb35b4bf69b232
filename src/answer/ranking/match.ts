import { type Token, tokenize } from '../../search/analysis/analyze.ts'
import type { AnalyzedPaper } from '../analyzed-paper.ts'
import { definedIn } from '../question/defined.ts'
import { genericWords } from '../question/plain-words.ts'
import type { Question } from '../question.ts'
import { type TermCoverage, termCoverageOf, termMatchingOf, widened } from '../term-matching.ts'
import { isOnlyAddress } from './address.ts'
import { type Discourse, discourseOf } from './discourse.ts'
import { type Nearness, nearnessOf } from './nearness.ts'

type Weights = ReadonlyMap<string, number>

/** A question matched against the sentences of one paper. Arrays have one entry per sentence; shares are 0 to 1. */
export interface Match {
  readonly question: Question
  readonly paper: AnalyzedPaper
  readonly discourse: Discourse
  readonly idf: Weights
  /** How well each term of the question is matched: 1 for the word itself, less for a related form of it. */
  readonly held: readonly TermCoverage[]
  /** The same, synonyms included. */
  readonly wide: readonly TermCoverage[]
  /** Terms that are not in the title: what is asked about the paper's subject. */
  readonly rest: readonly string[]
  /** The terms of `rest` that are not generic. */
  readonly specific: readonly string[]
  /** The share of the question's idf that each sentence covers. */
  readonly cover: readonly number[]
  readonly restCover: readonly number[]
  /** The same with each term weighted by how few sentences of this abstract contain it. */
  readonly tell: readonly number[]
  readonly restTell: readonly number[]
  readonly target: Target
  /** Undefined without an embedder. */
  readonly near: Nearness | undefined
}

/** What is to be defined. */
export interface Target {
  readonly terms: readonly string[]
  /** How much of it each sentence names, 0 to 1. */
  readonly full: readonly number[]
  /** The first sentence that names most of it; -1 if none does. */
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
  const specific = rest.filter(term => !generic.has(term))
  const telling = tellingTerms(idf, held)
  const restTelling = new Map([...telling].filter(([term]) => specific.includes(term)))
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
    specific,
    cover: shares(idf),
    restCover: shares(restIdf),
    tell: shares(telling),
    restTell: shares(restTelling),
    target: targetOf(question, paper, discourse, held),
    near: nearnessOf(question, paper),
  }
}

const nothing: TermCoverage = new Map()

/** The matched share of the terms' total weight. */
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

/** Two words of a name that are not adjacent are a slightly weaker match. */
const apart = 0.9

/** A partial match, or a match inside a longer hyphenated name, counts for half. */
const within = 0.5

function targetOf(
  question: Question,
  paper: AnalyzedPaper,
  { cues, texts }: Discourse,
  held: readonly TermCoverage[],
): Target {
  const terms = targetTerms(question)
  const exact = new Set(terms.filter(term => paper.spread.has(term)))
  const only = texts.map(isOnlyAddress)
  let full = paper.sentences.map(({ terms: own }, i) => {
    if (only[i]) return 0
    const met = terms.filter(term => own.has(term) || (!exact.has(term) && held[i]?.has(term)))
    return met.length / Math.max(1, terms.length)
  })
  const together = paper.sentences.map(one =>
    areAdjacent(
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

/** Hyphenated compounds as whole chains: "mkp 2", but not the "mkp 2" in "mkp-2-s". */
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

function areAdjacent(wanted: readonly string[], terms: readonly string[]): boolean {
  for (let at = 0; at + wanted.length <= terms.length; at++)
    if (wanted.every((term, i) => terms[at + i] === term)) return true
  return false
}

/** Whether the target is a hyphenated compound that never occurs as one in the abstract. */
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
