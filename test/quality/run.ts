import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { evalFolder, haveData } from './data.ts'
import { besideEachOther } from './engines.ts'
import { modelName } from './model.ts'
import { report, table } from './report.ts'
import type { QualitySet, Row } from './set.ts'
import {
  askedQuestions,
  askedUnanswerable,
  scifactAnswers,
  seedQuestions,
  seedUnanswerable,
} from './sets/answers.ts'
import { generated } from './sets/generated.ts'
import { askedSearch, judgedSet, pubmedqa, seedSearch } from './sets/seed-search.ts'
import { scitldr } from './sets/summaries.ts'
import { typedSets } from './sets/typed.ts'

/** Their queries and papers are committed. */
const committed: readonly QualitySet[] = [...askedSearch, askedQuestions, askedUnanswerable, generated]

const beside: readonly QualitySet[] = [
  ...seedSearch,
  judgedSet('scifact', 'SciFact', 0.7),
  judgedSet('cranfield', 'Cranfield', 0.41),
  pubmedqa,
  seedQuestions,
  seedUnanswerable,
  ...typedSets,
  scifactAnswers,
  scitldr,
]

/** With a model's vectors the table is another one. */
const reportName = modelName === undefined ? 'quality' : `quality-${modelName}`

/**
 * `npm run quality [-- NAME ...]`: the sets whose names begin so; all of them also write docs/quality.md.
 * `--engines`: with the papers in memory and on OpenSearch beside each other. `--json`: the figures as data, nothing written.
 */
async function main(args: readonly string[]): Promise<void> {
  const wanted = args.filter(arg => !arg.startsWith('--'))
  if (args.includes('--engines')) {
    const compared = await besideEachOther(wanted)
    if (compared !== undefined) console.log(compared)
    return
  }
  const asData = args.includes('--json')
  const whole = haveData()
  const sets = whole ? [...committed, ...beside] : committed
  if (!whole)
    console.error(`SKIPPED: no evaluation data at ${evalFolder}: only the committed sets are measured.`)
  const chosen = sets.filter(
    ({ name }) => wanted.length === 0 || wanted.some(start => name.startsWith(start)),
  )
  if (chosen.length === 0) {
    console.error(`No such set. There are: ${sets.map(({ name }) => name).join(', ')}`)
    process.exitCode = 2
    return
  }
  const rows: Row[] = []
  for (const set of chosen) {
    const found = await set.rows()
    if (!asData) console.log(table(found))
    rows.push(...found)
  }
  if (asData) console.log(JSON.stringify(rows))
  else if (wanted.length === 0 && whole)
    writeFileSync(resolve(import.meta.dirname, `../../docs/${reportName}.md`), report(rows, modelName))
}

await main(process.argv.slice(2))
