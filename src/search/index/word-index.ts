import { normal } from '../analysis/normalize.ts'
import { stopWords } from '../analysis/stop-words.ts'
import { scan } from '../analysis/tokenizer.ts'

/** Papers by their words as people type them, unstemmed, for autocomplete. Implementations rank alike. */
export interface WordIndex {
  /** Positions of papers that define this abbreviation themselves. */
  namedBy(name: string): number[]
  /**
   * Positions of papers that contain all the words, best first, equal ones in the collection's order. Each word is a
   * list of alternatives in normal form.
   */
  find(words: readonly (readonly string[])[], limit: number): number[]
}

/** What a word counts for in a title or among the names that a paper defines, beside one in its abstract. */
export const fieldBoost = 4

/** The words of a text, unstemmed, so that prefixes complete; hyphenated words are indexed as parts and as one word. */
export function typedWords(text: string): string[] {
  const words = scan(text).map(word => ({ ...word, text: normal(word.text) }))
  const joined = words.flatMap(({ text: left, joined }, i) =>
    joined ? [left + (words[i + 1]?.text ?? '')] : [],
  )
  return [...words.map(word => word.text), ...joined].filter(word => !stopWords.has(word))
}
