import { answererOf, readLines, searchOf } from '../data.ts'
import { mean, rouge1 } from '../metrics.ts'
import type { QualitySet } from '../set.ts'

const corpus = 'public/scitldr/corpus.jsonl'

interface Target {
  readonly id: string
  readonly paper: string
  readonly targets: readonly string[]
}

/** The collection lists its 1,992 papers for training first; the figure is taken on the 619 after them. */
const trained = 1992

export const scitldr: QualitySet = {
  name: 'scitldr',
  async rows() {
    const search = await searchOf(corpus)
    const answerer = await answererOf(corpus)
    const targets = readLines<Target>('public/scitldr/queries.jsonl').slice(trained)
    const made = targets.map(({ paper, targets: wanted }) => {
      const known = search.get(paper)
      const summary = known === undefined ? undefined : answerer.summarize(known)
      return { abstract: known?.abstract ?? '', summary, wanted }
    })
    const first = (abstract: string): string => /^.*?[.!?](?=\s|$)/.exec(abstract)?.[0] ?? abstract
    const sentences = made.flatMap(({ abstract, summary }) =>
      [summary?.tldr ?? '', ...(summary?.sentences ?? [])].map(text => (abstract.includes(text) ? 1 : 0)),
    )
    return [
      {
        set: 'SciTLDR dev',
        figure: 'one-sentence summary, ROUGE-1 F (beside it: first sentence)',
        lectern: mean(made.map(({ summary, wanted }) => rouge1(summary?.tldr ?? '', wanted))),
        baseline: mean(made.map(({ abstract, wanted }) => rouge1(first(abstract), wanted))),
        reach: 0.385,
      },
      { set: 'SciTLDR dev', figure: 'sentences verbatim', lectern: mean(sentences), reach: 1 },
    ]
  },
}
