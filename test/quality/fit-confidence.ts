import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { confidenceExamples, type Example } from './confidence-data.ts'
import { evalFolder, haveData } from './data.ts'
import { type Case, fitLogistic, type Logistic, logitOf } from './logistic.ts'
import { areaUnderCurve, mean } from './metrics.ts'

/**
 * Fits src/answer/abstain/weights.json: when the bot answers and when it says that the abstracts do not. Tells what
 * cross-validation says of each set. `node test/quality/fit-confidence.ts [RIDGE] [--write]`
 */
const folds = 4
const shuffles = 3
/** The share of the questions of these sets that is to be answered. */
const answeredShare = 0.947
const typedSets = ['conversation', 'strangers', 'fields', 'facts']

/** What each set counts for together, however many examples it has. Sets that are not here only judge. */
const counts: Readonly<Record<string, number>> = {
  conversation: 3,
  strangers: 3,
  facts: 3,
  fields: 3.5,
  surveys: 1,
  'conversation absent': 2,
  'strangers absent': 2,
  'facts absent': 3,
  'fields absent': 1.8,
  'surveys absent': 0.4,
  'surveys look-alike': 1,
  'conversation offtopic': 2,
  'strangers offtopic': 0.6,
  written: 6,
  'written absent': 6,
  details: 6,
  'details absent': 6,
  findings: 5,
  'findings absent': 5,
  seed: 1.6,
  asked: 0.8,
  'seed names': 0.5,
  'scitldr names': 0.5,
  pubmedqa: 0.4,
  scifact: 0.1,
  'seed removed': 0.6,
  'asked removed': 0.6,
  'asked far': 1,
  'asked near': 1.2,
  'asked missing-fact': 4,
  'pubmedqa removed': 0.3,
  'scifact removed': 0.1,
  'far in seed': 2,
  'far in scitldr': 1.6,
  'near in seed': 0.8,
  'claims in seed': 0.2,
  'pubmedqa in seed': 0.2,
  'seed in pubmedqa': 0.2,
  'seed in scifact': 0.2,
  'missing in seed': 0.45,
  'missing in scitldr': 0.15,
  'foreign conversation': 0.6,
  'foreign strangers': 0.6,
  'foreign fields': 0.6,
  'foreign surveys': 0.06,
  'talk in seed': 1,
  'talk in strangers': 1,
  'talk in fields': 1,
  'talk in surveys': 1,
  'other talk in seed': 0.3,
  'other talk in strangers': 0.3,
  'other talk in fields': 0.3,
  'other talk in surveys': 0.3,
}

interface Fitted {
  readonly model: Logistic
  readonly threshold: number
}

const names: string[] = []
const rowOf = ({ figures }: Example): number[] => names.map(name => Number(figures[name] ?? 0))

function fitted(examples: readonly Example[], ridge: number): Fitted {
  const sizes = Map.groupBy(examples, ({ set }) => set)
  const cases = examples.map(
    (one): Case => ({
      figures: rowOf(one),
      positive: one.answered,
      counts: (counts[one.set] ?? 0) / (sizes.get(one.set)?.length ?? 1),
    }),
  )
  const model = fitLogistic(cases, names.length, ridge)
  const sure = examples.filter(({ set }) => typedSets.includes(set)).map(one => logitOf(model, rowOf(one)))
  const threshold = sure.sort((a, b) => a - b)[Math.floor((1 - answeredShare) * sure.length)] ?? 0
  return { model, threshold }
}

function foldOf(group: string, shuffle: number): number {
  let hash = 7 + shuffle * 131
  for (const char of group) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x5bd1e995) ^ (hash >>> 13)
  return Math.abs(hash) % folds
}

/** For each set, one entry a fold: the share answered, and the area under the curve against its positives. */
function crossed(
  examples: readonly Example[],
  ridge: number,
): Map<string, { answered: number; area: number }[]> {
  const found = new Map<string, { answered: number; area: number }[]>()
  for (let run = 0; run < folds * shuffles; run++) {
    const held = (one: Example) => foldOf(one.group, Math.floor(run / folds)) === run % folds
    const { model, threshold } = fitted(
      examples.filter(one => one.set in counts && !held(one)),
      ridge,
    )
    const asked = Map.groupBy(
      examples.filter(one => !(one.set in counts) || held(one)),
      ({ set }) => set,
    )
    const logits = (set: string) => (asked.get(set) ?? []).map(one => logitOf(model, rowOf(one)))
    for (const set of asked.keys()) {
      const of = logits(set)
      const area = areaUnderCurve(logits(positivesOf(set)), of)
      const answered = mean(of.map(logit => (logit >= threshold ? 1 : 0)))
      found.set(set, [...(found.get(set) ?? []), { answered, area }])
    }
  }
  return found
}

const positivesOf = (set: string): string =>
  set.includes('talk in') || set.startsWith('foreign')
    ? (set.split(' ').at(-1) ?? '')
    : set.includes('facts')
      ? set.replace(' absent', '')
      : ((/^(?:pubmedqa|scifact|asked|conversation|strangers|fields|surveys|written|details|findings|judged findings) /.test(
          set,
        )
          ? set.replace(/ \S+$/u, '')
          : 'seed') ?? '')

/** What belongs to a set: its questions, those put to its collection, and of the shipped one also the other queries. */
const belongsTo = (name: string, set: string): boolean =>
  set.includes(name) || (name === 'conversation' && /\b(?:seed|asked|judged (?:far|near|missing))/u.test(set))

/** What the fit on all other sets says of a whole set: the share answered, or refused where that is right. */
function leftOut(examples: readonly Example[], ridge: number, name: string): void {
  const { model, threshold } = fitted(
    examples.filter(({ set }) => set in counts && !belongsTo(name, set)),
    ridge,
  )
  const logits = Map.groupBy(
    examples.filter(({ set }) => belongsTo(name, set)),
    ({ set }) => set,
  )
  for (const [set, own] of logits) {
    const of = own.map(one => logitOf(model, rowOf(one)))
    const answered = mean(of.map(logit => (logit >= threshold ? 1 : 0)))
    const sure = examples.filter(one => one.set === positivesOf(set)).map(one => logitOf(model, rowOf(one)))
    console.log(
      own[0]?.answered
        ? `${name} left out, ${set}: answered ${answered.toFixed(3)}`
        : `${name} left out, ${set}: refused ${(1 - answered).toFixed(3)}, area under the curve ${areaUnderCurve(sure, of).toFixed(3)}`,
    )
  }
}

async function main(ridge: number, write: boolean): Promise<void> {
  if (!haveData()) throw new Error(`No evaluation data at ${evalFolder}.`)
  const examples = (await confidenceExamples()).filter(({ figures }) => Object.keys(figures).length > 0)
  names.push(...new Set(examples.flatMap(({ figures }) => Object.keys(figures))))
  for (const [set, runs] of crossed(examples, ridge)) {
    const answered = mean(runs.map(run => run.answered))
    const area = mean(runs.map(run => run.area))
    const positive = examples.some(one => one.set === set && one.answered)
    console.log(
      positive
        ? `held out ${set}: answered ${answered.toFixed(3)}`
        : `held out ${set}: refused ${(1 - answered).toFixed(3)}, area under the curve ${area.toFixed(3)}`,
    )
  }
  for (const name of [...typedSets, 'surveys']) leftOut(examples, ridge, name)
  const { model, threshold } = fitted(
    examples.filter(({ set }) => set in counts),
    ridge,
  )
  for (const [set, all] of Map.groupBy(examples, one => one.set)) {
    const answered = mean(all.map(one => (logitOf(model, rowOf(one)) >= threshold ? 1 : 0)))
    console.log(`final ${set}: answered ${answered.toFixed(3)}`)
  }
  const rounded = (value: number) => Number(value.toFixed(2))
  if (!write) return
  const weights = Object.fromEntries(names.map((name, j) => [name, rounded(model.weights[j] ?? 0)]))
  const file = fileURLToPath(new URL('../../src/answer/abstain/weights.json', import.meta.url))
  writeFileSync(
    file,
    `${JSON.stringify({ bias: rounded(model.bias - threshold), weights }, null, 2)}
`,
  )
}

await main(
  Number(process.argv.slice(2).find(word => !word.startsWith('--')) ?? 0.015),
  process.argv.includes('--write'),
)
