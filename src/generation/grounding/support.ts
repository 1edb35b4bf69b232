import type { Token } from '../../search/analysis/analyze.ts'
import { align } from './alignment.ts'
import type { Evidence, ReadText } from './evidence.ts'
import type { Quantity } from './quantities.ts'

/** A capital that opens no sentence, or letters and digits that only names mix. */
const isName = (surface: string, opens: boolean): boolean =>
  /^.+\p{Lu}|\p{L}\d|\d\p{L}/u.test(surface) || (!opens && /^\p{Lu}/u.test(surface))

/** Whether all names of a sentence stand in one of the passages or in the title above it, and in the passages' order. */
export function namesStand({ text, tokens }: ReadText, passages: readonly Evidence[]): boolean {
  const names = tokens.filter(({ start, end }, i) => isName(text.slice(start, end), i === 0))
  const stand = names.every(({ word, term }) =>
    passages.some(({ words, terms, title }) =>
      [words, terms, title.words, title.terms].some(held => held.has(word) || held.has(term)),
    ),
  )
  return stand && areInOrder(names, passages)
}

/** Names changed about are few of a long sentence's words: their order is looked at by itself. */
function areInOrder(names: readonly Token[], passages: readonly Evidence[]): boolean {
  const told = names.filter(
    ({ term, stop }) => !stop && passages.some(({ tokens }) => tokens.some(token => token.term === term)),
  )
  return told.length < 2 || orders(passages).some(theirs => align(told, theirs).inOrder === told.length)
}

/** Words beside a number that tell what it counts: so many of the sentence's, and of the passage's. */
const reach = { own: 4, theirs: 7 } as const

/** Whether all numbers of a sentence stand in one of the passages, in the same unit and beside a word that is the same. */
export const numbersStand = (sentence: ReadText, passages: readonly Evidence[]): boolean =>
  sentence.quantities.every(number => {
    const own = wordsBeside(sentence, number, reach.own)
    return passages.some(passage =>
      passage.quantities.some(
        ({ value, unit, start }) =>
          value === number.value &&
          unit === number.unit &&
          !wordsBeside(passage, { start }, reach.theirs).isDisjointFrom(own),
      ),
    )
  })

/** Stems of the words that count around a number. */
function wordsBeside(
  { tokens }: ReadText,
  { start }: Pick<Quantity, 'start'>,
  distance: number,
): ReadonlySet<string> {
  const counting = tokens.filter(({ stop, word }) => !stop && !/^\d/u.test(word))
  const after = counting.findIndex(token => token.start > start)
  const at = after < 0 ? counting.length : after
  return new Set(counting.slice(Math.max(0, at - distance), at + distance).map(({ term }) => term))
}

/** Words that only say that a paper says something. */
const reporting: ReadonlySet<string> = new Set(
  'paper papers study studies author authors passage passages abstract article according question answer mentioned states stated describes described'.split(
    ' ',
  ),
)

/**
 * The share of a sentence's words that count which the passages hold in its order, 0 to 1; a paper's title may name its
 * subject. Words that only say that a paper says it count for nothing.
 */
export function supportOf({ tokens }: ReadText, passages: readonly Evidence[]): number {
  const own = tokens.filter(({ stop, word }) => !stop && !reporting.has(word))
  if (own.length === 0) return 0
  return Math.max(0, ...orders(passages).map(theirs => align(own, theirs).inOrder)) / own.length
}

/** Each passage by itself below its title, and where a sentence cites several, one after another as it cites them. */
function orders(passages: readonly Evidence[]): (readonly Token[])[] {
  const whole = passages.flatMap(({ tokens }) => tokens)
  const titled = passages.map(({ title, tokens }) => [...title.tokens, ...tokens])
  return passages.length > 1 ? [whole, ...titled] : titled
}
