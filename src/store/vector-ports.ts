/** A text's vector as bytes, by the hash of the text. */
export interface StoredVector {
  readonly hash: string
  readonly bytes: Uint8Array
}

/**
 * Vectors that a model computed, kept because computing them takes long. They hold nothing that anybody wrote but the
 * corpus's authors, belong to no member, and are in no backup.
 */
export interface Vectors {
  /**
   * Those of the hashes that are there, by hash.
   * @param model which model's: vectors of another are never given
   * @param day today, such as 2026-11-23 (UTC): what is not asked for is forgotten some day
   */
  get(model: string, hashes: readonly string[], day: string): Promise<Map<string, Uint8Array>>
  /** Keeps them; a hash that is there already gets the new bytes. */
  put(model: string, vectors: readonly StoredVector[], day: string): Promise<void>
  /** Forgets those that were last asked for before that day. @returns how many */
  forget(before: string): Promise<number>
}
