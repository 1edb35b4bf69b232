import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Case, caseOf, fitWeights, foldOf, metricsOf, rounded } from './answers/cases.ts'
import { labelledClaims } from './answers/labelled.ts'
import { evalFolder, haveData } from './data.ts'
import { mean } from './metrics.ts'

/**
 * Fits src/answer/ranking/claim-weights.json on SciFact's training claims and tells what cross-validation over papers
 * says. Claims ask nothing and are told by other weights than questions. `node test/quality/fit-claims.ts [--write]`
 */
const folds = 5

function report(title: string, figures: readonly number[][]): void {
  const row = [0, 1, 2, 3, 4].map(at => mean(figures.map(one => one[at] ?? 0)).toFixed(3)).join('  ')
  console.log(`${title.padEnd(30)} ${String(figures.length).padStart(5)}  ${row}`)
}

async function main(write: boolean): Promise<void> {
  if (!haveData()) {
    console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was fitted.`)
    return
  }
  const cases = (await labelledClaims())
    .filter(({ question }) => question.kinds.claim)
    .map(one => caseOf(one, 1))
  console.log('claims: first, shown, precision, right paper, right among three')
  const judged: number[][] = []
  for (let seed = 1; seed <= 2; seed++)
    for (let fold = 0; fold < folds; fold++) {
      const inFold = (one: Case) => one.gold.some(id => foldOf(one.set, id, seed, folds) === fold)
      const weights = fitWeights(cases.filter(one => !inFold(one)))
      for (const one of cases.filter(inFold)) judged.push(metricsOf(one, weights))
    }
  report('cross-validated over papers', judged)
  const weights = fitWeights(cases)
  report(
    'in sample',
    cases.map(one => metricsOf(one, weights)),
  )
  if (!write) return
  const file = fileURLToPath(new URL('../../src/answer/ranking/claim-weights.json', import.meta.url))
  const told = { sentence: rounded(weights.sentence), paper: rounded(weights.paper) }
  writeFileSync(file, `${JSON.stringify(told, null, 2)}\n`)
}

await main(process.argv.includes('--write'))
