import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Paper } from '../../src/corpus/paper.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import type { Search } from '../../src/search/port.ts'
import { asked, evalFolder, readLines, searchOf, shipped } from './data.ts'
import { searchOver } from './model.ts'

/** A question of a set of surveys. */
export interface SurveyLine {
  readonly kind: string
  readonly text: string
  readonly gold?: readonly string[]
  readonly gold_sentences?: readonly string[]
  /** Of a list: 2 for papers on the topic, 1 for those that touch it. */
  readonly relevant?: Readonly<Record<string, number>>
  /** Of each paper that answers, the sentences any of which is a right one. */
  readonly by_paper?: Readonly<Record<string, readonly string[]>>
}

export interface SurveySet {
  readonly name: string
  readonly lines: readonly SurveyLine[]
  readonly search: Search
}

const sources = [
  'public/acmcr/corpus.jsonl.gz',
  'public/scifact/corpus.jsonl',
  'public/pubmedqa/corpus.jsonl',
  'public/scitldr/corpus.jsonl',
]

async function publicPapers(ids: ReadonlySet<string>): Promise<Paper[]> {
  const { papers } = await readCorpus(sources.map(file => resolve(evalFolder, file)))
  return papers.filter(({ id }) => ids.has(id))
}

/**
 * More collections as labs have them, each some subjects of a field among other papers, whose abstracts come from
 * the public sets. The questions were written from the subjects' abstracts before anything was tried on them; of the
 * first two, each paper that search brought for any of them besides was looked at too.
 */
async function ownSets(): Promise<SurveySet[]> {
  const ids = JSON.parse(readFileSync(asked('survey-papers.json'), 'utf8')) as Record<string, string[]>
  const papers = await publicPapers(new Set(Object.values(ids).flat()))
  const lines = readLines<SurveyLine & { set: string }>(asked('surveys.jsonl'))
  return Promise.all(
    Object.entries(ids).map(async ([name, own]) => {
      const wanted = new Set(own)
      return {
        name,
        lines: lines.filter(({ set }) => set === name),
        search: await searchOver(papers.filter(({ id }) => wanted.has(id))),
      }
    }),
  )
}

let loaded: Promise<SurveySet[]> | undefined

/** Everything that several papers answer, by collection; read once a run. */
export function surveySets(): Promise<SurveySet[]> {
  loaded ??= load()
  return loaded
}

const load = async (): Promise<SurveySet[]> => [
  {
    name: 'conversation',
    lines: readLines('conversation/questions.jsonl'),
    search: await searchOf(shipped),
  },
  {
    name: 'surveys',
    lines: readLines('surveys/questions.jsonl'),
    search: await searchOf('surveys/corpus.jsonl'),
  },
  ...(await ownSets()),
]
