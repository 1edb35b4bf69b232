import { lengths } from '../../lengths.ts'
import { tokenize } from '../../search/analysis/analyze.ts'
import { onlyAsks, termsAskedOfAny } from './plain-words.ts'

const pronoun = /\b(?:it|its|they|them|their|these|those)\b/iu
/** "Is it true that ...", "how hard is it to ...": no word for something. */
const impersonal = /\bit (?:true|possible|known|clear|hard|easy|worth|to|that|help|pay|matter)\b/iu
const whatAbout = /^\W{0,9}(?:(?:and|so|but|ok(?:ay)?) ){0,2}(?:what|how) about\b/iu

/** "How many people took part?", "what dose was used?": what can be asked of any paper, and no word for which. */
const asksOfAny = (text: string): boolean =>
  tokenize(text).every(({ word, term, stop }) => stop || onlyAsks(word) || termsAskedOfAny.has(term))

const leans = (text: string): boolean =>
  (pronoun.test(text) && !impersonal.test(text)) || whatAbout.test(text) || asksOfAny(text)

/**
 * What is asked after an answer that named no paper: "it" is what was asked there, so that both questions are asked
 * together, earlier one first.
 *
 * @example
 * withEarlierQuestion('does it raise the risk of stroke?', 'do stents help?')
 * // 'do stents help? does it raise the risk of stroke?'
 */
export const withEarlierQuestion = (text: string, earlier: string): string =>
  earlier !== '' && leans(text) ? `${earlier} ${text}`.slice(0, lengths.question) : text
