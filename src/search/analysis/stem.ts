import { stemmer } from 'stemmer'
import { american } from './normalize.ts'

const plainWord = /^[a-z]{3,40}$/

/**
 * The term under which a word in normal form is indexed and searched: its stem (Porter 1980) after American spelling.
 */
export function stem(word: string): string {
  if (!plainWord.test(word)) return word
  return stemmer(american(word))
}
