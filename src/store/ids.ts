import { createHash, randomBytes } from 'node:crypto'

/** d: daily pick, f: follow, s: share, n: notice, c: claim, p: process, q: message about a paper of the queue, l: live source. */
type Kind = 'd' | 'f' | 's' | 'n' | 'c' | 'p' | 'q' | 'l'

/** 55 random bits after the kind's letter, in [a-z2-7]: 12 characters, fit for custom ids and nonces. */
export function newId(kind: Kind, bytes: (size: number) => Uint8Array = randomBytes): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  return kind + Array.from(bytes(11), byte => letters[byte & 31]).join('')
}

/** The same id for the same parts, in every process: what is done once must not be known by two ids. */
export function idOf(kind: Kind, ...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest()
  return newId(kind, size => digest.subarray(0, size))
}
