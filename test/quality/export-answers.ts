import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kindNames } from '../../src/answer/question/kinds.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import type { Token } from '../../src/search/analysis/analyze.ts'
import { type Case, caseOf } from './answers/cases.ts'
import { labelledParts, labelledQuestions, questionsElsewhere, writtenQuestions } from './answers/labelled.ts'
import { evalFolder, haveData } from './data.ts'

/**
 * Writes all labelled questions for tools/answers/fit.py: `cases.jsonl`, a question a line with the sentences of the
 * paper that answers it, and `words.f32`, a vector for each word they use. `node test/quality/export-answers.ts FOLDER`
 */
const embedder = await shippedEmbedder()
const positions = new Map<string, number>()
const vectors: Float32Array[] = []

function positionOf(word: string): number {
  const known = positions.get(word)
  if (known !== undefined) return known
  const at = vectors.push(embedder.embed([word])) - 1
  positions.set(word, at)
  return at
}

const tokensOf = (tokens: readonly Token[]) =>
  tokens.map(({ word, stop }) => [positionOf(word), Number(stop)])

/** Undefined where the paper that answers is not among the candidates. */
function lineOf({ set, question, all, right }: Case): string | undefined {
  const at = right.findIndex(own => own.includes(true))
  const answering = all[at]
  if (answering === undefined) return undefined
  const { candidate, sentences } = answering
  return JSON.stringify({
    set,
    several: Number(question.ofSeveral ?? false),
    kinds: kindNames.map(kind => Number(question.kinds[kind])),
    tokens: tokensOf(question.tokens),
    sentences: candidate.paper.sentences.map(({ tokens }, i) => ({
      tokens: tokensOf(tokens),
      right: Number(right[at]?.[i] ?? false),
      features: Object.fromEntries(
        Object.entries(sentences[i] ?? {})
          .filter(([name, value]) => name !== 'learned' && Number(value) !== 0)
          .map(([name, value]) => [name, Number(value)]),
      ),
    })),
  })
}

async function main(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error('usage: node test/quality/export-answers.ts FOLDER')
  if (!haveData()) {
    console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was written.`)
    return
  }
  const labelled = [
    ...(await labelledQuestions()),
    ...(await writtenQuestions()),
    ...(await labelledParts()),
    ...(await questionsElsewhere()),
  ]
  const lines = labelled.flatMap(one => lineOf(caseOf(one, 1)) ?? [])
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'cases.jsonl'), `${lines.join('\n')}\n`)
  writeFileSync(join(folder, 'words.f32'), Buffer.concat(vectors.map(one => Buffer.from(one.buffer))))
  console.log(`${lines.length} questions, ${vectors.length} words`)
}

await main(process.argv[2])
