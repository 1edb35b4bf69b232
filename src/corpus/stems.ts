/** Letters that two words must share from the first on to be of one family, such as "imputer" and "imputation". */
export const familyLetters = 5

/** What the words of a family have in common: a stem without rules, good for any spelling. */
export const familyOf = (word: string): string => word.slice(0, familyLetters)

const latin = /[a-z0-9]+/g
/** Scripts that put no spaces between words give their characters. */
const anyScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]|[\p{L}\p{N}]+/gu
const common = new Set(
  'the and for with via from how what are its our can not all you need this that when does into than'.split(
    ' ',
  ),
)

/** The telling words of a text by their first five letters: enough to see whether two texts speak of one thing. */
export function stemsOf(text: string): ReadonlySet<string> {
  const lower = text.toLowerCase()
  const plain = !/[^ -~]/.test(lower)
  const stems = new Set<string>()
  for (const word of lower.match(plain ? latin : anyScript) ?? [])
    if ((word.length > 2 || /[^a-z0-9]/.test(word)) && !common.has(word)) stems.add(familyOf(word))
  return stems
}

/** The words of a title that an abstract holds, and those that it does not. */
export interface Match {
  readonly shared: readonly string[]
  readonly missing: readonly string[]
}

export function matchOf(title: string, abstract: ReadonlySet<string>): Match {
  const own = [...stemsOf(title)]
  return {
    shared: own.filter(stem => abstract.has(stem)),
    missing: own.filter(stem => !abstract.has(stem)),
  }
}

/**
 * The share of the title's words that the abstract holds too: 0 to 1. Of 104,000 published papers 98 in 100 have more
 * than a third, 3 in 1,000 have none; of titles with the abstract of another paper a third have none.
 */
export const shareOf = ({ shared, missing }: Match): number =>
  shared.length / Math.max(1, shared.length + missing.length)
