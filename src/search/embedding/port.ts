/**
 * Texts by tokens into vectors whose dot product says how near in meaning two texts are.
 *
 * An implementation may answer at once (the static table) or later (a model in a worker, a service over the network);
 * whoever takes an `Embedder` awaits it, whoever must not wait takes a `SyncEmbedder`.
 */
export interface Embedder {
  /** Values a vector; the same for every text. */
  readonly dimensions: number
  /** So many texts are best given at once; undefined: few, since they keep everything else waiting. */
  readonly batch?: number | undefined
  /**
   * One unit vector a text, row after row: `texts.length * dimensions` values. A text of which nothing is known is a
   * row of zeros, whose cosine to everything is 0. A long text is cut; an empty list gives an empty array.
   *
   * @example
   * const [one] = [embedder.embed(['credit assignment', 'who gets the reward'])]
   * one.length // 2 * embedder.dimensions
   */
  embed(texts: readonly string[]): Float32Array | Promise<Float32Array>
}

/** An `Embedder` that answers at once, without a clock, a network or chance: equal texts give equal vectors. */
export interface SyncEmbedder extends Embedder {
  embed(texts: readonly string[]): Float32Array
  /**
   * A query's unit vector as papers are ranked by: turned so that searches in other words than a paper's come nearer to
   * it than to other papers. Its cosines order papers; they are no measure of likeness, as those of `embed` are.
   */
  embedQuery(query: string): Float32Array
  /** Whether a word in lower case is one of its vocabulary by itself: then it is a word, and no misspelling. */
  knows(word: string): boolean
  /**
   * How much a word says by itself, above 0 where anything is known of it: what is said of everything ("trick", "old")
   * lies below 2 in the table that ships, what names a subject ("autism", "braille") above.
   */
  weight(word: string): number
}
