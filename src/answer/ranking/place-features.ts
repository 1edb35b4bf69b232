import type { Kinds } from '../question/kinds.ts'
import type { Told } from './linear.ts'
import type { Match } from './match.ts'

/** Where the sentence stands, and on which side of the abstract's turn (`pos`), and that by what is asked (`place`). */
export function placeFeatures({ paper, question, discourse: { main, turn } }: Match, i: number): Told {
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

/** Kinds whose answers stand in like places; digests and definitions are told by other features. */
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
