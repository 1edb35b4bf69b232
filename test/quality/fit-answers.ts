import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Features } from '../../src/answer/ranking/linear.ts'
import { MatchNetwork, type MatchNetworkWeights } from '../../src/answer/ranking/match-network.ts'
import type { RankingWeights } from '../../src/answer/ranking/rank.ts'
import { type Case, caseOf, fitPaperWeights, metricsOf, rounded } from './answers/cases.ts'
import {
  type Labelled,
  labelledParts,
  labelledQuestions,
  questionsElsewhere,
  writtenQuestions,
} from './answers/labelled.ts'
import { evalFolder, haveData } from './data.ts'
import { mean } from './metrics.ts'

/**
 * Takes the models of tools/answers/fit.py, fits the choice of the paper to them, and tells what they say of questions
 * that took no part. `node test/quality/fit-answers.ts MODELS [--write]` writes weights.json and match-network.json of
 * src/answer/ranking; tools/answers/make.sh does it all.
 */
const counts: Readonly<Record<string, number>> = { seed: 0.3, asked: 0.3 }
const strayCounts = 1
/** After an answer from a paper that the search finds for the question too. */
const nearStrayCounts = 0.2
/** Of questions over public abstracts: follow-ups, and one in so many of the others. */
const followCounts = 0.5
const fewOthers = 6
const leftOut = ['conversation', 'strangers', 'fields', 'surveys', 'computing', 'biomedicine']

interface Model {
  readonly sentence: Features
  readonly network: MatchNetwork
}

interface StoredModel {
  readonly sentence: Features
  readonly network: MatchNetworkWeights
}

const stored = (folder: string, name: string): StoredModel =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as StoredModel

function modelOf(folder: string, name: string): Model {
  const { sentence, network } = stored(folder, name)
  return { sentence, network: new MatchNetwork(network) }
}

/** A stand-alone question after an answer from a paper that it does not ask about. */
function stray(labelled: Labelled, other: Labelled): Labelled | undefined {
  const candidates = labelled.candidates.map(one => ({ ...one, isSubject: false }))
  const paper = other.candidates.find(one => other.gold.includes(one.paper.paper.id))?.paper
  if (paper === undefined || candidates.some(one => one.paper === paper)) return undefined
  return {
    ...labelled,
    candidates: [...candidates, { paper, rank: undefined, standing: 0, isSubject: true }],
  }
}

const standingAlone = (labelled: readonly Labelled[]): Labelled[] =>
  labelled.filter(one => !one.follows && counts[one.set] === undefined)

/** Stand-alone questions after an answer from a paper that is near to them, and does not answer them. */
function nearStraysOf(labelled: readonly Labelled[]): Labelled[] {
  return standingAlone(labelled).flatMap((one, i) => {
    const wrong = one.candidates.filter(({ paper }) => !one.gold.includes(paper.paper.id))
    const last = wrong[i % Math.max(1, wrong.length)]?.paper
    if (last === undefined) return []
    return [{ ...one, candidates: one.candidates.map(each => ({ ...each, isSubject: each.paper === last })) }]
  })
}

function straysOf(labelled: readonly Labelled[]): Labelled[] {
  const alone = standingAlone(labelled)
  return alone.flatMap((one, i) => {
    const others = alone.filter(other => other.set === one.set)
    return stray(one, others[(i * 37 + 11) % others.length] ?? one) ?? []
  })
}

function report(title: string, judged: readonly (readonly [one: Labelled, figures: number[]])[]): void {
  const line = (name: string, some: typeof judged) =>
    console.log(
      `${name.padEnd(34)} ${String(some.length).padStart(5)}  ${[0, 1, 2, 3].map(at => mean(some.map(([, figures]) => figures[at] ?? 0)).toFixed(3)).join('  ')}`,
    )
  console.log(`\n${title}: first, shown, precision, right paper`)
  const kinds = (some: typeof judged, indent: string) => {
    for (const [kind, few] of Map.groupBy(some, ([one]) => one.kind))
      if (some.length > few.length) line(`${indent}${kind}`, few)
  }
  for (const [set, some] of Map.groupBy(judged, ([one]) => one.set)) {
    line(set, some)
    kinds(some, '    ')
  }
  const single = judged.filter(([{ set }]) => !set.endsWith('parts'))
  line('single questions together', single)
  kinds(single, '    ')
}

/** Sets over the same papers are left out together. */
const familyOf = (set: string): string =>
  /^(?:conversation|seed|asked)\b/u.test(set) ? 'conversation' : (set.split(' ')[0] ?? set)

async function main(folder: string | undefined, write: boolean): Promise<void> {
  if (folder === undefined) throw new Error('usage: node test/quality/fit-answers.ts MODELS [--write]')
  if (!haveData()) {
    console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was fitted.`)
    return
  }
  const labelled = await labelledQuestions()
  const strays = straysOf(labelled)
  const nearStrays = nearStraysOf(labelled)
  // Half of the written sets took no part in one of the models: they tell when a conversation goes on, and when not.
  const written = await writtenQuestions((_, i) => i % 2 === 0)
  const going = written.filter(({ follows }) => follows)
  const others = written.filter(({ follows }, i) => !follows && i % fewOthers === 0)
  const parts = await labelledParts()
  const tested = [...labelled.filter(one => counts[one.set] === undefined), ...parts]
  const models = new Map(leftOut.map(family => [family, modelOf(folder, family)]))
  // Scores of questions that a model was fitted to are too sure, and would count for too much in the choice of the paper.
  const half = modelOf(folder, 'half')
  const without = (one: Labelled): Model => models.get(familyOf(one.set)) ?? half
  const scored = (one: Labelled, weight: number): Case => caseOf(one, weight, without(one).network)
  const cases = [
    ...labelled.map(one => scored(one, counts[one.set] ?? 1)),
    ...strays.map(one => scored(one, strayCounts)),
    ...nearStrays.map(one => scored(one, nearStrayCounts)),
    ...going.map(one => scored(one, followCounts)),
    ...others.map(one => scored(one, strayCounts * followCounts)),
    ...straysOf(others).map(one => scored(one, strayCounts * followCounts)),
    ...nearStraysOf(others).map(one => scored(one, nearStrayCounts * followCounts)),
  ]
  const weightsOf = ({ sentence, network }: Model, used: (one: Labelled) => boolean): RankingWeights => ({
    sentence,
    network,
    paper: fitPaperWeights(cases.filter(used), one => without(one).sentence),
  })
  const judgedBy = new Map(
    [...models].map(([family, model]) => [family, weightsOf(model, one => familyOf(one.set) !== family)]),
  )
  const judgedOf = (some: readonly Labelled[]) =>
    some.flatMap(one => {
      const weights = judgedBy.get(familyOf(one.set))
      return weights === undefined ? [] : [[one, metricsOf(one, weights)] as const]
    })
  report('with the whole set left out', judgedOf(tested))
  report('the same after an answer from another paper', judgedOf(strays))
  report('the same after an answer from a paper near to them', judgedOf(nearStrays))
  const weights = weightsOf(modelOf(folder, 'all'), () => true)
  const judges = [...(await questionsElsewhere()), ...parts.filter(one => !models.has(familyOf(one.set)))]
  report(
    'questions that take no part in the fit',
    judges.map(one => [one, metricsOf(one, weights)] as const),
  )
  report(
    'in sample',
    tested.filter(one => models.has(familyOf(one.set))).map(one => [one, metricsOf(one, weights)] as const),
  )
  if (!write) return
  const ranking = fileURLToPath(new URL('../../src/answer/ranking/', import.meta.url))
  const told = { sentence: rounded(weights.sentence), paper: rounded(weights.paper) }
  writeFileSync(join(ranking, 'weights.json'), `${JSON.stringify(told, null, 2)}\n`)
  writeFileSync(join(ranking, 'match-network.json'), `${JSON.stringify(stored(folder, 'all').network)}\n`)
}

await main(
  process.argv.slice(2).find(word => !word.startsWith('--')),
  process.argv.includes('--write'),
)
