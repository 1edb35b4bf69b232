import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import { authorKey, isAuthor } from '../corpus/same-author.ts'
import { tokenize } from '../search/analysis/analyze.ts'
import type { Dislike, Mute } from '../store/choice-ports.ts'
import type { Nearness, PreferenceSignal } from './preferences.ts'

/** How many papers that there is to be less like are compared with; those of most members come first. */
const mostCompared = 25

/** The more members say it the more it counts, but one alone counts too. */
export const dislikeSignals = (dislikes: readonly Dislike[]): PreferenceSignal[] =>
  dislikes
    .slice(0, mostCompared)
    .map(({ paperId, members }) => ({ paperId, weight: Math.log2(1 + members), open: true }))

/** How much is taken off a paper at most, in units of its fit. */
export const mostPenalty = 1
/** From here on a paper comes after those that are a step older, as if it were one of them. */
export const demotedFrom = 0.5
/** From here on a paper is left out, where that was asked for. */
export const leftOutFrom = 0.75

/** How much each paper is like what there is to be less of, 0..1. Papers that are unlike it are left out. */
export function penalties(
  dislikes: readonly PreferenceSignal[],
  near: (paperId: string) => Nearness,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { paperId, weight } of dislikes)
    for (const [other, nearness] of near(paperId)) sums.set(other, (sums.get(other) ?? 0) + weight * nearness)
  return new Map([...sums].map(([paperId, sum]) => [paperId, mostPenalty * Math.tanh(sum)]))
}

/** A word or several in a row, as they are compared; '' when nothing of it can be looked for. */
export function muteKey(kind: Mute['kind'], said: string): string {
  if (kind === 'author') return /[\p{L}\p{N}]/u.test(said) ? authorKey(said) : ''
  return tokenize(said).every(({ stop }) => stop) ? '' : termsOf(said)
}

const termsOf = (text: string): string =>
  tokenize(text)
    .map(({ term }) => term)
    .join(' ')

/**
 * Whether a paper is muted: a word stands in its title or abstract in any of its forms, several words in that order; or
 * an author is among its own.
 */
export function isMutedBy(mutes: readonly Mute[]): (paper: Paper) => boolean {
  const words = mutes.filter(({ kind }) => kind === 'word').map(({ key }) => ` ${key} `)
  const authors = mutes.filter(({ kind }) => kind === 'author').map(({ said }) => isAuthor(said))
  if (words.length + authors.length === 0) return () => false
  return ({ title, abstract, authors: theirs }) => {
    if (authors.some(isTheirs => theirs.some(isTheirs))) return true
    if (words.length === 0) return false
    const texts = [title, abstract].map(text => ` ${termsOf(readable(text))} `)
    return words.some(word => texts.some(text => text.includes(word)))
  }
}
