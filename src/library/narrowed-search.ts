import type { Paper } from '../corpus/paper.ts'
import { lengths } from '../lengths.ts'
import type {
  Hit,
  ParsedQuery,
  RelatedPaper,
  Search,
  SearchResult,
  Span,
  TermWeight,
  Wanted,
} from '../search/port.ts'
import { termFrequencies } from '../search/ranking/score-alignment.ts'

/** Hits that are asked for first, and, where too few of them are among the papers, at most. */
const firstAsked = 200
const mostAsked = 4_000
/** Papers that are compared with a query one by one, where the whole search ranks them too low to be seen. */
const mostCompared = 300
/** Such a paper holds this much of the query at least. */
const leastShare = 0.5
const neighbours = 300
/** What papers are not compared by one by one: quotes, `title:` and minus. */
const hasOperators = /["“”]|title:|(?:^|\s)[-–−]\S/iu

/**
 * A search that finds some of another's papers alone. Words are read, corrected and weighed as in the whole: what is
 * narrowed is what can be found.
 */
export class NarrowedSearch implements Search {
  readonly #whole: Search
  readonly #ids: ReadonlySet<string>
  #papers: readonly Paper[] | undefined

  constructor(whole: Search, ids: ReadonlySet<string>) {
    this.#whole = whole
    this.#ids = ids
  }

  get papers(): readonly Paper[] {
    this.#papers ??= [...this.#ids].map(id => this.#whole.get(id)).filter(paper => paper !== undefined)
    return this.#papers
  }

  get(id: string): Paper | undefined {
    return this.#ids.has(id) ? this.#whole.get(id) : undefined
  }

  withRef(ref: string): Paper | undefined {
    const found = this.#whole.withRef(ref)
    return found !== undefined && this.#ids.has(found.id) ? found : undefined
  }

  parse(text: string): ParsedQuery {
    return this.#whole.parse(text)
  }

  get count(): number {
    return this.papers.length
  }

  prepare(wanted: string | Wanted): Promise<void> | undefined {
    return this.#whole.prepare(wanted)
  }

  search(query: string | ParsedQuery, { limit = 10 }: { limit?: number } = {}): SearchResult {
    const parsed = typeof query === 'string' ? this.parse(query) : query
    const most = Math.max(0, limit)
    let found = this.#whole.search(parsed, { limit: Math.max(firstAsked, most) })
    let hits = this.#among(found.hits)
    if (hits.length < most && found.hits.length >= firstAsked) {
      found = this.#whole.search(parsed, { limit: Math.max(mostAsked, most) })
      hits = this.#among(found.hits)
      // The whole ranks so many at most, whatever it was asked for.
      if (hits.length < most && !hasOperators.test(parsed.text)) hits = [...hits, ...this.#rest(parsed, hits)]
    }
    const isNamed = found.isNamed && hits[0] !== undefined && hits[0].paper.id === found.hits[0]?.paper.id
    return {
      ...found,
      query: parsed,
      hits: hits.slice(0, most),
      isNamed,
      byMeaning: found.byMeaning && hits.length > 0,
    }
  }

  /** Papers that hold much of the query, and that the whole search has too many others before. */
  #rest({ terms }: ParsedQuery, known: readonly Hit[]): Hit[] {
    const ids = new Set(known.map(({ paper }) => paper.id))
    const least = known.at(-1)?.score ?? 1
    const whole = terms.reduce((sum, { weight, idf }) => sum + weight * idf, 0)
    return this.papers
      .slice(0, mostCompared)
      .filter(({ id }) => !ids.has(id))
      .map(paper => ({ paper, share: shareOf(paper, terms) }))
      .filter(({ share }) => whole > 0 && share >= leastShare * whole)
      .sort((a, b) => b.share - a.share)
      .map(({ paper, share }) => ({ paper, score: Math.min(least, 1) * Math.min(1, share / whole) }))
  }

  suggest(typed: string, limit: number): readonly Hit[] {
    if (limit <= 0) return []
    const found = this.#among(this.#whole.suggest(typed, firstAsked))
    const known = new Set(found.map(({ paper }) => paper.id))
    const words =
      typed
        .slice(0, lengths.completed)
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? []
    const others = this.papers.filter(({ id, title }) => {
      const text = title.toLowerCase()
      return !known.has(id) && words.every(word => text.includes(word))
    })
    return [...found, ...others.slice(0, limit).map(paper => ({ paper, score: 0 }))].slice(0, limit)
  }

  related(id: string, limit: number): readonly RelatedPaper[] {
    if (limit <= 0) return []
    return this.#among(this.#whole.related(id, neighbours)).slice(0, limit)
  }

  terms(text: string): readonly TermWeight[] {
    return this.#whole.terms(text)
  }

  idf(term: string): number {
    return this.#whole.idf(term)
  }

  matches(text: string, query: string | ParsedQuery): readonly Span[] {
    return this.#whole.matches(text, query)
  }

  #among<T extends { readonly paper: Paper }>(hits: readonly T[]): T[] {
    return hits.filter(({ paper }) => this.#ids.has(paper.id))
  }
}

/** How much of the query a paper holds, by the weights of its words. */
function shareOf(paper: Paper, terms: readonly TermWeight[]): number {
  const theirs = termFrequencies(paper)
  return terms.reduce((sum, { term, weight, idf }) => (theirs.has(term) ? sum + weight * idf : sum), 0)
}
