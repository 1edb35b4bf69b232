import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Case, caseOf, fitWeights, foldOf, metricsOf, rounded } from './answers/cases.ts'
import { type Labelled, labelledParts, labelledQuestions, questionsElsewhere } from './answers/labelled.ts'
import { evalFolder, haveData } from './data.ts'
import { mean } from './metrics.ts'

/**
 * Fits src/answer/ranking/weights.json on all labelled questions and tells what cross-validation says: over papers, and
 * with whole sets left out. `node test/quality/fit-answers.ts [--write]`
 */
const setWeights: Readonly<Record<string, number>> = { seed: 0.3, asked: 0.3 }
const strayWeight = 0.3
const partWeight = 0.5
const folds = 5

/** A stand-alone question after an answer from a paper that it does not ask about. */
function stray(labelled: Labelled, other: Labelled): Case {
  const candidates = labelled.candidates.map(one => ({ ...one, isSubject: false }))
  const paper = other.candidates.find(one => other.gold.includes(one.paper.paper.id))?.paper
  if (paper === undefined || candidates.some(one => one.paper === paper)) return caseOf(labelled, 0, 0)
  return caseOf(
    { ...labelled, candidates: [...candidates, { paper, rank: undefined, standing: 0, isSubject: true }] },
    0,
    strayWeight,
  )
}

function report(title: string, judged: readonly (readonly [one: Case, figures: number[]])[]): void {
  const line = (name: string, some: typeof judged) =>
    console.log(
      `${name.padEnd(34)} ${String(some.length).padStart(5)}  ${[0, 1, 2, 3].map(at => mean(some.map(([, figures]) => figures[at] ?? 0)).toFixed(3)).join('  ')}`,
    )
  console.log(`\n${title}: first, shown, precision, right paper`)
  for (const [set, some] of Map.groupBy(judged, ([one]) => one.set)) {
    line(set, some)
    for (const [kind, few] of Map.groupBy(some, ([one]) => one.kind))
      if (some.length > few.length) line(`    ${kind}`, few)
  }
}

const paperSet = (set: string): string => (/^(?:conversation|seed|asked)\b/u.test(set) ? 'shipped' : set)

async function main(write: boolean): Promise<void> {
  if (!haveData()) {
    console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was fitted.`)
    return
  }
  const labelled = await labelledQuestions()
  const cases = labelled.map(one => caseOf(one, setWeights[one.set] ?? 1, setWeights[one.set] ?? 1))
  const alone = labelled.filter(one => !one.follows && setWeights[one.set] === undefined)
  const strays = alone.map((one, i) => {
    const others = alone.filter(other => other.set === one.set)
    return stray(one, others[(i * 37 + 11) % others.length] ?? one)
  })
  const parts = (await labelledParts()).map(one => caseOf(one, partWeight, 0))
  const everything = [...cases, ...strays, ...parts]
  const tested = [...cases.filter(one => setWeights[one.set] === undefined), ...parts]
  const judged: [Case, number[]][] = []
  for (let seed = 1; seed <= 2; seed++)
    for (let fold = 0; fold < folds; fold++) {
      const inFold = (one: Case) => one.gold.some(id => foldOf(paperSet(one.set), id, seed, folds) === fold)
      const weights = fitWeights(everything.filter(one => !inFold(one)))
      for (const one of tested.filter(inFold)) judged.push([one, metricsOf(one, weights)])
    }
  report('cross-validated over papers', judged)
  const left: [Case, number[]][] = []
  for (const set of ['conversation', 'strangers', 'fields', 'surveys', 'computing', 'biomedicine']) {
    const own = (one: Case) => paperSet(one.set).split(' ')[0] === paperSet(set)
    const weights = fitWeights(everything.filter(one => !own(one)))
    for (const one of tested.filter(one => one.set.startsWith(set))) left.push([one, metricsOf(one, weights)])
  }
  report('with the whole set left out', left)
  const weights = fitWeights(everything)
  const elsewhere = (await questionsElsewhere()).map(one => caseOf(one, 0, 0))
  report(
    'questions that take no part in the fit',
    elsewhere.map(one => [one, metricsOf(one, weights)] as const),
  )
  report(
    'in sample',
    tested.map(one => [one, metricsOf(one, weights)] as const),
  )
  if (!write) return
  const file = fileURLToPath(new URL('../../src/answer/ranking/weights.json', import.meta.url))
  writeFileSync(
    file,
    `${JSON.stringify({ sentence: rounded(weights.sentence), paper: rounded(weights.paper) }, null, 2)}\n`,
  )
}

await main(process.argv.includes('--write'))
