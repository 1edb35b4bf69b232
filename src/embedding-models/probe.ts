import { dot } from '../search/embedding/unit-vector.ts'
import { EmbedderError } from './embedder-error.ts'
import type { ModelEmbedder } from './port.ts'

/** Two that say the same in other words, and one about something else. */
const texts = [
  'How do robots learn to grasp things?',
  'Manipulation policies for picking up objects.',
  'Annual rainfall in the north of Spain.',
]

/**
 * Looks whether a model embeds at all, and whether what means the same comes near each other: a model with another's
 * vocabulary, or one that embeds no texts, gives numbers too.
 *
 * @returns the number of values of its vectors
 * @throws EmbedderError `wrong` where the model is of no use; else what the model itself throws
 */
export async function probe(model: ModelEmbedder, signal: AbortSignal): Promise<number> {
  const [one, same, other] = await model.embed(texts, signal)
  if (one === undefined || same === undefined || other === undefined)
    throw new EmbedderError('wrong', 'it gives too few vectors')
  if (one.length !== same.length || one.length !== other.length)
    throw new EmbedderError('wrong', 'its vectors differ in length')
  if (dot(one, same) <= dot(one, other) || dot(one, one) < 0.5)
    throw new EmbedderError('wrong', 'its vectors do not tell meanings apart: is it a model of sentences?')
  return one.length
}
