import type { Token } from '../../search/analysis/analyze.ts'
import { lightVerbs, onlyAsks, talkWords } from '../question/plain-words.ts'
import type { Question } from '../question.ts'
import { isPlain } from './plain-terms.ts'

const mostNamed = 3
/** A word names a subject from this weight of the embedder on; "trick" and "old" say less. */
export const subjectFrom = 2

const asks = ({ word, stop }: Token): boolean => stop || onlyAsks(word)

const writtenAsName = (word: string, at: number): boolean =>
  /\d/u.test(word) || (at > 0 && /\p{Lu}/u.test(word))

/** Terms that no paper of the collection contains, as they were typed; only those that name a subject. */
export function nowhereIn({ terms, tokens, text, meaning }: Question): string[] {
  const unknown = new Set(terms.filter(one => one.unknown && !one.extra).map(({ term }) => term))
  const named = tokens.filter((token, i) => {
    if (!unknown.has(token.term) || asks(token)) return false
    if (writtenAsName(text.slice(token.start, token.end), i)) return true
    return meaning === undefined ? !isPlain(token.term) : meaning.weightOf(token.word) >= subjectFrom
  })
  return typed(text, named)
}

/**
 * The words of these terms as they were typed, rarest first. Technical words explain best what is missing; plain ones
 * are named only if there are no others, and words of talk such as "took" and light verbs explain nothing.
 */
export function missingWords(
  { tokens, text }: Question,
  missing: readonly { readonly term: string; readonly idf: number }[],
): string[] {
  const idf = new Map(missing.map(one => [one.term, one.idf]))
  const named = tokens
    .filter(({ term, word }) => idf.has(term) && !talkWords.has(word) && !lightVerbs.has(word))
    .toSorted((a, b) => (idf.get(b.term) ?? 0) - (idf.get(a.term) ?? 0))
  const telling = named.filter(({ term }) => !isPlain(term))
  return typed(text, telling.length > 0 ? telling : named)
}

function typed(text: string, tokens: readonly Token[]): string[] {
  const words = new Set<string>()
  for (const token of new Map(tokens.map(one => [one.term, one])).values()) {
    if (words.size === mostNamed) break
    words.add(withHyphens(text, token))
  }
  return [...words]
}

/** "CIFAR-10" is two tokens and one name. */
function withHyphens(text: string, { start, end }: Token): string {
  const before = /(?:[\p{L}\p{N}]{1,30}-){0,3}$/u.exec(text.slice(Math.max(0, start - 93), start))
  const after = /^(?:-[\p{L}\p{N}]{1,30}){0,3}/u.exec(text.slice(end, end + 93))
  return `${before?.[0] ?? ''}${text.slice(start, end)}${after?.[0] ?? ''}`
}
