import type { Kinds } from '../question/kinds.ts'
import type { FeatureValues } from './linear.ts'
import type { Match } from './match.ts'
import { rhetoricalRoles, rhetoricalRolesOf } from './rhetorical-roles.ts'

/** The kinds of question whose answers play the same parts, the first that holds. */
const groups = {
  define: ['define'],
  how: ['how'],
  reason: ['why', 'trouble'],
  limits: ['limits'],
  digest: ['digest'],
  number: ['number'],
  verdict: ['yesno', 'gain', 'howgood', 'finds'],
  list: ['which', 'who', 'trial'],
} as const satisfies Record<string, readonly (keyof Kinds)[]>

const groupOf = (kinds: Kinds): string =>
  Object.entries(groups).find(([, own]) => own.some(kind => kinds[kind]))?.[0] ?? 'rest'

/**
 * The rhetorical role of each sentence, by what is asked (`zone`): a reason lies in the problem, a figure in the results.
 * None where several papers are asked, or for claims: they gain nothing by it.
 */
export function rhetoricalFeatures({ question: { kinds, ofSeveral }, paper }: Match): FeatureValues[] {
  if (ofSeveral || kinds.claim) return []
  const group = groupOf(kinds)
  return rhetoricalRolesOf(paper).map(shares =>
    Object.fromEntries(rhetoricalRoles.map((role, k) => [`zone.${group}.${role}`, shares[k] ?? 0])),
  )
}
