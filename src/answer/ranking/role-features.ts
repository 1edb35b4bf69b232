import type { Kinds } from '../question/kinds.ts'
import type { FeatureValues } from './linear.ts'
import type { Match } from './match.ts'
import { hasMeaning, nearnessToPhrases } from './nearness.ts'

/** What authors write where they tell of trouble, of results, of their own proposal: sentences of these roles come near. */
const troubles: readonly string[] = [
  'however, existing methods suffer from problems: they are limited, costly and fail',
  'little is known and it remains unclear why; this is a challenge',
  'the reason is that it causes harm, error and bias',
]
const findings: readonly string[] = [
  'experiments show that it significantly outperforms the baselines',
  'we found that it increased and was associated with higher levels',
  'results indicate an improvement of 20 percent in accuracy',
]
const proposals: readonly string[] = ['in this paper we propose and present a novel approach']

const asksReason = ({ why, trouble }: Kinds): boolean => why || trouble
const asksFinding = ({ gain, yesno, howgood, finds, number }: Kinds): boolean =>
  gain || yesno || howgood || finds || number

/** How near in meaning each sentence comes to the role that is asked for (`role`), where words match by meaning. */
export function roleFeatures({ question, paper }: Match): FeatureValues[] {
  if (!hasMeaning(question)) return []
  const near = (asked: boolean, phrases: readonly string[]): number[] =>
    asked ? nearnessToPhrases(question, paper, phrases) : []
  const reason = asksReason(question.kinds)
  const trouble = near(reason, troubles)
  const proposal = near(reason, proposals)
  const finding = near(asksFinding(question.kinds), findings)
  return paper.sentences.map((_, i) => ({
    'role.trouble': trouble[i] ?? 0,
    'role.proposal': proposal[i] ?? 0,
    'role.finding': finding[i] ?? 0,
  }))
}
