import { type AnalyzedPaper, analyzePaper } from '../../src/answer/analyzed-paper.ts'
import { summaryFeatures } from '../../src/answer/summary-ranker.ts'
import type { WordModel } from '../../src/answer/summary-weights.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { tokenize } from '../../src/search/analysis/analyze.ts'
import { evalFolder, haveData, readLines } from './data.ts'
import { fitChoice, type List, worthAt } from './listwise.ts'
import { mean, rouge1 } from './metrics.ts'

/**
 * Fits the constants of src/answer/summary-weights.ts on the training papers of SciTLDR-A, tells what four-fold
 * cross-validation and the development papers say, and prints the constants.
 * `node test/quality/fit-summary.ts [RIDGE]`
 */
const trained = 1992
const folds = 4
/** ROUGE does not mind a sentence that dangles (.001 on the development papers); readers do. */
const setByHand = { dangles: -2 }

interface Example {
  readonly outline: AnalyzedPaper
  readonly targets: readonly string[]
  readonly worth: readonly number[]
}

function examples(): Example[] {
  const papers = new Map(readLines<Paper>('public/scitldr/corpus.jsonl').map(paper => [paper.id, paper]))
  return readLines<{ paper: string; targets: string[] }>('public/scitldr/queries.jsonl').map(
    ({ paper, targets }) => {
      const outline = analyzePaper(papers.get(paper) as Paper)
      return { outline, targets, worth: outline.sentences.map(({ text }) => rouge1(text, targets)) }
    },
  )
}

const rows = 4

function fitWords(from: readonly Example[]): WordModel {
  const met = { inTitle: new Array(rows).fill(0), elsewhere: new Array(rows).fill(0), stop: 0 }
  const kept = structuredClone(met)
  for (const { outline, targets } of from) {
    const wanted = new Set(tokenize(targets[0] ?? '').map(({ term }) => term))
    const seen = new Set<string>()
    for (const { term, stop } of outline.sentences.flatMap(({ tokens }) => tokens)) {
      if (seen.has(term)) continue
      seen.add(term)
      const hit = wanted.has(term) ? 1 : 0
      if (stop) {
        met.stop++
        kept.stop += hit
        continue
      }
      const row = outline.title.has(term) ? 'inTitle' : 'elsewhere'
      const at = Math.min(rows, outline.spread.get(term) ?? 1) - 1
      met[row][at]++
      kept[row][at] += hit
    }
  }
  const shares = (row: 'inTitle' | 'elsewhere'): number[] =>
    met[row].map((count: number, i: number) => Number((kept[row][i] / Math.max(1, count)).toFixed(2)))
  return {
    inTitle: shares('inTitle'),
    elsewhere: shares('elsewhere'),
    stopWord: Number((kept.stop / met.stop).toFixed(2)),
  }
}

function lists(from: readonly Example[], words: WordModel, names: readonly string[]): List[] {
  return from
    .filter(({ worth }) => worth.length > 0)
    .map(({ outline, worth }) => ({
      worth,
      figures: summaryFeatures(outline, words).map(told => names.map(name => Number(told[name] ?? 0))),
    }))
}

function main(ridge: number, left: readonly string[]): void {
  if (!haveData()) throw new Error(`No evaluation data at ${evalFolder}.`)
  const all = examples()
  const train = all.slice(0, trained)
  const dev = all.slice(trained)
  const some = train[0] as Example
  const names = Object.keys(summaryFeatures(some.outline, fitWords(train))[0] ?? {}).filter(
    n => !left.includes(n),
  )
  const frozen = new Map(Object.entries(setByHand).map(([name, weight]) => [names.indexOf(name), weight]))
  const score = (fit: readonly Example[], test: readonly Example[]) => {
    const words = fitWords(fit)
    const weights = fitChoice(lists(fit, words, names), names.length, ridge, frozen)
    return { words, weights, worth: worthAt(1, lists(test, words, names), weights) }
  }
  const crossed = Array.from(
    { length: folds },
    (_, k) =>
      score(
        train.filter((_, i) => i % folds !== k),
        train.filter((_, i) => i % folds === k),
      ).worth,
  )
  const { words, weights, worth } = score(train, dev)
  console.log(`train, ${folds}-fold: ${mean(crossed).toFixed(4)}   dev: ${worth.toFixed(4)}`)
  console.log(words)
  console.log(Object.fromEntries(names.map((name, i) => [name, Number((weights[i] ?? 0).toFixed(2))])))
}

main(Number(process.argv[2] ?? 5), process.argv.slice(3))
