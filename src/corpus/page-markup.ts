import { foldSpace } from './text.ts'

/** A line without its Markdown, and its first link. */
export interface Unmarked {
  readonly text: string
  readonly url?: string | undefined
  readonly isHeading?: boolean
}

const marked = /^(?:#{1,6} |>|[-*+•·▪] |\d{1,3}[.)] |\*|_|\[|!)|\]\(http|\]\(\/papers\//
const heading = /^(?:> ?)?(?:[-*+•·▪] |\d{1,3}[.)] )?(?:#{1,6} |\*\*(?=\S)|\[)/

/** Begins a piece of its own: a heading, a list item, a link or bold text on a separate line. */
export const startsPiece = (text: string): boolean => heading.test(text)

/**
 * Parses a line of a page saved as Markdown, where titles are headings, list items or bold text, and addresses are
 * links.
 *
 * @example
 * unmarked('- **[Bees](https://huggingface.co/papers/2410.00001)**')
 * // { text: 'Bees', url: 'https://huggingface.co/papers/2410.00001' }
 */
export function unmarked(raw: string): Unmarked {
  const text = foldSpace(raw)
  if (!marked.test(text)) return { text }
  const url = /\]\((https?:[^\s()]{1,500}|\/papers\/[^\s()]{1,80})\)/.exec(text)?.[1]
  const plain = text
    .replace(/!\[[^[\]]{0,300}\]\([^\s()]{0,1000}\)/g, '')
    .replace(/\[\s?\]\([^\s()]{0,1000}\)/g, '')
    .replace(/\[([^[\]]{1,500})\]\((?:https?:[^\s()]{1,500}|\/papers\/[^\s()]{1,80})\)/g, '$1')
    .replace(
      /^(?:> ?)?(?:[-*+•·▪] |\d{1,3}[.)] (?=[\p{Lu}\p{N}["“*_]))?(?:#{1,6} (?:\d{1,3}[.)] (?=[\p{Lu}\p{N}["“*_]))?)?/u,
      '',
    )
    .replace(/ #{1,6}$/, '')
    .replace(/^(\*\*|__|\*|_)(?=\S)([^*]{1,5000}?)(?<=\S)\1$/, '$2')
  return {
    text: (url === undefined ? plain : plain.replace(/\\([\\`*_{}[\]()#+.!|>~-])/g, '$1')).trim(),
    url: url?.startsWith('/') ? `https://huggingface.co${url}` : url,
    isHeading: text.startsWith('#'),
  }
}

const furniture = [
  /^Submitted by\b.{0,60}$/i,
  /^(?:Authors:?|Abstract|AI-generated summary|Comments?|Daily Papers)$/i,
  /^\[?Upvote\b[\s\d.,k]{0,12}$/i,
  /^\d+(?:\.\d+)?k?\]\(http\S*$/i,
  /^(?:[·•|–-] )?[\d.,]{1,9} ?[kKmM]?$/,
  /\bPublished on [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?$/,
  /^(?:[·•|–-] ?)?\d{1,4} authors?$/i,
  /^(?:⭐ ?)?GitHub(?: [\d.,]{1,8} ?k?)?$/i,
  /^(?:View )?(?:arXiv|PDF|Project|Hugging Face)(?: page)?$/i,
  /^(?:Add to collection|Read more|Copy link|View all|Share|Reply|Like|Log ?in|Sign up)$/i,
  /^(?:Trending|Daily) Papers$/i,
  /^Get trending papers\b.{0,60}\binbox\b/i,
  /^(?:by )?(?:AK and the research community)$/i,
  /^Subscribe$/i,
  /^(?:[-*_=·•|~–—] ?){1,200}$/,
]

/** Page furniture besides titles and abstracts: submitters, counts, buttons, rules between cards. */
export const isFurniture = (text: string): boolean =>
  text.length < 220 && furniture.some(pattern => pattern.test(text))

/** Furniture of a card, as opposed to a newsletter's banner or rule. */
export const isOfCard = (text: string): boolean =>
  /^(?:Submitted by|\[?Upvote|(?:[·•|–-] ?)?\d{1,4} authors?$|(?:⭐ ?)?GitHub)|\bPublished on /i.test(text)
