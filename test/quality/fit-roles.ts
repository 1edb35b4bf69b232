import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { forwardBackward } from '../../src/answer/ranking/hidden-markov.ts'
import { likelihoodsOf, phrasesIn, rhetoricalRoles } from '../../src/answer/ranking/rhetorical-roles.ts'
import { sentencesOf } from '../../src/answer/sentences.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { tokenize } from '../../src/search/analysis/analyze.ts'
import { evalFolder, haveData } from './data.ts'
import { elsewhereCorpus } from './public-corpus.ts'

/**
 * Fits src/answer/ranking/rhetorical-roles.json without labels: expectation maximisation (Dempster et al. 1977) of a
 * hidden Markov model over every fourth abstract of ACM-CR (Unlicense). Roles begin as fifths of the abstract and never go
 * back, so they keep their order. No abstract of a labelled set is among them. `node test/quality/fit-roles.ts`
 */
const every = 4
const rounds = 6
const mostPhrases = 1000
const [fewest, most] = [4, 16]
const roles = rhetoricalRoles.length

type Sums = { first: number[]; next: number[][]; met: Float64Array[]; sentences: number[] }

const folded = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim()

async function titlesOf(files: readonly string[]): Promise<Set<string>> {
  const { papers } = await readCorpus(files.map(file => resolve(evalFolder, file)))
  return new Set(papers.map(({ title }) => folded(title)))
}

async function abstracts(): Promise<Set<string>[][]> {
  const labelled = ['strangers', 'fields', 'surveys', 'seed'].map(set => `${set}/corpus.jsonl`)
  const excluded = await titlesOf([...labelled, elsewhereCorpus()])
  const { papers } = await readCorpus([resolve(evalFolder, 'public/acmcr/corpus.jsonl.gz')])
  return papers
    .filter(({ title }, i) => i % every === 0 && !excluded.has(folded(title)))
    .map(({ abstract }) => sentencesOf(abstract))
    .filter(({ length }) => length >= fewest && length <= most)
    .map(sentences => sentences.map(({ text }) => phrasesIn(tokenize(text))))
}

function commonPhrases(texts: readonly (readonly Set<string>[])[]): string[] {
  const counts = new Map<string, number>()
  for (const phrase of texts.flat().flatMap(one => [...one]))
    if (!phrase.includes('|')) counts.set(phrase, (counts.get(phrase) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostPhrases)
    .map(([phrase]) => phrase)
}

/** A little of everything, so that nothing is impossible but a step back. */
const begun = (): Sums => ({
  first: new Array(roles).fill(1),
  next: Array.from({ length: roles }, (_, from) =>
    Array.from({ length: roles }, (_, to) => (to < from ? 0 : 1)),
  ),
  met: Array.from({ length: roles }, () => new Float64Array(mostPhrases).fill(5)),
  sentences: new Array(roles).fill(10),
})

function add(sums: Sums, role: number, share: number, phrases: readonly number[]): void {
  sums.sentences[role] = (sums.sentences[role] ?? 0) + share
  const met = sums.met[role]
  if (met) for (const at of phrases) met[at] = (met[at] ?? 0) + share
}

/** Each sentence shared by the two roles next to its place. */
function byPlace(texts: readonly (readonly number[][])[]): Sums {
  const sums = begun()
  for (const text of texts)
    text.forEach((phrases, i) => {
      const place = (i / (text.length - 1)) * (roles - 1)
      for (let role = 0; role < roles; role++) {
        const share = Math.max(0, 1 - Math.abs(place - role))
        if (share > 0) add(sums, role, share, phrases)
        if (i === 0) sums.first[role] = (sums.first[role] ?? 0) + share
      }
    })
  sums.next = sums.next.map((row, from) =>
    row.map((_, to) => [40, 40, 15][to - from] ?? (to > from ? 15 : 0)),
  )
  return sums
}

interface Model {
  readonly first: number[]
  readonly next: number[][]
  readonly evidence: number[][]
}

function modelOf({ first, next, met, sentences }: Sums): Model {
  const sumOf = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0)
  const all = sumOf(sentences)
  const inAll = Array.from({ length: mostPhrases }, (_, at) => sumOf(met.map(own => own[at] ?? 0)))
  const shares = (row: readonly number[]) => row.map(value => Number((value / sumOf(row)).toFixed(4)))
  return {
    first: shares(first),
    next: next.map(shares),
    evidence: met.map((own, role) =>
      [...own].map((count, at) =>
        Math.round(100 * Math.log(count / (sentences[role] ?? 1) / ((inAll[at] ?? 1) / all))),
      ),
    ),
  }
}

function reestimated(model: Model, texts: readonly (readonly number[][])[]): Sums {
  const sums = begun()
  for (const text of texts) {
    const likelihoods = text.map(phrases => likelihoodsOf(model.evidence, phrases))
    const { share, forward, backward } = forwardBackward(model, likelihoods)
    text.forEach((phrases, i) => {
      share[i]?.forEach((value, role) => {
        add(sums, role, value, phrases)
        if (i === 0) sums.first[role] = (sums.first[role] ?? 0) + value
      })
      const then = likelihoods[i + 1]
      if (then === undefined) return
      const steps = (forward[i] ?? []).map((value, from) =>
        then.map((one, to) => value * (model.next[from]?.[to] ?? 0) * one * (backward[i + 1]?.[to] ?? 0)),
      )
      const all = steps.flat().reduce((sum, value) => sum + value, Number.EPSILON)
      sums.next = sums.next.map((row, from) => row.map((value, to) => value + (steps[from]?.[to] ?? 0) / all))
    })
  }
  return sums
}

if (haveData()) {
  const read = await abstracts()
  const phrases = commonPhrases(read)
  const positions = new Map(phrases.map((phrase, at) => [phrase, at]))
  const texts = read.map(text => text.map(one => [...one].flatMap(phrase => positions.get(phrase) ?? [])))
  let model = modelOf(byPlace(texts))
  for (let round = 0; round < rounds; round++) model = modelOf(reestimated(model, texts))
  for (const [role, own] of model.evidence.entries()) {
    const telling = own.map((log, at) => ({ log, phrase: phrases[at] })).sort((a, b) => b.log - a.log)
    console.log(
      `${rhetoricalRoles[role]}: ${telling
        .slice(0, 20)
        .map(({ phrase }) => phrase)
        .join(', ')}`,
    )
  }
  console.log(model.next.map(row => row.join(' ')).join('\n'))
  const file = fileURLToPath(new URL('../../src/answer/ranking/rhetorical-roles.json', import.meta.url))
  writeFileSync(file, `${JSON.stringify({ phrases: phrases.join('|'), ...model })}\n`)
} else console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was fitted.`)
