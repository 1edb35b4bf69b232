import { evalFolder, haveData } from './data.ts'
import { type Case, fitLogistic, type Logistic, logitOf, tellWeights, withShareBelow } from './logistic.ts'
import { type Put, type TopicExample, topicExamples } from './topic-data.ts'

/**
 * Fits src/answer/routing/topic-weights.json: whether a collection has papers on what is asked of several, or a list of
 * them. Tells what leaving out all questions of one set says. `node test/quality/fit-topic.ts [--write]`
 */
const ridge = 0.02
/** The share of the answerable questions that is to be on topic. */
const onTopicShare = 0.97
/** What one written to be refused counts for beside those that are put to other fields. */
const absentCounts = 3

const names = ['held', 'near', 'pairs']
const rowOf = ({ figures }: TopicExample): number[] => names.map(name => Number(figures[name] ?? 0))

/** Its bias is moved so that the wanted share has a probability of a half at least. */
function fitted(examples: readonly TopicExample[]): Logistic {
  const own = examples.filter(({ put }) => put === 'own').length
  const others = examples.length - own
  const countsOf: Readonly<Record<Put, number>> = {
    own: 1 / own,
    foreign: 1 / others,
    absent: absentCounts / others,
    removed: 0,
  }
  const cases = examples.map(
    (one): Case => ({ figures: rowOf(one), positive: one.put === 'own', counts: countsOf[one.put] }),
  )
  const model = fitLogistic(cases, names.length, ridge)
  const logits = examples.filter(({ put }) => put === 'own').map(one => logitOf(model, rowOf(one)))
  return withShareBelow(model, logits, 1 - onTopicShare)
}

interface Verdict extends TopicExample {
  readonly answered: boolean
}

const verdictOf = (one: TopicExample, model: Logistic): Verdict => ({
  ...one,
  answered: logitOf(model, rowOf(one)) >= 0,
})

function report(title: string, verdicts: readonly Verdict[]): void {
  const figures = [...Map.groupBy(verdicts, ({ kind, put }) => `${kind} ${put}`)].map(([name, some]) => {
    const answered = some.filter(one => one.answered).length / some.length
    return name.endsWith('own')
      ? `${name}: answered ${answered.toFixed(3)}`
      : `${name}: refused ${(1 - answered).toFixed(3)}`
  })
  console.log(`${title}\n  ${figures.join('\n  ')}`)
}

async function main(write: boolean): Promise<void> {
  if (!haveData()) {
    console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was fitted.`)
    return
  }
  const examples = await topicExamples()
  const fitting = (some: readonly TopicExample[]) => fitted(some.filter(({ put }) => put !== 'removed'))
  const leftOut = [...new Set(examples.map(({ set }) => set))].flatMap(set => {
    const model = fitting(examples.filter(one => one.set !== set))
    const verdicts = examples.filter(one => one.set === set).map(one => verdictOf(one, model))
    report(`${set} left out`, verdicts)
    return verdicts
  })
  report('all, each with its set left out', leftOut)
  const model = fitting(examples)
  report(
    'in sample',
    examples.map(one => verdictOf(one, model)),
  )
  tellWeights('topic-weights.json', names, model, write)
}

await main(process.argv.includes('--write'))
