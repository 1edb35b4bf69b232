import { type CosineScale, cosineScale, sameScale } from '../embedding/cosine-scale.ts'
import type { ModelVectors } from '../embedding/model-vectors.ts'
import type { SyncEmbedder } from '../embedding/port.ts'
import type { Neighbour, VectorIndex } from '../embedding/vector-index.ts'

/** Papers nearest in meaning that join the candidates found by words. */
export const mostNeighbours = 30
/** Papers less like a text than this are not near it. */
const leastNeighbour = 0.2
/** What a cosine counts for beside a lexical score, for each unit that the best lexical score lacks. */
const weightPerGap = 8
/** What is added to it, and what soft matching counts for, where the static table reads a query of many words. */
const morePerGap = 4
const softPerGap = 8
/** A query of this many words is keywords, a name or a topic; one of three more is in somebody's own words. */
const fewWords = 4
/** A best lexical score from here on says that the words fit well: meaning counts for nothing. */
const goodScore = 2.2

/** A unit vector, and the papers' vectors that it can be compared with. */
export interface Meaning {
  readonly vector: Float32Array
  readonly papers: VectorIndex
  /** To the static table's cosines, for which all weights and thresholds hold. */
  readonly scale: CosineScale
  /** Of a query, by the static table: what papers are ranked by. */
  readonly query?: AskedMeaning | undefined
}

/** What papers are ranked by where the static table reads the query. */
export interface AskedMeaning {
  readonly text: string
  /** As `SyncEmbedder.embedQuery` gives it. */
  readonly vector: Float32Array
}

/** What semantic similarities count for beside the lexical score; 0: nothing. */
export interface SemanticWeights {
  readonly cosine: number
  readonly soft: number
}

/** Says how near papers are to texts in meaning: by a model where one is at hand, else by the static table. */
export class SemanticScorer {
  readonly #embedder: SyncEmbedder
  readonly #papers: VectorIndex
  readonly #model: ModelVectors | undefined
  #scale: { readonly papers: VectorIndex; readonly scale: CosineScale } | undefined

  constructor(embedder: SyncEmbedder, papers: VectorIndex, model?: ModelVectors) {
    this.#embedder = embedder
    this.#papers = papers
    this.#model = model
  }

  /** What a query means; undefined where no part of it is known. */
  meaningOf(query: string): Meaning | undefined {
    const vector = this.#model?.vectorOf(query)
    const model = this.#modelScale()
    if (vector !== undefined && model !== undefined) return { vector, ...model }
    const plain = this.plainMeaningOf(query)
    return plain && { ...plain, query: { text: query, vector: this.#embedder.embedQuery(query) } }
  }

  /** The same by the static table, whatever model is at hand. */
  plainMeaningOf(text: string): Meaning | undefined {
    const vector = this.#embedder.embed([text])
    if (!vector.some(value => value !== 0)) return undefined
    return { vector, papers: this.#papers, scale: sameScale }
  }

  meaningOfPaper(doc: number): Meaning {
    const { papers, scale } = this.#modelScale() ?? { papers: this.#papers, scale: sameScale }
    return { vector: papers.vectorOf(doc), papers, scale }
  }

  /** A cosine, -1 to 1 but for what the scale adds: of a query, as papers are ranked by it. */
  similarity({ vector, papers, scale, query }: Meaning, doc: number): number {
    if (query !== undefined) return papers.similarity(query.vector, doc)
    return scale.slope * papers.similarity(vector, doc) + scale.offset
  }

  /** The papers nearest in meaning, best first. */
  nearest(meaning: Meaning, limit = mostNeighbours, least = leastNeighbour): Neighbour[] {
    const { slope, offset } = meaning.scale
    return meaning.papers
      .nearest(meaning.vector, limit, slope > 0 ? (least - offset) / slope : 1)
      .map(({ doc, cosine }) => ({ doc, cosine: slope * cosine + offset }))
  }

  #modelScale(): { readonly papers: VectorIndex; readonly scale: CosineScale } | undefined {
    const papers = this.#model?.papers
    if (papers === undefined) return undefined
    if (this.#scale?.papers !== papers) this.#scale = { papers, scale: cosineScale(papers, this.#papers) }
    return this.#scale
  }
}

/**
 * A gated sum: the worse the words of the best paper fit, the more meaning counts, so that names, keywords and typos,
 * whose words fit, keep their order.
 */
export function semanticWeights(bestLexical: number, { query }: Meaning, words: number): SemanticWeights {
  const gap = Math.max(0, goodScore - bestLexical)
  const many = query === undefined ? 0 : Math.min(1, Math.max(0, (words - fewWords) / 3))
  return { cosine: (weightPerGap + morePerGap * many) * gap, soft: softPerGap * many * gap }
}
