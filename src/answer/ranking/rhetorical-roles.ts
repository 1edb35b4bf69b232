import type { Token } from '../../search/analysis/analyze.ts'
import type { AnalyzedPaper } from '../analyzed-paper.ts'
import { oncePer } from '../once-per.ts'
import { forwardBackward, type MarkovChain } from './hidden-markov.ts'
import stored from './rhetorical-roles.json' with { type: 'json' }

/** What the sentences of an abstract do, in the order in which most abstracts do it. */
export const rhetoricalRoles = ['background', 'problem', 'aim', 'method', 'detail', 'result'] as const

/** How much more likely each phrase is in sentences of each role than in others: logarithms, in hundredths. */
export interface RoleModel extends MarkovChain {
  readonly phrases: string
  readonly evidence: readonly (readonly number[])[]
}

/** Phrases of one sentence depend on each other: each counts for half. */
const eachCounts = 0.5
const hundredths = 100

/**
 * The words of a sentence and the pairs of adjacent ones, each once; those it begins with also marked `^`, any number
 * written `#`.
 */
export function phrasesIn(tokens: readonly Token[]): Set<string> {
  const words = tokens.map(({ word }) => (/^\d/u.test(word) ? '#' : word))
  const found = new Set(words)
  words.forEach((word, i) => {
    if (i > 0) found.add(`${words[i - 1]} ${word}`)
  })
  if (words.length > 0) found.add(`^${words[0]}`)
  if (words.length > 1) found.add(`^${words[0]} ${words[1]}`)
  return found
}

/** The likelihood of each role given the phrases, by position in the model; the greatest is 1. */
export function likelihoodsOf(
  evidence: readonly (readonly number[])[],
  phrases: readonly number[],
): number[] {
  const logs = evidence.map(
    own => (phrases.reduce((sum, at) => sum + (own[at] ?? 0), 0) / hundredths) * eachCounts,
  )
  const most = Math.max(...logs)
  return logs.map(log => Math.exp(log - most))
}

const model: RoleModel = stored
const positions = new Map(model.phrases.split('|').map((phrase, at) => [phrase, at]))

/**
 * For each sentence of an abstract the probability of each of `rhetoricalRoles`, by its phrases and by the sentences
 * around it. The model knows no labels: it was fitted to abstracts alone (test/quality/fit-roles.ts).
 */
export const rhetoricalRolesOf = oncePer(({ sentences }: AnalyzedPaper): readonly (readonly number[])[] => {
  const likelihoods = sentences.map(({ tokens }) =>
    likelihoodsOf(
      model.evidence,
      [...phrasesIn(tokens)].flatMap(phrase => positions.get(phrase) ?? []),
    ),
  )
  return forwardBackward(model, likelihoods).share
})
