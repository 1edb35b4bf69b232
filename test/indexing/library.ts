import type { Paper } from '../../src/corpus/paper.ts'
import { draw, randomOf } from '../fixtures/random.ts'

const subjects =
  'sparse dense causal neural robust latent graph value cache token memory policy reward'.split(' ')
const things =
  'attention retrieval models networks agents caches kernels transformers planners encoders'.split(' ')

/** Papers as many as a saved index is made for. */
export function library(count: number, seed = 1): Paper[] {
  const random = randomOf(seed)
  return Array.from({ length: count }, (_, i) => {
    const words = () => `${draw(random, subjects)} ${draw(random, subjects)} ${draw(random, things)}`
    return {
      id: `p${seed}-${i}`,
      title: `On ${words()} number ${i}`,
      abstract: `We study ${words()}. Our (LQ${i % 50}) ${words()} needs no ${words()}.`,
      authors: [`Ada ${draw(random, things)}`],
      categories: [],
      url: `https://example.org/papers/${seed}/${i}`,
    }
  })
}
