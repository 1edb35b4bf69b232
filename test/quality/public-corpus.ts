import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { evalFolder, readLines } from './data.ts'

/** A public set that abstracts are drawn from, and that every n-th of its records stands beside those asked about. */
type Source = readonly [file: string, every: number]

const sources: readonly Source[] = [
  ['public/acmcr/corpus.jsonl.gz', 800],
  ['public/scifact/corpus.jsonl', 40],
  ['public/pubmedqa/corpus.jsonl', 8],
  ['public/scitldr/corpus.jsonl', 40],
]

interface Line {
  readonly gold?: readonly string[]
  readonly about?: string
  readonly paper?: string
}

/** Lines of a source by id; each source is read once a run. */
const linesOf = new Map<string, ReadonlyMap<string, string>>()

function linesById(file: string): ReadonlyMap<string, string> {
  const known = linesOf.get(file)
  if (known !== undefined) return known
  const bytes = readFileSync(resolve(evalFolder, file))
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const read = new Map(
    text
      .split('\n')
      .filter(line => line.trim() !== '')
      .map(line => [(JSON.parse(line) as { id: string }).id, line]),
  )
  linesOf.set(file, read)
  return read
}

export const cranfield: Source = ['public/cranfield/corpus.jsonl', 14]

/** Corpus files by the questions over them. */
const files = new Map<string, string>()

/** Papers of the public sets that any of those named lies in: the named ones, and neighbours. */
function corpusOf(named: ReadonlySet<string>, from: readonly Source[]): string {
  const kept = from.flatMap(([file, every]) => {
    const lines = [...linesById(file)]
    if (!lines.some(([id]) => named.has(id))) return []
    return lines.filter(([id], i) => i % every === 0 || named.has(id)).map(([, line]) => line)
  })
  const file = join(mkdtempSync(join(tmpdir(), 'lectern-public-')), 'corpus.jsonl')
  writeFileSync(file, `${kept.join('\n')}\n`)
  return file
}

/**
 * A corpus file for questions over public abstracts: the papers that the questions ask about, and neighbours from the
 * sources that they lie in. Put together in a temporary folder once a run.
 * @param questions the questions' file, one JSON object a line with `gold`, `about` or `paper`
 * @param more sources besides the usual ones
 */
export function corpusAround(questions: string, ...more: Source[]): string {
  const known = files.get(questions)
  if (known !== undefined) return known
  const asked = new Set(
    readLines<Line>(questions).flatMap(({ gold = [], about, paper }) => [
      ...gold,
      ...[about, paper].filter(id => id !== undefined),
    ]),
  )
  const file = corpusOf(asked, [...sources, ...more])
  files.set(questions, file)
  return file
}

/** Questions over abstracts of other fields that no weight is fitted on and no feature was written from: a judge apart. */
export const elsewhereQuestions = resolve(import.meta.dirname, 'elsewhere/questions.jsonl')

export const elsewhereCorpus = (): string => corpusAround(elsewhereQuestions)

/** A file of questions over public abstracts, and the corpus that they are asked of. */
export interface WrittenSet {
  readonly name: string
  readonly file: string
  readonly corpus: () => string
}

const setsIn = (folder: string): WrittenSet[] =>
  readdirSync(resolve(import.meta.dirname, folder))
    .filter(name => name.endsWith('.jsonl'))
    .sort()
    .map(name => {
      const file = resolve(import.meta.dirname, folder, name)
      return { name: name.slice(0, -'.jsonl'.length), file, corpus: () => corpusAround(file) }
    })

/** Questions over public abstracts of many fields, each file a set of its own: for fitting. */
export const writtenSets = (): WrittenSet[] => setsIn('written')

/** The same, which no weight is fitted on: a judge apart, with many questions of how, why and limits. */
export const judgingSets = (): WrittenSet[] => setsIn('judging')

/** Searches for public abstracts in other words than theirs, each file a set of its own: for fitting. */
export const searchSets = (): WrittenSet[] => setsIn('searches')
