const greeting =
  '(?:hey|hi|hiya|hello|howdy|yo|thanks|thank you|thx|ty|cheers|btw|by the way|quick (?:one|question)|sorry|excuse me|morning|good (?:morning|afternoon|evening))(?: (?:there|all|everyone|folks|guys|bot|again|a lot|so much|very much|you))?'
const opening = new RegExp(
  `^\\W{0,9}(?:(?:ok(?:ay)?|great|cool|nice|perfect|ah|oh|well|lovely)[\\s,.!]{1,5})?${greeting}(?:[\\s,.!:;–-]{1,5}${greeting}){0,2}[\\s,.!:;–-]{1,5}(?!(?:so|very|too) much\\b|a lot\\b|again\\b|there\\b|all\\b)(?=\\S{1,60}\\s)`,
  'iu',
)

/** What people say while they think. Before "and" it says with it that a question goes on. */
const filler = /^\W{0,9}(?:ok(?:ay)?|hm+|um+|uh+|alright)[\s,.!…]{1,5}(?!(?:and|but|so|or)\b)(?=\S{1,60}\s)/iu

/**
 * A question without the greeting or the thanks before it: "hey, what is X?". Small talk alone stays as it is, and so do
 * "and" and "so", which say that a question goes on from the last one.
 */
export const withoutGreeting = (text: string): string => text.replace(opening, '').replace(filler, '')
