import type { Kinds } from '../question/kinds.ts'
import type { FeatureValues } from './linear.ts'
import type { Match } from './match.ts'

/**
 * The sentence's position (`pos`), also relative to the first sentence about the authors' own work, and its position
 * by kind of question (`place`).
 */
export function placeFeatures(
  { paper, question, discourse: { main, turn } }: Match,
  i: number,
): FeatureValues {
  const last = paper.sentences.length - 1
  const position = i / Math.max(1, last)
  return {
    'pos.opens': i === 0,
    'pos.second': i === 1,
    'pos.ends': i === last,
    'pos.position': position,
    'pos.pre': i < turn,
    'pos.turn': i === turn,
    'pos.main': i === main,
    'pos.post1': i === main + 1,
    'pos.post': i > main,
    'pos.late': i >= last - 2 && i > main,
    ...Object.fromEntries(
      groupsOf(question.kinds).flatMap(group => [
        [`place.${group}.position`, position],
        [`place.${group}.opens`, i === 0],
        [`place.${group}.ends`, i === last],
      ]),
    ),
  }
}

/** Kinds of question whose answers have similar positions; digests and definitions have features of their own. */
const groups = {
  how: ['how'],
  reason: ['why', 'trouble'],
  verdict: ['yesno', 'gain', 'howgood', 'finds', 'number'],
  list: ['which', 'who', 'trial'],
  limits: ['limits'],
} as const satisfies Record<string, readonly (keyof Kinds)[]>

function groupsOf(kinds: Kinds): string[] {
  if (kinds.claim) return []
  const found = Object.entries(groups).flatMap(([group, own]) =>
    own.some(kind => kinds[kind]) ? [group] : [],
  )
  return found.length > 0 || kinds.digest || kinds.define ? found : ['rest']
}
