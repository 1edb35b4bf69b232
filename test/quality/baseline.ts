import MiniSearch from 'minisearch'
import { sentencesOf } from '../../src/answer/sentences.ts'
import type { Paper } from '../../src/corpus/paper.ts'

/** MiniSearch with its defaults over title and abstract: what the figures are compared with. */
export class Baseline {
  readonly #mini: MiniSearch

  constructor(papers: readonly Paper[]) {
    this.#mini = new MiniSearch({ fields: ['title', 'abstract'] })
    this.#mini.addAll(papers)
  }

  rank(text: string): string[] {
    return this.#mini.search(text).map(hit => String(hit.id))
  }

  related(paper: Paper): string[] {
    return this.rank(`${paper.title} ${paper.abstract}`).filter(id => id !== paper.id)
  }
}

/** MiniSearch with its defaults over single sentences of the abstracts. */
export class SentenceBaseline {
  readonly #mini = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] })
  readonly #sentences: string[]

  constructor(papers: readonly Paper[]) {
    this.#sentences = papers.flatMap(({ abstract }) => sentencesOf(abstract).map(({ text }) => text))
    this.#mini.addAll(this.#sentences.map((text, id) => ({ id, text })))
  }

  rank(text: string, limit: number): string[] {
    const hits = this.#mini.search(text).slice(0, limit)
    return hits.map(({ id }) => this.#sentences[id as number] ?? '')
  }
}
