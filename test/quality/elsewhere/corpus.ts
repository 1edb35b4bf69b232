import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { evalFolder } from '../data.ts'

/** Questions over abstracts of other fields that no weight is fitted on and no feature was written from: a judge apart. */
export const elsewhereQuestions = resolve(import.meta.dirname, 'questions.jsonl')

/** The public sets that the abstracts are drawn from; of each, every n-th record stands beside them as a neighbour. */
const sources: readonly (readonly [file: string, every: number])[] = [
  ['public/acmcr/corpus.jsonl.gz', 800],
  ['public/scifact/corpus.jsonl', 40],
  ['public/pubmedqa/corpus.jsonl', 8],
]

let written: string | undefined

/** The corpus file that the questions are asked of, put together in a temporary folder once a run: some 450 papers. */
export function elsewhereCorpus(): string {
  if (written !== undefined) return written
  const asked = new Set(
    linesOf(readFileSync(elsewhereQuestions, 'utf8')).flatMap(
      line => (JSON.parse(line) as { gold: string[] }).gold,
    ),
  )
  const kept = sources.flatMap(([file, every]) =>
    linesOf(textOf(file)).filter(
      (line, i) => i % every === 0 || asked.has((JSON.parse(line) as { id: string }).id),
    ),
  )
  written = join(mkdtempSync(join(tmpdir(), 'lectern-elsewhere-')), 'corpus.jsonl')
  writeFileSync(written, `${kept.join('\n')}\n`)
  return written
}

const linesOf = (text: string): string[] => text.split('\n').filter(line => line.trim() !== '')

function textOf(file: string): string {
  const bytes = readFileSync(resolve(evalFolder, file))
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}
