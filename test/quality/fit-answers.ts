import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { weigh } from '../../src/answer/ranking/linear.ts'
import {
  papersTold,
  type RankingWeights,
  rankSentences,
  shownOf,
  type Weighed,
  weighed,
} from '../../src/answer/ranking/rank.ts'
import { fitLists } from './answers/fit.ts'
import { isGold, type Labelled, labelledParts, labelledQuestions } from './answers/labelled.ts'
import { evalFolder, haveData } from './data.ts'
import { mean } from './metrics.ts'

/**
 * Fits src/answer/ranking/weights.json on all labelled questions and tells what cross-validation says: over papers, and
 * with whole sets left out. `node test/quality/fit-answers.ts [--write]`
 */
const setWeights: Readonly<Record<string, number>> = { seed: 0.15, asked: 0.15 }
const strayWeight = 0.3
const partWeight = 0.2
const folds = 5

interface Case extends Labelled {
  readonly all: readonly Weighed[]
  readonly right: readonly boolean[][]
  readonly sentenceWeight: number
  readonly paperWeight: number
}

function caseOf(labelled: Labelled, sentenceWeight: number, paperWeight: number): Case {
  const all = weighed(labelled.question, labelled.candidates)
  const right = all.map(({ candidate: { paper } }) =>
    paper.sentences.map(
      ({ text }) => labelled.gold.includes(paper.paper.id) && isGold(text, labelled.sentences),
    ),
  )
  return { ...labelled, all, right, sentenceWeight, paperWeight }
}

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

const ridgeOf = (name: string): number => (/^(?:agree|def|mech)\./u.test(name) ? 30 : 20)

function fitWeights(cases: readonly Case[]): RankingWeights {
  const sentence = fitLists(
    cases.flatMap(one => {
      const at = one.right.findIndex(right => right.includes(true))
      return at < 0
        ? []
        : [{ rows: one.all[at]?.sentences ?? [], right: one.right[at] ?? [], weight: one.sentenceWeight }]
    }),
    ridgeOf,
  )
  const paper = fitLists(
    cases.map(one => {
      const scores = one.all.map(({ sentences }) => sentences.map(told => weigh(sentence, told)))
      return {
        rows: papersTold(one.question, one.all, scores),
        right: one.all.map(({ candidate }) => one.gold.includes(candidate.paper.paper.id)),
        weight: one.paperWeight,
      }
    }),
    () => 1,
  )
  return { sentence, paper }
}

/** first, shown, precision, right paper first. */
function metricsOf(one: Case, weights: RankingWeights): number[] {
  const ranked = rankSentences(one.question, one.candidates, weights)
  const hits = ranked
    .slice(0, shownOf(one.question, ranked))
    .map(({ paper, sentence }) =>
      one.gold.includes(paper.paper.id) && isGold(sentence.text, one.sentences) ? 1 : 0,
    )
  const paper = ranked[0] !== undefined && one.gold.includes(ranked[0].paper.paper.id) ? 1 : 0
  return [hits[0] ?? 0, hits.includes(1) ? 1 : 0, mean(hits), paper]
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

/** A number of its own for each paper, always the same. */
function foldOf(set: string, id: string, seed: number): number {
  let hash = 2_166_136_261 + seed * 7_919
  for (const char of `${set.split(' ')[0]}${id}`)
    hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619) >>> 0
  return (hash >>> 8) % folds
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
      const inFold = (one: Case) => one.gold.some(id => foldOf(paperSet(one.set), id, seed) === fold)
      const weights = fitWeights(everything.filter(one => !inFold(one)))
      for (const one of tested.filter(inFold)) judged.push([one, metricsOf(one, weights)])
    }
  report('cross-validated over papers', judged)
  const left: [Case, number[]][] = []
  for (const set of ['conversation', 'strangers', 'fields', 'surveys']) {
    const own = (one: Case) => paperSet(one.set).split(' ')[0] === paperSet(set)
    const weights = fitWeights(everything.filter(one => !own(one)))
    for (const one of tested.filter(one => one.set.startsWith(set))) left.push([one, metricsOf(one, weights)])
  }
  report('with the whole set left out', left)
  const weights = fitWeights(everything)
  report(
    'in sample',
    tested.map(one => [one, metricsOf(one, weights)] as const),
  )
  if (!write) return
  const rounded = (part: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(part).map(([name, weight]) => [name, Number(weight.toFixed(3))]))
  const file = fileURLToPath(new URL('../../src/answer/ranking/weights.json', import.meta.url))
  writeFileSync(
    file,
    `${JSON.stringify({ sentence: rounded(weights.sentence), paper: rounded(weights.paper) }, null, 2)}\n`,
  )
}

await main(process.argv.includes('--write'))
