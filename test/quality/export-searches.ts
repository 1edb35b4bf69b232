import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { readablePaper } from '../../src/search/analysis/readable-paper.ts'
import { embeddedText } from '../../src/search/embedding/vector-index.ts'
import { papersOf } from './confidence-items.ts'
import { evalFolder, haveData, readLines } from './data.ts'
import { corpusAround, searchSets, writtenSets } from './public-corpus.ts'

/**
 * Writes the searches in other words than the papers' for tools/embeddings/queries.py: for each set the vectors of its
 * papers (`NAME.papers.f32`) and of what is asked (`NAME.asked.f32`), and which paper each asks for (`NAME.json`).
 * `node test/quality/export-searches.ts FOLDER`
 */
const embedder = await shippedEmbedder()

interface Line {
  readonly kind: string
  readonly text: string
  readonly gold?: readonly string[]
  readonly before?: readonly string[]
}

const vectorsOf = (texts: readonly string[]): Buffer => Buffer.from(embedder.embed(texts).buffer)

async function write(
  folder: string,
  { name, file }: { name: string; file: string },
  questions: readonly Line[],
): Promise<void> {
  const papers = (await papersOf(corpusAround(file))).map(readablePaper)
  const positions = new Map(papers.map(({ id }, at) => [id, at]))
  const asked = [...readLines<Line>(file), ...questions].flatMap(({ kind, text, gold = [], before }) => {
    const at = positions.get(gold[0] ?? '')
    return gold.length !== 1 || at === undefined || before !== undefined ? [] : [{ kind, text, at }]
  })
  writeFileSync(join(folder, `${name}.papers.f32`), vectorsOf(papers.map(one => embeddedText(one).whole)))
  writeFileSync(join(folder, `${name}.asked.f32`), vectorsOf(asked.map(({ text }) => text)))
  const lines = asked.map(({ kind, at }) => ({ kind, at }))
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(lines))
  console.log(`${name}: ${papers.length} papers, ${asked.length} searches`)
}

async function main(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error('usage: node test/quality/export-searches.ts FOLDER')
  if (!haveData()) {
    console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was written.`)
    return
  }
  mkdirSync(folder, { recursive: true })
  // Questions for details were written for refusals, and are not among what the projection that ships was fitted to.
  const questions = writtenSets()
    .filter(({ name }) => !name.startsWith('details'))
    .flatMap(({ file }) => readLines<Line>(file))
  for (const set of searchSets()) await write(resolve(folder), set, questions)
}

await main(process.argv[2])
