/** A query's text and operators, in the syntax of common search engines. */
export interface QueryOperators {
  /** The text without its operators, used for ranking. Quoted phrases and title words remain in it. */
  readonly text: string
  /** Each must occur in the paper word by word: `"a phrase"`. */
  readonly phrases: readonly string[]
  /** None may occur in the paper: `-word`, `-"a phrase"`. */
  readonly excluded: readonly string[]
  /** Each must occur in the title: `title:word`, `title:"a phrase"`. */
  readonly titled: readonly string[]
  /** The query was nothing but exclusions, which everything would fit: its words are searched instead. */
  readonly onlyExcludes?: boolean
}

const quoted = /(^|\s)([-–−]|title:)?["“”]([^"“”]{1,200})["“”](?=$|[\s.,;:!?)])/gi
const titleWord = /(^|\s)title:([\p{L}\p{N}][^\s]*)/giu
/** Writing programs turn a hyphen into a dash. */
const minusWord = /(^|\s)[-–−](\p{L}[\p{L}\p{N}-]*)(?=$|\s)/gu

/** Operators are only for typed queries; in a longer pasted text nothing is an operator. */
const longestTyped = 300

/** Extracts the operators of a text. Lookalikes (`x - y`, `title: A study`) are text. */
export function queryOperators(text: string): QueryOperators {
  const phrases: string[] = []
  const excluded: string[] = []
  const titled: string[] = []
  if (text.length > longestTyped) return { text, phrases, excluded, titled }
  const left = text
    .replace(quoted, (_, space: string, operator: string | undefined, phrase: string) => {
      if (operator !== undefined && operator.length === 1) {
        excluded.push(phrase)
        return space
      }
      ;(operator === undefined ? phrases : titled).push(phrase)
      return `${space}${phrase}`
    })
    .replace(titleWord, (_, space: string, word: string) => {
      titled.push(word)
      return `${space}${word}`
    })
    .replace(minusWord, (_, space: string, word: string) => {
      excluded.push(word)
      return space
    })
  return /[\p{L}\p{N}]/u.test(left)
    ? { text: left, phrases, excluded, titled }
    : { text, phrases: [], excluded: [], titled: [], ...(excluded.length > 0 ? { onlyExcludes: true } : {}) }
}
