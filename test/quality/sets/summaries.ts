import { answererOf, readLines, searchOf } from '../data.ts'
import { mean, rouge1 } from '../metrics.ts'
import type { QualitySet } from '../set.ts'

const corpus = 'public/scitldr/corpus.jsonl'

interface Target {
  readonly id: string
  readonly paper: string
  readonly targets: readonly string[]
  readonly split?: string
}

/** Papers that are not for tuning where the data says so; all of them otherwise. */
function heldOut(all: readonly Target[]): readonly Target[] {
  const dev = all.filter(({ split }) => split === 'dev')
  return dev.length > 0 ? dev : all
}

export const scitldr: QualitySet = {
  name: 'scitldr',
  async rows() {
    const search = await searchOf(corpus)
    const answerer = await answererOf(corpus)
    const targets = heldOut(readLines<Target>('public/scitldr/queries.jsonl'))
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
        set: 'SciTLDR',
        figure: 'one-sentence summary, ROUGE-1 F (beside it: first sentence)',
        lectern: mean(made.map(({ summary, wanted }) => rouge1(summary?.tldr ?? '', wanted))),
        baseline: mean(made.map(({ abstract, wanted }) => rouge1(first(abstract), wanted))),
        reach: 0.385,
      },
      { set: 'SciTLDR', figure: 'sentences verbatim', lectern: mean(sentences), reach: 1 },
    ]
  },
}
