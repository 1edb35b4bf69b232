import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { analyzePaper } from '../../src/answer/analyzed-paper.ts'
import { readQuestion } from '../../src/answer/question.ts'
import type { Told } from '../../src/answer/ranking/linear.ts'
import { belongingFeatures, surveyed } from '../../src/answer/routing/survey.ts'
import { evalFolder, haveData, meaning, readLines, searchOf, shipped } from './data.ts'
import { type Case, fitLogistic, logitOf } from './logistic.ts'
import { mean } from './metrics.ts'

/**
 * Fits src/answer/routing/survey-weights.json: which of search's papers belong to the answer of a question that several
 * papers answer. Tells what leaving one set out says. `node test/quality/fit-survey.ts [--write]`
 */
interface Line {
  readonly kind: string
  readonly text: string
  readonly by_paper?: Readonly<Record<string, readonly string[]>>
}

interface Asked {
  readonly set: string
  readonly rows: readonly Told[]
  readonly right: readonly boolean[]
  readonly all: number
}

async function read(set: string, corpus: string): Promise<Asked[]> {
  const search = await searchOf(corpus)
  return readLines<Line>(`${set}/questions.jsonl`)
    .filter(({ kind }) => kind === 'survey')
    .map(({ text, by_paper: gold = {} }) => {
      const { hits } = search.search(text, { limit: surveyed })
      const top = hits[0]?.score ?? 1
      const papers = hits.map(({ paper, score }) => ({ paper: analyzePaper(paper), standing: score / top }))
      return {
        set,
        rows: belongingFeatures(readQuestion(text, search, meaning), papers),
        right: papers.map(({ paper }) => paper.paper.id in gold),
        all: Object.keys(gold).length,
      }
    })
}

const ridge = 0.02

function fitted(asked: readonly Asked[], names: readonly string[]) {
  const cases = asked.flatMap(({ rows, right }) =>
    rows.map(
      (row, i): Case => ({
        figures: names.map(name => Number(row[name] ?? 0)),
        positive: right[i] ?? false,
        counts: 1,
      }),
    ),
  )
  return fitLogistic(cases, names.length, ridge)
}

async function main(write: boolean): Promise<void> {
  if (!haveData()) {
    console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was fitted.`)
    return
  }
  const asked = [...(await read('conversation', shipped)), ...(await read('surveys', 'surveys/corpus.jsonl'))]
  const names = Object.keys(asked[0]?.rows[0] ?? {})
  for (const set of ['conversation', 'surveys']) {
    const model = fitted(
      asked.filter(one => one.set !== set),
      names,
    )
    const own = asked.filter(one => one.set === set)
    for (const ratio of [0.3, 0.4, 0.5, 0.6, 0.7]) {
      const figures = own.map(({ rows, right, all }) => {
        const chances = rows.map(
          row =>
            1 /
            (1 +
              Math.exp(
                -logitOf(
                  model,
                  names.map(name => Number(row[name] ?? 0)),
                ),
              )),
        )
        const surest = Math.max(...chances)
        const order = chances
          .map((chance, i) => ({ chance, right: right[i] ?? false }))
          .filter(({ chance }) => chance >= ratio * surest)
          .sort((a, b) => b.chance - a.chance)
          .slice(0, 5)
        const good = order.filter(one => one.right).length
        return [good / Math.min(5, all), good / Math.max(1, order.length)] as const
      })
      console.log(
        `${set} left out, ratio ${ratio}: right papers covered ${mean(figures.map(([c]) => c)).toFixed(3)}, precise ${mean(figures.map(([, p]) => p)).toFixed(3)}`,
      )
    }
  }
  const model = fitted(asked, names)
  const rounded = (value: number) => Number(value.toFixed(3))
  const weights = Object.fromEntries(names.map((name, j) => [name, rounded(model.weights[j] ?? 0)]))
  console.log(weights, model.bias)
  if (!write) return
  const file = fileURLToPath(new URL('../../src/answer/routing/survey-weights.json', import.meta.url))
  writeFileSync(file, `${JSON.stringify({ bias: rounded(model.bias), weights }, null, 2)}\n`)
}

await main(process.argv.includes('--write'))
