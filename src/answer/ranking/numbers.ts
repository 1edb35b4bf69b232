import type { Token } from '../../search/analysis/analyze.ts'

const ratio = /\d[\d.,]{0,20}\s?(?:%|percent|x\b|times\b|-?fold)/gu
const ratioWord = /\b(?:half|twice|double|triple)\b|\bfactor of\b/gu
const order = /\bO\s?\(/gu
const notCounted = /\(\s?(?:\d|[ivx]{1,5})\s?\)|\b(?:19|20)\d\d\b|https?:\/\/\S{1,300}|\bone\b/gu
const count =
  /(?<![\w.-])\d[\d,.]{0,20}(?:[KMB]\b|\b(?!-))|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|hundreds?|thousands?|millions?)\b/giu
const numberWords: ReadonlySet<string> = new Set(
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen dozens hundred hundreds thousand thousands million millions billion half'.split(
    ' ',
  ),
)
/** Most words between a number and the noun it counts. */
const reach = 4

/** How many whole numbers, ratios and orders of growth a text contains. */
export interface NumberKinds {
  readonly counts: number
  readonly ratios: number
  readonly orders: number
}

const uses = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

export function numberKinds(text: string): NumberKinds {
  return {
    counts: uses(text.replace(ratio, ' ').replace(notCounted, ' '), count),
    ratios: uses(text, ratio) + uses(text, ratioWord),
    orders: uses(text, order),
  }
}

/** Whether a number precedes one of the nouns by at most four words. */
export function numberBefore(tokens: readonly Token[], nouns: ReadonlySet<string>): boolean {
  let last = Number.NEGATIVE_INFINITY
  return tokens.some(({ word, term }, i) => {
    if (/^\d/u.test(word) || numberWords.has(word)) last = i
    return nouns.has(term) && i > last && i - last <= reach
  })
}
