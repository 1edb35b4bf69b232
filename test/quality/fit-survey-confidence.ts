import { analyzedPaperCache } from '../../src/answer/analyzed-paper.ts'
import { asSurvey, readQuestion } from '../../src/answer/question.ts'
import type { FeatureValues } from '../../src/answer/ranking/linear.ts'
import { settledRequest, surveyPapers } from '../../src/answer/routing/answers.ts'
import { severalOdds } from '../../src/answer/routing/several-features.ts'
import { surveyed, surveyOf } from '../../src/answer/routing/survey.ts'
import { surveyConfidenceFeatures } from '../../src/answer/routing/survey-confidence.ts'
import type { Search } from '../../src/search/port.ts'
import { asked, evalFolder, haveData, meaning, readLines, searchOf } from './data.ts'
import { type Case, fitLogistic, type Logistic, logitOf, tellWeights, withShareBelow } from './logistic.ts'
import { type SurveySet, surveySets } from './surveyed.ts'
import { foreignTo } from './topic-data.ts'

/**
 * Fits src/answer/routing/survey-confidence-weights.json: whether a collection answers a question that is put to several
 * of its papers. Tells what leaving out all questions of one set says. `node test/quality/fit-survey-confidence.ts
 * [--write]`
 */
type Put = 'own' | 'foreign' | 'absent' | 'talk'

interface Example {
  readonly set: string
  readonly put: Put
  readonly figures: FeatureValues
}

/** What those of a kind count for together. */
const counts: Readonly<Record<Put, number>> = { own: 1, foreign: 0.3, absent: 0.7, talk: 0.3 }
const ridge = 0.02
/** The share of the answerable questions that is to be answered. */
const answeredShare = 0.875

const read = analyzedPaperCache(4096)

/** None where the question is not taken for one that several papers answer. */
function exampleOf(set: string, put: Put, text: string, search: Search): Example[] {
  const { hits, byMeaning } = search.search(text, { limit: surveyed })
  if (byMeaning || hits.length < 2) return []
  const question = readQuestion(text, search, meaning)
  const request = settledRequest(text, question, hits, false, { search, read, meaning })
  if (request !== 'survey' && request !== 'perhaps-survey' && request !== 'open') return []
  const survey = asSurvey(question)
  const papers = surveyPapers(hits, read)
  const several = severalOdds(question, papers, request === 'perhaps-survey')
  return [{ set, put, figures: surveyConfidenceFeatures(survey, surveyOf(survey, papers), several) }]
}

const refused: ReadonlySet<string> = new Set(['absent', 'offtopic'])

function examplesOf({ name, lines, search }: SurveySet, others: ReadonlyMap<string, Search>): Example[] {
  const foreign = (foreignTo[name] ?? []).flatMap(other => others.get(other) ?? [])
  const talk = readLines<{ text: string }>(asked('offtopic.jsonl'))
  return [
    ...lines
      .filter(({ kind }) => kind === 'survey')
      .flatMap(({ text }) => [
        ...exampleOf(name, 'own', text, search),
        ...foreign.flatMap(other => exampleOf(name, 'foreign', text, other)),
      ]),
    ...lines
      .filter(({ kind }) => refused.has(kind))
      .flatMap(({ text }) => exampleOf(name, 'absent', text, search)),
    ...talk.flatMap(({ text }) => exampleOf(name, 'talk', text, search)),
  ]
}

/** Of collections without surveys: questions that look like such, and are to be refused. */
async function alsoRefused(set: string): Promise<Example[]> {
  const search = await searchOf(`${set}/corpus.jsonl`)
  return readLines<{ kind: string; text: string }>(`${set}/questions.jsonl`)
    .filter(({ kind }) => refused.has(kind))
    .flatMap(({ text }) => exampleOf(set, 'absent', text, search))
}

const names: string[] = []
const rowOf = ({ figures }: Example): number[] => names.map(name => Number(figures[name] ?? 0))

/** Its bias is moved so that the wanted share has a probability of a half at least. */
function fitted(examples: readonly Example[]): Logistic {
  const sizes = Map.groupBy(examples, ({ put }) => put)
  const cases = examples.map(
    (one): Case => ({
      figures: rowOf(one),
      positive: one.put === 'own',
      counts: counts[one.put] / (sizes.get(one.put)?.length ?? 1),
    }),
  )
  const model = fitLogistic(cases, names.length, ridge)
  const logits = (sizes.get('own') ?? []).map(one => logitOf(model, rowOf(one)))
  return withShareBelow(model, logits, 1 - answeredShare)
}

function report(title: string, verdicts: readonly (readonly [one: Example, answered: boolean])[]): void {
  const figures = [...Map.groupBy(verdicts, ([{ put }]) => put)].map(([put, some]) => {
    const answered = some.filter(([, is]) => is).length / some.length
    return put === 'own' ? `answered ${answered.toFixed(3)}` : `${put} refused ${(1 - answered).toFixed(3)}`
  })
  console.log(`${title}: ${figures.join(', ')}`)
}

async function main(write: boolean): Promise<void> {
  if (!haveData()) {
    console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was fitted.`)
    return
  }
  const sets = await surveySets()
  const searches = new Map(sets.map(({ name, search }) => [name, search]))
  const examples = [
    ...sets.flatMap(set => examplesOf(set, searches)),
    ...(await Promise.all(['strangers', 'fields'].map(alsoRefused))).flat(),
  ]
  names.push(...Object.keys(examples[0]?.figures ?? {}))
  const judged = (model: Logistic, some: readonly Example[]) =>
    some.map(one => [one, logitOf(model, rowOf(one)) >= 0] as const)
  const leftOut = [...new Set(examples.map(({ set }) => set))].flatMap(set =>
    judged(
      fitted(examples.filter(one => one.set !== set)),
      examples.filter(one => one.set === set),
    ),
  )
  for (const [set, some] of Map.groupBy(leftOut, ([one]) => one.set)) report(`${set} left out`, some)
  report('all, each with its set left out', leftOut)
  const model = fitted(examples)
  report('in sample', judged(model, examples))
  tellWeights('survey-confidence-weights.json', names, model, write)
}

await main(process.argv.includes('--write'))
