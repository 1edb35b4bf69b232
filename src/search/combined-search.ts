import { isSamePaper, keyed } from '../corpus/merging/same-paper.ts'
import type { Paper } from '../corpus/paper.ts'
import { analyze } from './analysis/analyze.ts'
import type {
  Hit,
  ParsedQuery,
  RelatedPaper,
  Search,
  SearchResult,
  Span,
  TermWeight,
  Wanted,
} from './port.ts'
import { mergeHits, termFrequencies } from './ranking/score-alignment.ts'

/** Further hits asked for, so that hidden papers leave no gap. */
const mostHiddenAmong = 50
/** Neighbours across the two sets share this much of what a paper has in common with itself. */
const leastShared = 0.15
const mostSharedWords = 3

/**
 * Two searches as one: a large set of papers, some of them hidden, and a few papers beside it. Each keeps its own index;
 * scores are aligned by how much of the query each hit holds. Where a paper is in both, the large set's is shown.
 */
export class CombinedSearch implements Search {
  readonly #main: Search
  readonly #hidden: ReadonlySet<string>
  readonly #added: Search
  #papers: readonly Paper[] | undefined

  /** @param hidden ids of papers of `main` that are not there any more, or are in `added` as they are now */
  constructor(main: Search, hidden: ReadonlySet<string>, added: Search) {
    this.#main = main
    this.#hidden = hidden
    this.#added = added
  }

  get papers(): readonly Paper[] {
    this.#papers ??= [...this.#main.papers.filter(({ id }) => !this.#hidden.has(id)), ...this.#added.papers]
    return this.#papers
  }

  get(id: string): Paper | undefined {
    return this.#added.get(id) ?? this.#shownOf(this.#main.get(id))
  }

  withRef(ref: string): Paper | undefined {
    return this.#added.withRef(ref) ?? this.#shownOf(this.#main.withRef(ref))
  }

  #shownOf(found: Paper | undefined): Paper | undefined {
    return found === undefined || this.#hidden.has(found.id) ? undefined : found
  }

  /** By the large set, unless it takes words for misspelt that the papers beside it hold. */
  parse(text: string): ParsedQuery {
    const [main, added] = [this.#main.parse(text), this.#added.parse(text)]
    if (!main.searchable) return added
    const isMissing = main.corrections.length + unknownIn(main, this.#main)
    if (isMissing === 0) return main
    return added.corrections.length + unknownIn(added, this.#added) < isMissing ? added : main
  }

  get count(): number {
    return this.papers.length
  }

  prepare(wanted: string | Wanted): Promise<void> | undefined {
    const waits = [this.#main.prepare(wanted), this.#added.prepare(wanted)].filter(wait => wait !== undefined)
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => {})
  }

  search(query: string | ParsedQuery, { limit = 10 }: { limit?: number } = {}): SearchResult {
    const parsed = typeof query === 'string' ? this.parse(query) : query
    const found = this.#main.search(parsed, { limit: limit + Math.min(this.#hidden.size, mostHiddenAmong) })
    const main = { ...found, hits: this.#visible(found.hits) }
    const added = this.#added.search(parsed, { limit })
    const [better, other] = isBetter(added, main) ? [added, main] : [main, added]
    const isAlone = other.hits.length === 0 || kindOf(better) !== kindOf(other)
    const hits = isAlone ? better.hits : this.#merged(main, added, parsed)
    return { ...better, query: parsed, hits: hits.slice(0, Math.max(0, limit)) }
  }

  #merged(main: SearchResult, added: SearchResult, query: ParsedQuery): Hit[] {
    const fresh = added.hits.filter(({ paper }) => !isAmong(paper, main.hits))
    if (main.byMeaning) return [...main.hits, ...fresh].sort((a, b) => b.score - a.score)
    return mergeHits(main.hits, fresh, query.terms)
  }

  suggest(typed: string, limit: number): readonly Hit[] {
    const main = this.#visible(
      this.#main.suggest(typed, limit + Math.min(this.#hidden.size, mostHiddenAmong)),
    )
    const begun = typed.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []
    const fresh = this.#added
      .suggest(typed, limit)
      .filter(
        ({ paper }) => begun.length === 0 || begun.some(word => paper.title.toLowerCase().includes(word)),
      )
      .filter(({ paper }) => !isAmong(paper, main))
    return [...main, ...fresh].sort((a, b) => b.score - a.score).slice(0, Math.max(0, limit))
  }

  related(id: string, limit: number): readonly RelatedPaper[] {
    const paper = this.get(id)
    if (paper === undefined || limit <= 0) return []
    const isAdded = this.#added.get(paper.id) !== undefined
    const [own, other] = isAdded ? [this.#added, this.#main] : [this.#main, this.#added]
    const near = this.#shown(own, own.related(paper.id, limit + (isAdded ? 0 : mostHiddenAmong)))
    const across = this.#across(paper, other, limit, near)
    return [...near, ...across].sort((a, b) => b.score - a.score).slice(0, limit)
  }

  /** Neighbours in the other set, by what the two papers have in common; scored as neighbours in the own set are. */
  #across(paper: Paper, other: Search, limit: number, near: readonly RelatedPaper[]): RelatedPaper[] {
    const query = this.#main.parse(`${paper.title}. ${paper.abstract}`)
    const common = (to: Paper): number => sharedWeight(paper, to, query.terms)
    const whole = common(paper)
    const unit = near[0] === undefined ? 1 : near[0].score / Math.max(common(near[0].paper), 1e-9)
    return this.#shown(other, other.search(query.text, { limit: limit + 1 }).hits)
      .filter(hit => hit.paper.id !== paper.id && !isAmong(hit.paper, [{ paper }]))
      .map(hit => ({ paper: hit.paper, common: common(hit.paper) }))
      .filter(hit => hit.common >= leastShared * whole)
      .map(hit => ({
        paper: hit.paper,
        score: hit.common * unit,
        shared: sharedWords(paper, hit.paper, term => this.idf(term)),
      }))
  }

  terms(text: string): readonly TermWeight[] {
    return this.parse(text).terms
  }

  /** That of the large set; of a word that the papers beside it alone hold, a little below that of an unknown one. */
  idf(term: string): number {
    const [idf, unknown] = [this.#main.idf(term), this.#main.idf('')]
    const isNew = idf >= unknown && this.#added.idf(term) < this.#added.idf('')
    return isNew ? unknown * 0.999 : idf
  }

  matches(text: string, query: string | ParsedQuery): readonly Span[] {
    const [main, added] = [this.#main.matches(text, query), this.#added.matches(text, query)]
    return added.length > main.length ? added : main
  }

  #shown<T extends { readonly paper: Paper }>(from: Search, hits: readonly T[]): readonly T[] {
    return from === this.#main ? this.#visible(hits) : hits
  }

  #visible<T extends { readonly paper: Paper }>(hits: readonly T[]): T[] {
    return hits.filter(({ paper }) => !this.#hidden.has(paper.id))
  }
}

const kindOf = ({ byMeaning, relaxed }: SearchResult): string => `${byMeaning} ${relaxed}`

/** What holds the words counts before what is near in meaning, and what obeys the operators before what does not. */
function isBetter(added: SearchResult, main: SearchResult): boolean {
  if (added.hits.length === 0) return false
  if (main.hits.length === 0) return true
  if (added.isNamed !== main.isNamed) return added.isNamed
  if (added.byMeaning !== main.byMeaning) return main.byMeaning
  return main.relaxed && !added.relaxed
}

const unknownIn = ({ terms }: ParsedQuery, search: Search): number => {
  const unknown = search.idf('')
  return terms.filter(({ weight, idf }) => weight >= 1 && idf >= unknown).length
}

function isAmong(paper: Paper, hits: readonly { readonly paper: Paper }[]): boolean {
  const one = keyed(paper)
  return hits.some(hit => hit.paper.id === paper.id || isSamePaper(one, keyed(hit.paper)))
}

function sharedWeight(one: Paper, other: Paper, terms: readonly TermWeight[]): number {
  const [mine, theirs] = [termFrequencies(one), termFrequencies(other)]
  let sum = 0
  for (const { term, idf } of terms) if (mine.has(term) && theirs.has(term)) sum += idf
  return sum
}

/** Words that both hold, the rarest first, as the first writes them. */
function sharedWords(one: Paper, other: Paper, idf: (term: string) => number): string[] {
  const theirs = termFrequencies(other)
  const words = new Map<string, string>()
  for (const word of `${one.title} ${one.abstract}`.match(/\p{L}[\p{L}\p{N}-]{3,}/gu) ?? []) {
    const [term] = analyze(word)
    if (term !== undefined && theirs.has(term) && !words.has(term)) words.set(term, word)
  }
  return [...words]
    .sort(([a], [b]) => idf(b) - idf(a))
    .slice(0, mostSharedWords)
    .map(([, word]) => word)
}
