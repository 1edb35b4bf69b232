import { titleWeight } from '../search/index/invert-index.ts'
import { gap, idfOf } from '../search/index/postings.ts'
import type { CollectionModel } from '../search/partial/collection-model.ts'
import { beyond, type LocalDocument } from '../search/partial/local-document.ts'
import { mostNeighbours } from '../search/ranking/semantic-scorer.ts'
import { byMeaning, byWords, type EngineQuery, type Scope } from './queries.ts'

/** A paper's most telling terms find the papers that share its subject; all of its terms then rank them. */
const mostTerms = 40
const candidates = 120

/** What finds the papers that may be related to one. */
export function neighbourQueries(
  document: LocalDocument,
  model: CollectionModel,
  scope: Scope,
): EngineQuery[] {
  const { vocabulary } = model
  const { index } = model.parser().lexicon
  const clauses = [...countsOf(document)]
    .map(([term, count]) => ({ term, count, weight: count * idfOf(index, term < beyond ? term : undefined) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostTerms)
    .map(({ term, count }) => {
      const value = term < beyond ? vocabulary.terms.at(term) : (document.extras[term - beyond] ?? '')
      return { term: { terms: { value, boost: count } } }
    })
  const words = clauses.length === 0 ? [] : [byWords(clauses, candidates, scope)]
  const { row, scale } = document
  return scale === 0
    ? words
    : [
        ...words,
        byMeaning(
          Float32Array.from(row, value => value * scale),
          mostNeighbours + 1,
          scope,
        ),
      ]
}

/** How often each term counts, the title's twice. */
function countsOf({ sequence }: LocalDocument): Map<number, number> {
  const counts = new Map<number, number>()
  let gaps = 0
  for (const term of sequence) {
    if (term === gap) gaps++
    else counts.set(term, (counts.get(term) ?? 0) + (gaps < 2 ? titleWeight : 1))
  }
  return counts
}
