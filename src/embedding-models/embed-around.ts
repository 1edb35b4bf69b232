import { EmbedderError } from './embedder-error.ts'
import type { ModelEmbedder } from './port.ts'

/** How often a text is given that a model fails on, which embeds others meanwhile. */
const mostTries = 5

/**
 * Embeds texts. Where the model fails on some and embeds another meanwhile, it is they that it cannot read: the one is
 * found and left out, or all the others would wait for it for good.
 * @returns undefined for a text that was left out
 * @throws EmbedderError where the model embeds nothing at the moment
 */
export async function embedAround(
  model: ModelEmbedder,
  texts: readonly string[],
  signal: AbortSignal,
  tries: number = mostTries,
): Promise<(Float32Array | undefined)[]> {
  try {
    return await model.embed(texts, signal)
  } catch (error) {
    const mayBeTheirs = error instanceof EmbedderError && error.problem !== 'busy' && !signal.aborted
    if (!mayBeTheirs || !(await embedsOthers(model, signal))) throw error
  }
  const half = Math.ceil(texts.length / 2)
  if (texts.length > 1)
    return [
      ...(await embedAround(model, texts.slice(0, half), signal)),
      ...(await embedAround(model, texts.slice(half), signal)),
    ]
  return tries > 1 ? embedAround(model, texts, signal, tries - 1) : [undefined]
}

const embedsOthers = (model: ModelEmbedder, signal: AbortSignal): Promise<boolean> =>
  model.embed(['How do robots learn to grasp things?'], signal).then(
    () => true,
    () => false,
  )
