/** What a typed text asks for, taken apart by the query language that people know from elsewhere. */
export interface QueryOperators {
  /** The text without its operators: what is ranked. Phrases and titles' words stay in it. */
  readonly text: string
  /** Each stands in the paper word by word: `"a phrase"`. */
  readonly phrases: readonly string[]
  /** None stands in the paper: `-word`, `-"a phrase"`. */
  readonly excluded: readonly string[]
  /** Each stands in the title: `title:word`, `title:"a phrase"`. */
  readonly titled: readonly string[]
}

const quoted = /(^|\s)(-|title:)?["“”]([^"“”]{1,200})["“”](?=$|[\s.,;:!?)])/gi
const titleWord = /(^|\s)title:([\p{L}\p{N}][^\s]*)/giu
const minusWord = /(^|\s)-(\p{L}[\p{L}\p{N}-]*)(?=$|\s)/gu

/** Operators are for what people type; a pasted paragraph is taken as it is. */
const longestTyped = 300

/** Takes operators out of a text. Text that only looks alike (`x - y`, `title: A study`) has none. */
export function queryOperators(text: string): QueryOperators {
  const phrases: string[] = []
  const excluded: string[] = []
  const titled: string[] = []
  if (text.length > longestTyped) return { text, phrases, excluded, titled }
  const left = text
    .replace(quoted, (_, space: string, operator: string | undefined, phrase: string) => {
      if (operator === '-') {
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
  // Nothing but exclusions is not a question; then the signs were only signs.
  return /[\p{L}\p{N}]/u.test(left)
    ? { text: left, phrases, excluded, titled }
    : { text, phrases: [], excluded: [], titled: [] }
}
