import { hash as digest } from 'node:crypto'
import type { Paper } from './paper.ts'
import { asciiOf, foldSpace } from './text.ts'

const longest = 40
const plainRef = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,39}$/

/**
 * An id for a paper whose source gives none: the title's first words and a hash of title and abstract, as in
 * `key-value-transformer-k2v9x0c4qd`. At most 40 characters of [a-z0-9-]. Equal content gives an equal id on every
 * machine, whatever its white space and Unicode composition. 50 bits of hash: a collision among 100,000 papers has a
 * probability below one in 200,000.
 */
export function paperId(title: string, abstract: string): string {
  const content = `${foldSpace(title)}\n${foldSpace(abstract)}`.normalize('NFC')
  const words = slug(title, /[^A-Za-z0-9]+/, longest - 11).toLowerCase()
  return `${words || 'paper'}-${hash(content, 10)}`
}

/**
 * The id of a paper that a file gives, for where other files' papers are too: a number may be that of a row, which is
 * another paper's in another table, and in this one once a row is put above it.
 */
export const idBeyondFile = ({ id, title, abstract }: Paper): string =>
  /^\d{1,6}$/.test(id) ? paperId(title, abstract) : id

/**
 * A short reference to an id, where only 40 characters of [A-Za-z0-9._-] fit, as in a component's custom id. A short
 * enough id is its own reference; any other gets `.`, its readable part and 60 bits of hash. Since an id that begins
 * with a full stop is always hashed, the two forms never collide.
 */
export function paperRef(id: string): string {
  if (plainRef.test(id)) return id
  return `.${slug(id, /[^A-Za-z0-9.]+/, longest - 14)}-${hash(id, 12)}`
}

/** Whole words as long as they fit in `channel`; the first is truncated when it alone is too long. */
function slug(text: string, between: RegExp, channel: number): string {
  const words = asciiOf(text.slice(0, 400)).split(between)
  let out = ''
  for (const word of words.filter(part => /[A-Za-z0-9]/.test(part))) {
    const next = out === '' ? word.slice(0, channel) : `${out}-${word}`
    if (next.length > channel) break
    out = next
  }
  return out
}

/** `length` digits of base 32, 5 bits each, of the SHA-256 of the text's UTF-8. */
export function hash(text: string, length: number): string {
  const digits = '0123456789abcdefghjkmnpqrstvwxyz'
  let out = ''
  for (const byte of digest('sha256', text, 'buffer').subarray(0, length)) out += digits[byte & 31]
  return out
}
