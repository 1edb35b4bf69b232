import { tokenize } from '../analysis/analyze.ts'

/** The name that a title begins with: `SPACE` in "SPACE: Scenes by Attention". */
const lead = /^([\p{L}\p{N}][\p{L}\p{N}.+-]{1,29}?) ?(?::|[–—] ) ?\S/u

/** Characters of a question at most; a whole abstract names many things. */
const longestAsked = 120

/**
 * Whether titles begin with the name that a query gives: its only word that is no stop word, or one with several
 * capitals in a query that has small letters too. Such a name may be a common word, which the ranking cannot know.
 * @returns undefined where the query can name none
 */
export function namedByLead(query: string): ((title: string) => boolean) | undefined {
  if (query.length > longestAsked) return undefined
  // With its hyphens: "Multi-VALUE" is no paper on VALUE.
  const words = [...query.matchAll(/[\p{L}\p{N}](?:[\p{L}\p{N}.+-]{0,60}[\p{L}\p{N}+])?/gu)]
    .map(([word]) => word)
    .filter(word => tokenize(word).some(({ stop }) => !stop))
  const only = words.length === 1 ? words[0]?.toLowerCase() : undefined
  const capitals = /\p{Ll}/u.test(query) ? words.filter(word => /\p{Lu}.*\p{Lu}/u.test(word)) : []
  if (only === undefined && capitals.length === 0) return undefined
  return title => {
    const name = lead.exec(title.slice(0, 50))?.[1]
    return name !== undefined && (name.toLowerCase() === only || capitals.includes(name))
  }
}
