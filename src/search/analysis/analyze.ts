import { digraphSpelling } from './letters.ts'
import { normal } from './normalize.ts'
import { stem } from './stem.ts'
import { isAcronym, isShouted, stopWords } from './stop-words.ts'
import { scan } from './tokenizer.ts'

/** One word of a text, analysed. */
export interface Token {
  /** Normal form: lower case, NFKC, no accents; an acronym that spells like a stop word keeps its capitals. Never empty. */
  readonly word: string
  /** The indexed form: the stem. */
  readonly term: string
  /** Half-open UTF-16 offsets into the text. */
  readonly start: number
  readonly end: number
  /** Without meaning for a subject; counts only in phrases. */
  readonly stop: boolean
  /** Joined to the next token by a hyphen or similar. */
  readonly joined: boolean
  /** An alternative plain spelling that people type for it: `moeller` for `Møller`. */
  readonly alias?: string | undefined
}

const token = (word: string, start: number, end: number, joined: boolean): Token => ({
  word,
  term: stem(word),
  start,
  end,
  stop: stopWords.has(word),
  joined,
})

/** The words of a text, stop words included. Queries, titles and abstracts all pass through here. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const shouted = isShouted(text)
  for (const { text: surface, start, end, joined } of scan(text)) {
    const word = !shouted && isAcronym(surface) ? surface : normal(surface)
    const alias = digraphSpelling(surface)
    if (word !== '')
      tokens.push({ ...token(word, start, end, joined), ...(alias === undefined ? {} : { alias }) })
  }
  return tokens
}

/**
 * Further spellings indexed beside the words themselves. A hyphenated compound as one word: `key-value` gives
 * `keyvalue`; a chain of three gives the whole, and its adjacent pairs without stop words. And the alternative
 * spelling of words with `ö` and similar letters.
 */
export function compounds(tokens: readonly Token[]): Token[] {
  const found: Token[] = []
  let first = 0
  tokens.forEach((current, i) => {
    const next = tokens[i + 1]
    if (current.joined && next !== undefined) return
    if (i > first) found.push(...joinedWords(tokens.slice(first, i + 1)))
    first = i + 1
  })
  for (const { alias, start, end } of tokens)
    if (alias !== undefined) found.push(token(alias, start, end, false))
  return found
}

function joinedWords(chain: readonly Token[]): Token[] {
  const whole = join(chain)
  if (chain.length === 2) return [whole]
  const pairs = chain.slice(1).flatMap((right, i) => {
    const left = chain[i]
    return left === undefined || left.stop || right.stop ? [] : [join([left, right])]
  })
  return chain.length > 4 ? pairs : [whole, ...pairs]
}

function join(chain: readonly Token[]): Token {
  const word = chain.map(part => part.word).join('')
  return token(word, chain[0]?.start ?? 0, chain.at(-1)?.end ?? 0, false)
}

/** The content terms of a text in order, repetitions included; compounds come last. */
export function analyze(text: string): string[] {
  const tokens = tokenize(text)
  return [...tokens, ...compounds(tokens)].filter(({ stop }) => !stop).map(({ term }) => term)
}
