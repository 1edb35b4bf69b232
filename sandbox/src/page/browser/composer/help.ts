import { type Leaf, matching } from './leaves.ts'
import { mentionOffers, type Token, tokenAt } from './mentions.ts'
import type { Known, Offer } from './offers.ts'

/** What the list above the line offers for what is typed there. */
export type Help =
  | {
      readonly kind: 'commands'
      readonly label: string
      readonly offers: readonly Offer[]
      readonly found: readonly Leaf[]
    }
  | {
      readonly kind: 'names'
      readonly label: string
      readonly offers: readonly Offer[]
      readonly token: Token
    }

/** Commands after a slash, even where none matches; names after `@` and `#`; else nothing. */
export function helpFor(
  text: string,
  caret: number,
  leaves: readonly Leaf[],
  known: Known,
): Help | undefined {
  if (/^\/[^\n]*$/u.test(text)) {
    const found = matching(leaves, text.slice(1))
    const offers = found.map(({ path, description }) => ({
      label: `/${path}`,
      detail: description,
      value: path,
    }))
    return { kind: 'commands', label: 'Commands', offers, found }
  }
  const token = tokenAt(text, caret)
  const offers = token === undefined ? [] : mentionOffers(token, known)
  if (token === undefined || offers.length === 0) return undefined
  return { kind: 'names', label: token.mark === '@' ? 'Members' : 'Channels', offers, token }
}
