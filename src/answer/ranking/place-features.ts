import type { Told } from './linear.ts'
import type { Match } from './match.ts'

/** Where the sentence stands, and on which side of the abstract's turn (`pos`). */
export function placeFeatures({ paper, discourse: { main, turn } }: Match, i: number): Told {
  const last = paper.sentences.length - 1
  return {
    'pos.opens': i === 0,
    'pos.second': i === 1,
    'pos.ends': i === last,
    'pos.position': i / Math.max(1, last),
    'pos.pre': i < turn,
    'pos.turn': i === turn,
    'pos.main': i === main,
    'pos.post1': i === main + 1,
    'pos.post': i > main,
    'pos.late': i >= last - 2 && i > main,
  }
}
