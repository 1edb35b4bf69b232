import { normal } from './normalize.ts'

/** A short form in brackets and the long form before it, as they are written in the text. */
export interface Definition {
  readonly short: string
  readonly long: string
}

const inBrackets = /\(\s*([\p{L}\p{N}][\p{L}\p{N}./&+^-]{1,11})\s*[),;:]/gu
const hasLetter = /\p{L}/u
const hasCapital = /\p{Lu}/u
const wordStart = /(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu

/**
 * The abbreviations that a text defines, as in "key-value (KV) caching": Schwartz and Hearst, "A simple algorithm for
 * identifying abbreviation definitions in biomedical text" (2003). Every letter of the short form occurs in order in
 * the long form, the first one at the beginning of a word.
 */
export function definitionsIn(text: string): Definition[] {
  const found: Definition[] = []
  if (!text.includes('(')) return found
  for (const match of text.matchAll(inBrackets)) {
    const short = match[1] ?? ''
    const before = text.slice(Math.max(0, match.index - 120), match.index).trimEnd()
    if (!hasLetter.test(short) || !hasCapital.test(short)) continue
    const long = longForm(singular(short), window(before, short.length))
    if (long !== undefined && normal(long) !== normal(short)) found.push({ short: singular(short), long })
  }
  return found
}

/** `LLMs` abbreviates what `LLM` does. */
function singular(short: string): string {
  return /^\P{Ll}{2,}s$/u.test(short) ? short.slice(0, -1) : short
}

/**
 * Candidate words of the long form: at most twice as many as letters, or five more (Schwartz and Hearst), in one
 * sentence.
 */
function window(before: string, letters: number): string {
  const sentence = before.slice(
    Math.max(...['. ', '? ', '! ', '; ', '('].map(end => before.lastIndexOf(end))) + 1,
  )
  const starts = [...sentence.matchAll(wordStart)].map(({ index }) => index)
  return sentence.slice(starts.at(-Math.min(letters + 5, letters * 2)) ?? 0).trimStart()
}

/** Compares both strings from the end: the shortest run of words that spells the short form. */
function longForm(short: string, words: string): string | undefined {
  const letters = [...short.toLowerCase()].filter(char => /[\p{L}\p{N}]/u.test(char))
  const text = words.toLowerCase()
  let at = text.length
  for (let i = letters.length - 1; i >= 0; i--) {
    const letter = letters[i] ?? ''
    do at--
    while (at >= 0 && (text[at] !== letter || (i === 0 && /[\p{L}\p{N}]/u.test(text[at - 1] ?? ''))))
    if (at < 0) return undefined
  }
  const long = words.slice(at)
  return long.length > short.length && letters.length >= 2 ? long : undefined
}
