import type { Paper } from '../../corpus/paper.ts'
import { type Token, tokenize } from '../analysis/analyze.ts'
import type { BigramSketch } from '../index/bigram-sketch.ts'
import { Tally } from '../index/invert-index.ts'
import { gap, idfOf, type Postings } from '../index/postings.ts'
import type { Vocabulary } from '../index/vocabulary.ts'
import type { Pair } from '../query/query-analyzer.ts'
import type { Ranker } from './ranker.ts'
import type { SemanticScorer } from './semantic-scorer.ts'

/** Term pairs say more about a whole paper than about a query, whose few words people choose. */
const pairWeight = 5
/**
 * A whole abstract identifies its subject well. The more papers there are, the more of them share a subject, and the
 * less the subject says about which is nearest.
 */
const latentWeight = (papers: number): number => Math.min(1.6, Math.max(0.3, 40 / Math.sqrt(papers)))

/** Weight of a cosine relative to the lexical score. */
const meaningWeights = { cosine: 2, soft: 0 }

/** How many candidates are considered as neighbours. */
const looked = 20
/**
 * A neighbour scores at least this share of the best one, and its cosine with the paper is at least `leastSimilarity`.
 */
const leastShare = 0.6
const leastSimilarity = 0.5

/** Related papers: the whole paper is the query. */
export class MoreLikeThis {
  readonly #index: Postings
  readonly #pairs: BigramSketch
  readonly #ranker: Ranker
  readonly #semantic: SemanticScorer | undefined
  #tally: Tally | undefined

  constructor(index: Postings, pairs: BigramSketch, ranker: Ranker, semantic?: SemanticScorer) {
    this.#index = index
    this.#pairs = pairs
    this.#ranker = ranker
    this.#semantic = semantic
  }

  /** Positions and scores of the nearest other papers, best first; papers below the thresholds are left out. */
  of(paper: number, limit: number): { doc: number; score: number }[] {
    const found = this.#rank(paper, Math.max(limit, looked))
    const meaning = this.#semantic?.meaningOfPaper(paper)
    const isLike = (doc: number): boolean =>
      meaning === undefined || (this.#semantic?.similarity(meaning, doc) ?? 1) >= leastSimilarity
    const least = leastShare * (found[0]?.score ?? 0)
    return found.filter(({ doc, score }) => score >= least && isLike(doc)).slice(0, limit)
  }

  /** Scores words as descriptions of what two papers have in common; undefined without an embedder. */
  tellingOf(one: number, other: number): Telling | undefined {
    const semantic = this.#semantic
    if (semantic === undefined) return undefined
    return text => {
      const meaning = semantic.plainMeaningOf(text.toLowerCase())
      if (meaning === undefined) return 0
      return Math.min(semantic.similarity(meaning, one), semantic.similarity(meaning, other))
    }
  }

  #rank(paper: number, limit: number): { doc: number; score: number }[] {
    // Made where it is needed: it is as long as the vocabulary, and most searches of a few papers need none.
    this.#tally ??= new Tally(this.#index.terms)
    const tally = this.#tally
    const terms = tally.of(this.#index, paper).map(term => ({ term, weight: tally.count(term) }))
    const pairs = this.#pairsOf(paper)
    return this.#ranker.rank({ terms, pairs, alternatives: [], paper }, limit, {
      allowed: doc => doc !== paper,
      meaning: this.#semantic?.meaningOfPaper(paper),
      meaningWeights,
      weights: { latent: latentWeight(this.#index.papers), covered: 0, titled: 0, quoted: 0 },
    })
  }

  #pairsOf(paper: number): Pair[] {
    const { from, sequence } = this.#index
    const pairs = new Map<string, Pair>()
    for (let at = (from[paper] ?? 0) + 1; at < (from[paper + 1] ?? 0); at++) {
      const left = sequence[at - 1] ?? gap
      const right = sequence[at] ?? gap
      if (this.#pairs.of(left, right) < 2) continue
      const key = `${left} ${right}`
      pairs.set(key, { left, right, weight: (pairs.get(key)?.weight ?? 0) + pairWeight })
    }
    return [...pairs.values()]
  }
}

const mostShared = 5

/** Semantic similarity of a word to both papers, -1 to 1. */
export type Telling = (text: string) => number

/** A word with a lower similarity does not describe what the papers share. */
const leastTelling = 0.2

/** A shared term is dropped when it weighs less than this share of the best one. */
const leastOfBest = 0.35

/** The shared terms and term pairs with the highest weights, as the first paper writes them. */
export function sharedTerms(
  one: Paper,
  other: Paper,
  { vocabulary, index, telling }: { vocabulary: Vocabulary; index: Postings; telling?: Telling | undefined },
): string[] {
  const theirs = phrases(other)
  const candidates = [...phrases(one)].flatMap(([key, mine]) => {
    const uses = mine.count * (theirs.get(key)?.count ?? 0)
    const idf = key.split(' ').reduce((sum, term) => sum + idfOf(index, vocabulary.termId(term)), 0)
    if (uses === 0 || idf < leastIdf) return []
    const near = telling?.(mine.text) ?? 1
    if (near < leastTelling) return []
    const weight = near * idf * Math.log(1 + uses) * (namesNothing.test(mine.text) ? 0.4 : 1)
    return [{ key, text: mine.text, weight }]
  })
  const chosen: string[] = []
  const used = new Set<string>()
  const sorted = candidates.sort((x, y) => y.weight - x.weight)
  const least = leastOfBest * (sorted[0]?.weight ?? 0)
  for (const { key, text, weight } of sorted) {
    const terms = key.split(' ')
    if (chosen.length === mostShared || weight < least) break
    if (terms.some(term => used.has(term))) continue
    for (const term of terms) used.add(term)
    chosen.push(text)
  }
  return chosen
}

/** Single adverbs and verbs rarely describe a subject. */
const namesNothing = /^[a-z]+(?:ly|ed|ing|ize|ate)$/

/** Terms in more than about a third of all papers are not informative. */
const leastIdf = 1

interface Phrase {
  readonly text: string
  readonly count: number
}

/** Terms and adjacent term pairs of a paper, with their frequencies and most frequent spellings. */
function phrases({ title, abstract }: Paper): Map<string, Phrase> {
  const spellings = new Map<string, Map<string, number>>()
  // The title counts twice, since it says what the paper is about.
  for (const text of [title, title, abstract]) {
    const tokens = tokenize(text)
    tokens.forEach((token, i) => {
      const next = tokens[i + 1]
      if (isTelling(token) && !isPart(token, text))
        note(spellings, token.term, text.slice(token.start, token.end))
      if (next === undefined || token.stop || next.stop || !/^[\s-]$/.test(text.slice(token.end, next.start)))
        return
      note(spellings, `${token.term} ${next.term}`, text.slice(token.start, next.end))
    })
  }
  return new Map([...spellings].map(([key, of]) => [key, commonest(of)]))
}

/** "Real" in "real-world" is not a word of its own. */
const isPart = ({ start, end }: Token, text: string): boolean => text[end] === '-' || text[start - 1] === '-'

const isTelling = ({ word, stop }: Token): boolean => !stop && word.length > 2 && /\p{L}/u.test(word)

function note(spellings: Map<string, Map<string, number>>, key: string, text: string): void {
  const of = spellings.get(key) ?? new Map<string, number>()
  spellings.set(key, of.set(text, (of.get(text) ?? 0) + 1))
}

/** Of equally frequent spellings the one with fewer capitals: the others come from titles or sentence beginnings. */
function commonest(of: ReadonlyMap<string, number>): Phrase {
  const capitals = (text: string): number => text.replaceAll(/\P{Lu}/gu, '').length
  const [best] = [...of].sort(([a, x], [b, y]) => y - x || capitals(a) - capitals(b))
  return { text: best?.[0] ?? '', count: [...of.values()].reduce((sum, n) => sum + n, 0) }
}
