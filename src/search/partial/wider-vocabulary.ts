import { StringTable } from '../index/string-table.ts'
import { type Strings, Vocabulary, type VocabularyArrays } from '../index/vocabulary.ts'

/** A collection's vocabulary, and terms beyond it that some papers at hand hold, numbered after its own. */
export class WiderVocabulary extends Vocabulary {
  override readonly terms: Strings
  readonly #more: ReadonlyMap<string, number>
  readonly #known: number

  /** @param more no term twice, and none that the vocabulary has */
  constructor(arrays: VocabularyArrays, more: readonly string[]) {
    super(arrays)
    const own = new StringTable(arrays.terms)
    const known = own.size
    const added = new Map(more.map((term, i) => [term, known + i]))
    this.#known = this.words.size
    this.#more = added
    this.terms = {
      size: known + more.length,
      at: id => (id < known ? own.at(id) : (more[id - known] ?? '')),
      idOf: text => own.idOf(text) ?? added.get(text),
    }
  }

  override termId(term: string): number | undefined {
    return this.terms.idOf(term)
  }

  /** A word that is a term beyond the vocabulary has a number that no count belongs to. */
  override wordId(word: string): number | undefined {
    return this.words.idOf(word) ?? (this.#more.has(word) ? this.#known : undefined)
  }
}
