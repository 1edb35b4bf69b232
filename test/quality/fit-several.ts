import { analyzedPaperCache } from '../../src/answer/analyzed-paper.ts'
import { readQuestion } from '../../src/answer/question.ts'
import type { FeatureValues } from '../../src/answer/ranking/linear.ts'
import { surveyPapers } from '../../src/answer/routing/answers.ts'
import { type Request, requestOf } from '../../src/answer/routing/request.ts'
import { mayBeForSeveral, severalFeatures } from '../../src/answer/routing/several-features.ts'
import { surveyed } from '../../src/answer/routing/survey.ts'
import type { Search } from '../../src/search/port.ts'
import { evalFolder, haveData, meaning, readLines, searchOf, shipped } from './data.ts'
import { type Case, fitLogistic, type Logistic, logitOf, tellWeights, withShareBelow } from './logistic.ts'
import { elsewhereCorpus, elsewhereQuestions, writtenSets } from './public-corpus.ts'
import { surveySets } from './surveyed.ts'

/**
 * Fits src/answer/routing/several-weights.json: whether several papers answer a question whose wording leaves that open.
 * Tells what leaving a set out says. `node test/quality/fit-several.ts [--write]`
 */
interface Example {
  readonly set: string
  readonly ofSeveral: boolean
  readonly request: Request
  readonly figures: FeatureValues
}

interface Line {
  readonly kind: string
  readonly text: string
  readonly before?: readonly string[]
  readonly gold_sentences?: readonly string[]
}

const ridge = 0.003
/** So many of the single questions that get a closer look stay with one paper. */
const staysShare = 0.9
/** Of the sets written for fitting, these: each a field of its own. */
const written: ReadonlySet<string> = new Set(['people', 'clinics', 'acm3', 'ml2', 'bio2'])

const read = analyzedPaperCache(4096)

function examplesOf(set: string, ofSeveral: boolean, search: Search, lines: readonly Line[]): Example[] {
  return lines.flatMap(({ text }) => {
    const { hits, byMeaning } = search.search(text, { limit: surveyed })
    if (hits.length < 3 || byMeaning) return []
    const request = requestOf(text, false)
    const question = readQuestion(text, search, meaning)
    const suggested = request === 'perhaps-survey'
    const papers = surveyPapers(hits, read)
    const isOpen = suggested || request === 'open'
    const meant = isOpen && !mayBeForSeveral(question, papers, suggested) ? 'single' : request
    return [{ set, ofSeveral, request: meant, figures: severalFeatures(question, papers, suggested) }]
  })
}

async function examples(): Promise<Example[]> {
  const surveys = (await surveySets()).flatMap(({ name, lines, search }) =>
    examplesOf(
      name,
      true,
      search,
      lines.filter(({ kind }) => kind === 'survey'),
    ),
  )
  const sets = [
    { name: 'conversation', corpus: () => shipped, file: 'conversation/questions.jsonl' },
    ...['strangers', 'fields'].map(name => ({
      name,
      corpus: () => `${name}/corpus.jsonl`,
      file: `${name}/questions.jsonl`,
    })),
    { name: 'elsewhere', corpus: elsewhereCorpus, file: elsewhereQuestions },
    ...writtenSets().filter(({ name }) => written.has(name)),
  ]
  const singles: Example[] = []
  for (const { name, corpus, file } of sets) {
    const lines = readLines<Line>(file).filter(
      one => one.gold_sentences !== undefined && one.before === undefined && one.kind !== 'digest',
    )
    singles.push(...examplesOf(name, false, await searchOf(corpus()), lines))
  }
  return [...surveys, ...singles]
}

const isOpen = ({ request }: Example): boolean => request === 'open' || request === 'perhaps-survey'
const names: string[] = []
const rowOf = ({ figures }: Example): number[] => names.map(name => Number(figures[name] ?? 0))

/** The bias is moved so that the wanted share of single questions stays below 0. */
function fitted(all: readonly Example[]): Logistic {
  const some = all.filter(isOpen)
  const several = some.filter(({ ofSeveral }) => ofSeveral).length
  const cases = some.map(
    (one): Case => ({
      figures: rowOf(one),
      positive: one.ofSeveral,
      counts: 1 / (one.ofSeveral ? several : some.length - several),
    }),
  )
  const model = fitLogistic(cases, names.length, ridge)
  const logits = some.filter(({ ofSeveral }) => !ofSeveral).map(one => logitOf(model, rowOf(one)))
  return withShareBelow(model, logits, staysShare)
}

const isSurvey = (one: Example, model: Logistic): boolean =>
  one.request === 'survey' || (isOpen(one) && logitOf(model, rowOf(one)) >= 0)

function report(title: string, judged: readonly (readonly [one: Example, asSurvey: boolean])[]): void {
  console.log(title)
  for (const [name, some] of Map.groupBy(judged, ([{ set, ofSeveral }]) =>
    ofSeveral ? `surveys of ${set}` : `single questions of ${set}`,
  )) {
    const share = some.filter(([, asSurvey]) => asSurvey).length / some.length
    console.log(
      `  ${name.padEnd(34)} ${String(some.length).padStart(4)}  taken for surveys ${share.toFixed(3)}`,
    )
  }
}

async function main(write: boolean): Promise<void> {
  if (!haveData()) {
    console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was fitted.`)
    return
  }
  const all = await examples()
  names.push(...Object.keys(all[0]?.figures ?? {}))
  const left = [...new Set(all.map(({ set }) => set))].flatMap(set => {
    const model = fitted(all.filter(one => one.set !== set))
    return all.filter(one => one.set === set).map(one => [one, isSurvey(one, model)] as const)
  })
  report('each set left out', left)
  const model = fitted(all)
  report(
    'in sample',
    all.map(one => [one, isSurvey(one, model)] as const),
  )
  tellWeights('several-weights.json', names, model, write)
}

await main(process.argv.includes('--write'))
