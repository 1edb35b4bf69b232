import { lengths } from '../../lengths.ts'

const pronoun = /\b(?:it|its|they|them|their|these|those)\b/iu
/** "Is it true that ...", "how hard is it to ...": no word for something. */
const impersonal = /\bit (?:true|possible|known|clear|hard|easy|worth|to|that|help|pay|matter)\b/iu

/**
 * What is asked after an answer that named no paper: "it" is what was asked there, so that both questions are asked
 * together, earlier one first.
 *
 * @example
 * withEarlierQuestion('does it raise the risk of stroke?', 'do stents help?')
 * // 'do stents help? does it raise the risk of stroke?'
 */
export const withEarlierQuestion = (text: string, earlier: string): string =>
  earlier !== '' && pronoun.test(text) && !impersonal.test(text)
    ? `${earlier} ${text}`.slice(0, lengths.question)
    : text
