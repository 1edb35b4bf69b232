import { analyzePaper } from '../../src/answer/analyzed-paper.ts'
import { readQuestion } from '../../src/answer/question.ts'
import { type FeatureValues, logistic } from '../../src/answer/ranking/linear.ts'
import { leastQuoted, leastShare, mostQuoted, surveyed } from '../../src/answer/routing/survey.ts'
import { belongingFeatures, surveyMatches } from '../../src/answer/routing/survey-features.ts'
import { evalFolder, haveData, meaning } from './data.ts'
import { type Case, fitLogistic, type Logistic, logitOf, tellWeights } from './logistic.ts'
import { mean } from './metrics.ts'
import { type SurveySet, surveySets } from './surveyed.ts'

/**
 * Fits src/answer/routing/survey-weights.json: which of search's papers belong to the answer of a question that several
 * papers answer. Tells what leaving one set out says. `node test/quality/fit-survey.ts [--write]`
 */
interface Asked {
  readonly set: string
  readonly rows: readonly FeatureValues[]
  readonly right: readonly boolean[]
  readonly all: number
}

function read({ name, lines, search }: SurveySet): Asked[] {
  return lines
    .filter(({ kind }) => kind === 'survey')
    .map(({ text, by_paper: gold = {} }) => {
      const { hits } = search.search(text, { limit: surveyed })
      const top = hits[0]?.score ?? 1
      const papers = hits.map(({ paper, score }) => ({ paper: analyzePaper(paper), standing: score / top }))
      const matches = surveyMatches(readQuestion(text, search, meaning), papers)
      return {
        set: name,
        rows: belongingFeatures(matches),
        right: matches.map(({ paper }) => paper.paper.id in gold),
        all: Object.keys(gold).length,
      }
    })
}

const ridge = 0.02

const figuresOf = (row: FeatureValues, names: readonly string[]): number[] =>
  names.map(name => Number(row[name] ?? 0))

function fitted(asked: readonly Asked[], names: readonly string[]): Logistic {
  const cases = asked.flatMap(({ rows, right }) =>
    rows.map((row, i): Case => ({ figures: figuresOf(row, names), positive: right[i] ?? false, counts: 1 })),
  )
  return fitLogistic(cases, names.length, ridge)
}

/** Of the papers that are quoted: the share of the right ones, and of right ones among them. */
function covered({ rows, right, all }: Asked, model: Logistic, names: readonly string[], least: number) {
  const chances = rows.map(row => logistic(logitOf(model, figuresOf(row, names))))
  const surest = Math.max(...chances)
  const quoted = chances
    .map((chance, i) => ({ chance, right: right[i] ?? false }))
    .sort((a, b) => b.chance - a.chance)
    .filter(({ chance }, i) => i < leastQuoted || chance >= least * surest)
    .slice(0, mostQuoted)
  const good = quoted.filter(one => one.right).length
  return [good / Math.min(mostQuoted, all), good / Math.max(1, quoted.length)] as const
}

async function main(write: boolean): Promise<void> {
  if (!haveData()) {
    console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was fitted.`)
    return
  }
  const asked = (await surveySets()).flatMap(read)
  const names = Object.keys(asked[0]?.rows[0] ?? {})
  for (const set of new Set(asked.map(one => one.set))) {
    const model = fitted(
      asked.filter(one => one.set !== set),
      names,
    )
    for (const least of [0.3, 0.35, leastShare, 0.5, 0.6]) {
      const figures = asked.filter(one => one.set === set).map(one => covered(one, model, names, least))
      const [coverage, precision] = [0, 1].map(k => mean(figures.map(pair => pair[k] ?? 0)).toFixed(3))
      console.log(`${set} left out, share ${least}: right papers covered ${coverage}, precise ${precision}`)
    }
  }
  const model = fitted(asked, names)
  tellWeights('survey-weights.json', names, model, write)
}

await main(process.argv.includes('--write'))
