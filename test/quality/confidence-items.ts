import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Paper } from '../../src/corpus/paper.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { evalFolder } from './data.ts'

/** A question, with the papers that answer it where there are any. */
export interface Item {
  readonly text: string
  readonly gold?: readonly string[]
  readonly group?: string
  readonly before?: readonly string[]
}

/** The lines of a list of questions that the project keeps. */
export const listed = (file: string): string[] =>
  readFileSync(resolve(import.meta.dirname, 'asked', file), 'utf8')
    .trim()
    .split('\n')

/** The papers of a file of the evaluation data. */
export const papersOf = async (file: string): Promise<Paper[]> =>
  (await readCorpus([resolve(evalFolder, file)])).papers.slice()

/** The name that a title gives its work: "Flames" in "Flames: Benchmarking Value Alignment of LLMs". */
const nameIn = (title: string): string | undefined => /^(\S{2,20}(?: \S{1,12})?):\s/u.exec(title)?.[1]

/** Facts that an abstract does not give, asked of every `step`th paper. */
export function missingFacts(papers: readonly Paper[], step: number): Item[] {
  const patterns = listed('missing.txt').map(line => line.split('\t'))
  return papers
    .filter((_, i) => i % step === 0)
    .flatMap((paper, i) =>
      [0, 1].flatMap(turn => {
        const at = (2 * i + turn) % patterns.length
        const [text = '', given = ''] = patterns[at] ?? []
        if (new RegExp(given, 'iu').test(`${paper.title} ${paper.abstract}`)) return []
        const name = turn === 0 ? nameIn(paper.title) : undefined
        const called =
          name ?? (i % 2 === 0 ? `'${paper.title}'` : `the paper on ${paper.title.toLowerCase()}`)
        return [{ text: text.replace('{paper}', called), group: `fact ${at}` }]
      }),
    )
}

/** What anybody would ask of a named work. */
export function namedWorks(papers: readonly Paper[], step: number): Item[] {
  const forms = ['What is {name}?', 'how does {name} work', '{name}', 'what does {name} do?', 'why {name}?']
  return papers
    .filter(({ title }) => nameIn(title) !== undefined)
    .filter((_, i) => i % step === 0)
    .map(({ id, title }, i) => ({
      text: (forms[i % forms.length] ?? '').replace('{name}', nameIn(title) ?? ''),
      gold: [id],
    }))
}
