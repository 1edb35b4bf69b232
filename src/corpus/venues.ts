import type { Paper } from './paper.ts'
import { asciiOf } from './text.ts'

/** What changes from year to year, or says how a paper was presented, and not where. */
const passing =
  /\b(?:(?:19|20)\d\d|\d{1,3}(?:st|nd|rd|th)|proceedings of (?:the )?|proc|annual|oral|poster|spotlight|the)\b/gu
/** `(NeurIPS 2023)` after a conference's long name. */
const bracketed = /\(([^()]{1,100})\)/gu

const folded = (text: string): string =>
  asciiOf(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(passing, ' ')
    .replace(/ {1,20}/gu, ' ')
    .trim()

/**
 * What a venue's name is compared by: the name without years and numbers, and the short name in brackets.
 *
 * @example
 * venueKeys('Proceedings of the 37th Conference on Neural Information Processing Systems (NeurIPS 2023)')
 * // ['conference on neural information processing systems', 'neurips']
 */
export function venueKeys(name: string): string[] {
  const text = name.slice(0, longestVenue)
  const short = [...text.matchAll(bracketed)].map(([, inside = '']) => folded(inside))
  return [...new Set([folded(text.replaceAll(bracketed, ' ')), ...short])].filter(key => key !== '')
}

const longestVenue = 500

/** Whether a paper appeared there: by its venue, or by a category such as `cs.CL`. */
export function isInVenue(wanted: string): (paper: Pick<Paper, 'venue' | 'categories'>) => boolean {
  const keys = new Set(venueKeys(wanted))
  const category = wanted.trim().toLowerCase()
  // Venues repeat: a library of a hundred thousand papers has a few hundred of them.
  const known = new Map<string, boolean>()
  const isSame = (venue: string): boolean => {
    const told = known.get(venue) ?? venueKeys(venue).some(key => keys.has(key))
    if (known.size < mostKnown) known.set(venue, told)
    return told
  }
  return ({ venue, categories }) =>
    (venue !== undefined && isSame(venue)) || categories.some(one => one.toLowerCase() === category)
}

const mostKnown = 10_000
