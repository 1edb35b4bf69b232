import { type Identifiers, type NamedPapers, namedIn } from '../index/identifier-index.ts'

/** What papers are found by. */
export interface Named {
  readonly paper: { readonly id: string }
  readonly refs: readonly string[]
  readonly names: readonly string[]
  readonly title: string
}

/** The identifiers of a few papers, read off what was kept of them. */
export class IdentifierMap implements Identifiers {
  readonly #ids = new Map<string, number>()
  readonly #refs = new Map<string, number>()
  readonly #names = new Map<string, number>()
  readonly #titles = new Map<string, number>()

  constructor(papers: readonly Named[]) {
    for (const [position, { paper, refs, names, title }] of papers.entries()) {
      add(this.#ids, paper.id, position)
      for (const ref of refs) add(this.#refs, ref, position)
      for (const name of names) add(this.#names, name, position)
      if (title !== '') add(this.#titles, title, position)
    }
  }

  position(id: string): number | undefined {
    return this.#ids.get(id)
  }

  positionOfRef(ref: string): number | undefined {
    return this.#refs.get(ref)
  }

  named(text: string): NamedPapers {
    return namedIn(text, {
      position: name => this.#names.get(name),
      titled: title => this.#titles.get(title),
    })
  }
}

/** The first one counts. */
function add(map: Map<string, number>, key: string, position: number): void {
  if (!map.has(key)) map.set(key, position)
}
