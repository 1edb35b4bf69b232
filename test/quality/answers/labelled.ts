import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type AnalyzedPaper, analyzePaper } from '../../../src/answer/analyzed-paper.ts'
import { asSurvey, type Question, readQuestion } from '../../../src/answer/question.ts'
import type { Candidate } from '../../../src/answer/ranking/paper-features.ts'
import type { Paper } from '../../../src/corpus/paper.ts'
import type { Search } from '../../../src/search/port.ts'
import { asked, evalFolder, meaning, searchOf, shipped } from '../data.ts'
import {
  elsewhereCorpus,
  elsewhereQuestions,
  judgingSets,
  type WrittenSet,
  writtenSets,
} from '../public-corpus.ts'
import { questionsOf } from '../questions.ts'
import { type SurveySet, surveySets } from '../surveyed.ts'

/** A question of one of the labelled sets, ready to be answered. */
export interface Labelled {
  readonly set: string
  readonly kind: string
  readonly question: Question
  /** Paper ids, and the sentences any of which answers. */
  readonly gold: readonly string[]
  readonly sentences: readonly string[]
  readonly candidates: readonly Candidate[]
  readonly follows: boolean
}

interface Line {
  readonly text: string
  readonly kind: string
  readonly gold?: readonly string[]
  readonly gold_sentences?: readonly string[]
  readonly before?: readonly string[]
  readonly field?: string
}

const candidatesKept = 3

const folded = (text: string): string => text.replace(/\s+/gu, ' ').trim()

/** Equal, containing it, or a long part of it: how shared/eval/conversation scores. */
export function isGold(text: string, gold: readonly string[]): boolean {
  const own = folded(text)
  return gold
    .map(folded)
    .some(one => own === one || own.includes(one) || (own.length > 30 && one.includes(own)))
}

/** Analysed papers by identity, so that each is read once a run. */
const analysed = new Map<Paper, AnalyzedPaper>()
function analysedOf(paper: Paper): AnalyzedPaper {
  const found = analysed.get(paper) ?? analyzePaper(paper)
  analysed.set(paper, found)
  return found
}

/** Search's first papers, and the last answer's. */
export function candidatesFor(search: Search, text: string, subject?: string): Candidate[] {
  const { hits } = search.search(text)
  const top = Math.max(Number.EPSILON, hits[0]?.score ?? 0)
  const found = hits.slice(0, candidatesKept).map(({ paper, score }, rank) => ({
    paper: analysedOf(paper),
    rank,
    standing: score / top,
    isSubject: paper.id === subject,
  }))
  const last = subject === undefined ? undefined : search.get(subject)
  if (last === undefined || found.some(({ isSubject }) => isSubject)) return found
  return [...found, { paper: analysedOf(last), rank: undefined, standing: 0, isSubject: true }]
}

async function read(
  set: string,
  corpus: string,
  file: string,
  kinds?: ReadonlySet<string>,
): Promise<Labelled[]> {
  const search = await searchOf(corpus)
  const lines = readFileSync(resolve(evalFolder, file), 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
  return lines
    .map(line => JSON.parse(line) as Line)
    .filter(line => line.gold_sentences !== undefined && (kinds === undefined || kinds.has(line.kind)))
    .map(({ text, kind, gold = [], gold_sentences: sentences = [], before = [], field }) => {
      const subject = before[0] === undefined ? undefined : search.search(before[0]).hits[0]?.paper.id
      return {
        set: field === undefined || /^(?:written|judging)/u.test(set) ? set : `${set} ${field}`,
        kind,
        question: readQuestion(text, search, meaning),
        gold,
        sentences,
        candidates: candidatesFor(search, text, subject),
        follows: before.length > 0,
      }
    })
}

/** Each paper that answers a part of a survey, as a question of its own. */
function surveyParts({ name, lines, search }: SurveySet): Labelled[] {
  return lines.flatMap(({ text, kind, by_paper: parts = {} }) =>
    Object.entries(parts).flatMap(([id, sentences]) => {
      const paper = search.get(id)
      if (paper === undefined) return []
      const candidate = { paper: analysedOf(paper), rank: 0, standing: 1, isSubject: false }
      const question = asSurvey(readQuestion(text, search, meaning))
      const set = `${name} parts`
      return [{ set, kind, question, gold: [id], sentences, candidates: [candidate], follows: false }]
    }),
  )
}

/** Claims with their evidence, for or against them (SciFact). */
export async function labelledClaims(): Promise<Labelled[]> {
  const search = await searchOf('public/scifact/corpus.jsonl')
  return questionsOf('public/scifact/evidence.jsonl').map(({ text, gold, gold_sentences: sentences }) => ({
    set: 'claims',
    kind: 'claim',
    question: readQuestion(text, search, meaning),
    gold,
    sentences,
    candidates: candidatesFor(search, text),
    follows: false,
  }))
}

/** The parts of all surveys: which sentence of a paper that belongs says the thing itself. */
export const labelledParts = async (): Promise<Labelled[]> => (await surveySets()).flatMap(surveyParts)

const single: ReadonlySet<string> = new Set(
  'what how why result limits digest followup single question'.split(' '),
)

/** All questions that one paper answers, with their gold sentences. */
export async function labelledQuestions(): Promise<Labelled[]> {
  return (
    await Promise.all([
      read('conversation', shipped, 'conversation/questions.jsonl', single),
      read('strangers', 'strangers/corpus.jsonl', 'strangers/questions.jsonl', single),
      read('fields', 'fields/corpus.jsonl', 'fields/questions.jsonl', single),
      read('surveys', 'surveys/corpus.jsonl', 'surveys/questions.jsonl', single),
      read('seed', shipped, 'seed/queries.jsonl', single),
      read('asked', shipped, asked('queries.jsonl'), single),
    ])
  ).flat()
}

/** Questions over public abstracts of many fields, each file a set of its own; of all files or of some. */
export async function writtenQuestions(
  kept: (set: WrittenSet, position: number) => boolean = () => true,
): Promise<Labelled[]> {
  return readSets('written', writtenSets().filter(kept))
}

async function readSets(label: string, sets: readonly WrittenSet[]): Promise<Labelled[]> {
  const found: Labelled[] = []
  for (const { name, file, corpus } of sets)
    found.push(...(await read(`${label} ${name}`, corpus(), file, single)))
  return found
}

/** The questions that no weight is fitted on. */
export const questionsElsewhere = async (): Promise<Labelled[]> => [
  ...(await read('elsewhere', elsewhereCorpus(), elsewhereQuestions, single)),
  ...(await readSets('judging', judgingSets())),
]
