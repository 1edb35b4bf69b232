/**
 * A model that embeds texts, in a worker or over the network. What it gives is checked where it comes in: vectors are
 * finite, of unit length (or zeros) and of one number of values.
 */
export interface ModelEmbedder {
  /** Which model it is: vectors of another name are never mixed with its own. */
  readonly name: string
  /** So many texts are best given at once. */
  readonly batch: number
  /**
   * One vector a text, in their order.
   * @throws EmbedderError in time, whatever the model does
   */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>
  close(): Promise<void>
}
