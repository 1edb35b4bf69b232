import { setImmediate } from 'node:timers/promises'
import type { Paper } from '../../corpus/paper.ts'
import type { Embedder } from './port.ts'
import { dotInt8, quantize } from './unit-vector.ts'

/** What is embedded of one paper. */
export interface EmbeddedText {
  readonly whole: string
  readonly sentences: readonly string[]
}

/** What is embedded of a paper: title and abstract as one text. */
export const embeddedText = ({ title, abstract }: Pick<Paper, 'title' | 'abstract'>): EmbeddedText => ({
  whole: `${title}. ${abstract}`,
  sentences: [],
})

export interface Neighbour {
  /** The paper's position. */
  readonly doc: number
  /** -1 to 1. */
  readonly cosine: number
}

/** One row a text: int8 values, and what they are multiplied by. */
export interface VectorArrays {
  readonly rows: Int8Array
  readonly scales: Float32Array
}

const textsPerSlice = 20

/**
 * The vectors of papers and of their sentences, int8 in one array: a paper's own row, then its sentences'. A row takes
 * `dimensions + 4` bytes.
 */
export class VectorIndex {
  readonly dimensions: number
  readonly #rows: Int8Array
  readonly #scales: Float32Array
  /** Where each paper's rows begin, and after the last paper, where they end. */
  readonly #from: Uint32Array

  private constructor(dimensions: number, from: Uint32Array, rows: Int8Array, scales: Float32Array) {
    this.dimensions = dimensions
    this.#from = from
    this.#rows = rows
    this.#scales = scales
  }

  /** Of papers whose sentences have no vectors of their own. */
  static from({ rows, scales }: VectorArrays): VectorIndex {
    const from = Uint32Array.from({ length: scales.length + 1 }, (_, i) => i)
    return new VectorIndex(rows.length / Math.max(1, scales.length), from, rows, scales)
  }

  /**
   * Embeds in slices of a few milliseconds between which other work runs.
   * @param onDone is told after each slice how many papers are done
   */
  static async over(
    embedder: Embedder,
    texts: readonly EmbeddedText[],
    onDone: (papers: number) => void = () => {},
  ): Promise<VectorIndex> {
    const from = new Uint32Array(texts.length + 1)
    texts.forEach(({ sentences }, i) => {
      from[i + 1] = (from[i] as number) + 1 + sentences.length
    })
    const count = from[texts.length] as number
    const rows = new Int8Array(count * embedder.dimensions)
    const index = new VectorIndex(embedder.dimensions, from, rows, new Float32Array(count))
    const { batch = textsPerSlice } = embedder
    for (let doc = 0; doc < texts.length; ) {
      const first = doc
      const slice: string[] = []
      for (; doc < texts.length && (slice.length === 0 || slice.length < batch); doc++) {
        const { whole, sentences } = texts[doc] as EmbeddedText
        slice.push(whole, ...sentences)
      }
      index.#write(from[first] as number, await embedder.embed(slice))
      onDone(doc)
      await setImmediate()
    }
    return index
  }

  get arrays(): VectorArrays {
    return { rows: this.#rows, scales: this.#scales }
  }

  /** Papers. */
  get size(): number {
    return this.#from.length - 1
  }

  /** Bytes that the vectors take. */
  get bytes(): number {
    return this.#rows.byteLength + this.#scales.byteLength
  }

  /** The cosine of a unit vector and a paper, title and abstract as one. */
  cosine(query: Float32Array, doc: number): number {
    return this.#cosineOfRow(query, this.#from[doc] as number)
  }

  /** The cosines of a unit vector and each sentence of a paper, in its order. */
  sentenceCosines(query: Float32Array, doc: number): number[] {
    const first = (this.#from[doc] as number) + 1
    const count = (this.#from[doc + 1] as number) - first
    return Array.from({ length: count }, (_, i) => this.#cosineOfRow(query, first + i))
  }

  /** The mean of a paper's cosine and its best sentence's; the paper's alone where no sentences are held. */
  similarity(query: Float32Array, doc: number): number {
    const whole = this.cosine(query, doc)
    const sentences = this.sentenceCosines(query, doc)
    return sentences.length === 0 ? whole : (whole + Math.max(...sentences)) / 2
  }

  /** A paper's own vector, at full width. */
  vectorOf(doc: number): Float32Array {
    const row = this.#from[doc] as number
    const scale = this.#scales[row] as number
    const values = this.#rows.subarray(row * this.dimensions, (row + 1) * this.dimensions)
    return Float32Array.from(values, value => value * scale)
  }

  /** The papers nearest to a unit vector, best first, none under `least`; reads every paper's own row once. */
  nearest(query: Float32Array, limit: number, least = 0): Neighbour[] {
    const found: Neighbour[] = []
    for (let doc = 0; doc < this.size; doc++) {
      const cosine = this.cosine(query, doc)
      if (cosine >= least) found.push({ doc, cosine })
    }
    return found.sort((x, y) => y.cosine - x.cosine || x.doc - y.doc).slice(0, limit)
  }

  #write(first: number, vectors: Float32Array): void {
    const { dimensions } = this
    for (let i = 0; i * dimensions < vectors.length; i++) {
      const vector = vectors.subarray(i * dimensions, (i + 1) * dimensions)
      this.#scales[first + i] = quantize(vector, this.#rows, (first + i) * dimensions)
    }
  }

  #cosineOfRow(query: Float32Array, row: number): number {
    return dotInt8(query, this.#rows, row * this.dimensions) * (this.#scales[row] as number)
  }
}
