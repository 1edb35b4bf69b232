import { readable } from '../readable.ts'
import { asciiOf } from '../text.ts'

/** How two abstracts compare: of one text, of different texts, or neither surely. */
export type Likeness = 'near' | 'unsure' | 'different'

/** Words that both have, as a share of the shorter one's: one may be cut, or written anew for print. */
const near = { words: 8, share: 0.6 }
const different = { words: 5, share: 0.2 }
/** Texts in one language have some of its shortest words in common: a translation is no other paper. */
const language = { words: 4, share: 0.2 }

/** What feeds and services write where there is no abstract: where the paper appeared, or that there is none. */
const place = /^[^\p{L}]{0,9}(?:publication date:|no abstract|abstract not|.{0,150}\bvol(?:ume|\.) \d)/iu

/** What is beyond makes no difference. */
const mostLetters = 4_000

export function compareAbstracts(one: string, other: string): Likeness {
  if (one === '' || other === '') return 'unsure'
  if (one === other) return 'near'
  const [first, second] = [one, other].map(text => readable(text.slice(0, mostLetters))) as [string, string]
  if (place.test(first) || place.test(second)) return 'unsure'
  const [mine, theirs] = [wordsOf(first), wordsOf(second)]
  const topic = sharedPart(mine.long, theirs.long)
  if (topic.words >= near.words && topic.share >= near.share) return 'near'
  if (topic.words < different.words || topic.share >= different.share) return 'unsure'
  const common = sharedPart(mine.short, theirs.short)
  const isTranslated = common.words >= language.words && common.share < language.share
  return isTranslated ? 'unsure' : 'different'
}

function sharedPart(one: ReadonlySet<string>, other: ReadonlySet<string>): { words: number; share: number } {
  const words = Math.min(one.size, other.size)
  return { words, share: words === 0 ? 0 : one.intersection(other).size / words }
}

/** Long words tell the topic, short ones the language. Of scripts without spaces, two letters are a word. */
function wordsOf(text: string): { long: Set<string>; short: Set<string> } {
  const words =
    asciiOf(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  const [unspaced, spaced] = [[] as string[], [] as string[]]
  for (const word of words) (unspacedScript.test(word) ? unspaced : spaced).push(word)
  return {
    long: new Set([...spaced.filter(word => word.length > 4), ...unspaced.flatMap(pairs)]),
    short: new Set(spaced.filter(word => word.length < 4)),
  }
}

const unspacedScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

function pairs(word: string): string[] {
  const letters = [...word]
  return letters.slice(1).map((letter, at) => `${letters[at]}${letter}`)
}
