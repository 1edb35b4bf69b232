import type { Question } from '../question.ts'
import { definitionFeatures } from '../ranking/definition-features.ts'
import type { FeatureValues } from '../ranking/linear.ts'
import { matchOf } from '../ranking/match.ts'
import type { RankedSentence } from '../ranking/rank.ts'

const defining = ['def.isub', 'def.copula', 'def.appos', 'def.intro', 'def.called', 'def.brack'] as const

/** Sentences that name the thing; more of them say no more. */
const mostOften = 3

/** Whether what is to be defined is defined, or only spoken of: papers mention more than they introduce. */
export function definedFeatures(question: Question, { paper, sentence }: RankedSentence): FeatureValues {
  if (!question.kinds.define) return {}
  const match = matchOf(question, paper)
  const told = paper.sentences.map((_, i) => {
    const own = definitionFeatures(match, i)
    return defining.some(name => own[name])
  })
  const { terms, full } = match.target
  return {
    'defined.quoted': told[sentence.index] ?? false,
    'defined.never': !told.includes(true),
    'defined.untitled': !terms.some(term => paper.title.has(term)),
    'defined.often': Math.min(mostOften, full.filter(one => one >= 1).length) / mostOften,
  }
}
