import { analyzePaper } from '../../src/answer/analyzed-paper.ts'
import { passageFeatures, sourcesOf } from '../../src/answer/passage-ranker.ts'
import { passageWeights } from '../../src/answer/passage-weights.ts'
import { readQuestion } from '../../src/answer/question.ts'
import { asked, evalFolder, haveData, searchOf } from './data.ts'
import { fitChoice, type List, worthAt } from './listwise.ts'
import { mean, sentenceAt } from './metrics.ts'
import { questionsOf } from './questions.ts'

/**
 * Fits the weights of src/answer/passage-weights.ts on the seed questions, those in test/quality/asked and the SciFact
 * claims, tells what cross-validation says, and prints them.
 * `node test/quality/fit-evidence.ts [RIDGE [FIGURE_TO_LEAVE_OUT ...]]`
 */
const folds = 4
/** Neither collection asks what a thing is; people do. */
const setByHand = { definition: 1.5 }

interface Set {
  readonly name: string
  /** How often each of its questions counts: there are many claims, but the bot is asked questions. */
  readonly counts: number
  readonly lists: readonly List[]
}

let names: readonly string[] = []

async function setOf(
  name: string,
  counts: number,
  corpus: string,
  file: string,
  left: readonly string[],
): Promise<Set> {
  const search = await searchOf(corpus)
  const lists = questionsOf(file).map(({ text, gold_sentences: gold }) => {
    const found = passageFeatures(
      readQuestion(text, search),
      sourcesOf(search.search(text).hits, analyzePaper),
    )
    names = Object.keys(found[0]?.figures ?? {}).filter(one => !left.includes(one))
    return {
      worth: found.map(({ sentence }) => sentenceAt(1, [sentence.text], gold)),
      figures: found.map(({ figures }) => names.map(one => figures[one] ?? 0)),
    }
  })
  return { name, counts, lists }
}

const weightsFor = (sets: readonly Set[], ridge: number): number[] =>
  fitChoice(
    sets.flatMap(({ counts, lists }) => Array<readonly List[]>(counts).fill(lists).flat()),
    names.length,
    ridge,
    frozen(),
  )

const frozen = (): Map<number, number> =>
  new Map(Object.entries(setByHand).map(([name, weight]) => [names.indexOf(name), weight]))

/** Which fold a question is in, for one of the shuffles. */
const foldOf = (i: number, shuffle: number): number => (i * 7 + Math.floor((i * shuffle) / 3)) % folds

function crossed(sets: readonly Set[], ridge: number): void {
  const scores = [0, 1, 2].flatMap(shuffle =>
    Array.from({ length: folds }, (_, k) => {
      const part = (set: Set, inside: boolean): Set => ({
        ...set,
        lists: set.lists.filter((_, i) => (foldOf(i, shuffle) === k) === inside),
      })
      const weights = weightsFor(
        sets.map(set => part(set, false)),
        ridge,
      )
      return sets.map(set => [1, 3].map(at => worthAt(at, part(set, true).lists, weights)))
    }),
  )
  sets.forEach(({ name }, i) => {
    const of = (j: number) => mean(scores.map(score => score[i]?.[j] ?? 0)).toFixed(3)
    console.log(`${name}: held out, gold sentence first ${of(0)}, in three ${of(1)}`)
  })
}

async function main(ridge: number, left: readonly string[]): Promise<void> {
  if (!haveData()) throw new Error(`No evaluation data at ${evalFolder}.`)
  const sets = [
    await setOf('seed', 2, 'seed/corpus.jsonl', 'seed/queries.jsonl', left),
    await setOf('asked', 2, 'seed/corpus.jsonl', asked('queries.jsonl'), left),
    await setOf('SciFact', 1, 'public/scifact/corpus.jsonl', 'public/scifact/evidence.jsonl', left),
  ]
  crossed(sets, ridge)
  const weights = weightsFor(sets, ridge)
  const now = names.map(name => passageWeights[name] ?? 0)
  for (const { name, lists } of sets) {
    const of = (model: readonly number[]) => [1, 3].map(k => worthAt(k, lists, model).toFixed(3)).join(' / ')
    console.log(`${name}: fitted on all ${of(weights)}, as it is ${of(now)}`)
  }
  console.log(Object.fromEntries(names.map((name, i) => [name, Number((weights[i] ?? 0).toFixed(1))])))
}

await main(Number(process.argv[2] ?? 10), process.argv.slice(3))
