import { normal } from '../search/analysis/normalize.ts'
import { stopWords } from '../search/analysis/stop-words.ts'
import { scan } from '../search/analysis/tokenizer.ts'
import { titleKey } from '../search/index/title-index.ts'
import type { CollectionModel } from '../search/partial/collection-model.ts'
import { beginning, byWords, defining, type EngineQuery, holdingAll, newest, type Scope } from './queries.ts'
import type { TextQueries } from './text-queries.ts'

/** As many as Discord shows, and some that are ranked below. */
const wanted = 40
const longestBeginning = 60
const mostWords = 12
const mostCompletions = 24

/**
 * What finds the papers that somebody may mean who has typed so much.
 * @param read the text as a query; undefined: nothing was typed
 */
export function completionQueries(
  typed: string,
  read: TextQueries | undefined,
  model: CollectionModel,
  scope: Scope,
): EngineQuery[] {
  if (read === undefined) return [newest(wanted, scope)]
  const words = scan(typed)
    .slice(0, mostWords)
    .map(({ text }) => normal(text))
  const key = (titleKey(typed) + (/\s$/u.test(typed) ? ' ' : '')).slice(0, longestBeginning)
  const [only, ...others] = words
  return [
    ...(read.named === undefined ? [] : [read.named]),
    ...(key.trim() === '' ? [] : [beginning(key, wanted, scope)]),
    ...(only === undefined || others.length > 0 ? [] : [defining(only, 3, scope)]),
    ...held(words, /[\p{L}\p{N}]$/u.test(typed), model, scope),
    ...(read.clauses.length === 0 ? [] : [byWords(read.clauses, wanted, scope)]),
  ]
}

/** Titles with all of the words, of which the last may be unfinished. */
function held(
  words: readonly string[],
  isUnfinished: boolean,
  model: CollectionModel,
  scope: Scope,
): EngineQuery[] {
  const last = isUnfinished ? words.at(-1) : undefined
  const whole = (isUnfinished ? words.slice(0, -1) : words).filter(word => !stopWords.has(word))
  const alternatives = whole.map(word =>
    model.vocabulary.wordId(word) === undefined ? [word, ...(model.corrected(word) ?? [])] : [word],
  )
  if (last === undefined || last === '')
    return alternatives.length === 0 ? [] : [holdingAll(alternatives, undefined, wanted, scope)]
  const completed = last.length < 3 ? [] : model.completions(last, mostCompletions)
  const corrected = completed.length > 0 ? [] : (model.corrected(last) ?? [])
  const known = [...new Set([last, ...completed, ...corrected])]
  // A prefix that no known word has may be that of a word that came since.
  return [
    holdingAll([...alternatives, known], undefined, wanted, scope),
    ...(completed.length > 0 ? [] : [holdingAll(alternatives, last, wanted, scope)]),
  ]
}
