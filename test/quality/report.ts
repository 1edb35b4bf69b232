import type { Row } from './set.ts'

const shown = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(3))

/** Rows for a terminal. */
export function table(rows: readonly Row[]): string {
  return rows
    .map(({ set, figure, lectern, baseline, reach }) => {
      const short = reach !== undefined && lectern < reach - 0.0005 ? '  BELOW' : ''
      const beside = baseline === undefined ? '' : `  MiniSearch ${shown(baseline)}`
      return `${set.padEnd(18)} ${figure.padEnd(48)} ${shown(lectern)}${beside.padEnd(20)}  reach ${shown(reach)}${short}`
    })
    .join('\n')
}

/** The whole of docs/quality.md. @param model the embedding model that was on, as `EMBEDDINGS` names it */
export function report(rows: readonly Row[], model?: string): string {
  const lines = rows.map(
    ({ set, figure, lectern, baseline, reach }) =>
      `| ${set} | ${figure} | ${shown(lectern)} | ${shown(baseline)} | ${shown(reach)} |`,
  )
  const setting = model === undefined ? 'defaults' : `\`EMBEDDINGS=${model}\``
  return `# Quality

What \`npm run quality\` measured last, on the code and ${setting} that the commands run. The collections are not part
of the project; nothing in the program knows any of them. Baseline: MiniSearch with its defaults over title and
abstract (for summaries: the abstract's first sentence).

The aims are for the seed's queries. The "other" ones (test/quality/asked) were written for this project by people who
knew neither the program nor what it finds, on purpose in other words than the papers'; weights were fitted on both.
The rows of conversation, strangers, fields and surveys are questions as members type them, answered with weights that
were fitted on them: what the weights do to questions that took no part in the fit, \`tools/answers/make.sh\` and \`fit-confidence.ts\`,
\`fit-topic.ts\`, \`fit-several.ts\`, \`fit-survey-confidence.ts\` and \`fit-list.ts\` of test/quality print. No weight of sentences is fitted on elsewhere and the surveys of
learning and biology. The lexicon of everyday words was written before it was tried on any of them.

| set | figure | Lectern | baseline | aim |
| --- | --- | --- | --- | --- |
${lines.join('\n')}
`
}
