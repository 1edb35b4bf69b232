import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createAnswerer } from '../../src/answer/answer.ts'
import { sentencesOf } from '../../src/answer/sentences.ts'
import { citation, type ExportFormat, exportPapers } from '../../src/corpus/export.ts'
import { arxivIdOf } from '../../src/corpus/identifiers.ts'
import { linksOf } from '../../src/corpus/links.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { readable } from '../../src/corpus/readable.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { timeFrom } from '../../src/features/daily/daily.ts'
import { createLibrary, type Library, lookUp } from '../../src/library/library.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { answerText, nothingText, paperText } from '../../src/view/text.ts'
import { parseZone } from '../../src/view/zones.ts'
import type { Case, Check } from './cases.ts'

/** What a check saw and what it should have seen: right when both are equal. */
export interface Verdict {
  readonly seen: unknown
  readonly right: unknown
}

const aPaper = { id: 'x', title: 'A Title of Some Words', abstract: '', authors: [], categories: [] }

async function papersFrom(content: string, name: string): Promise<Paper[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-case-'))
  try {
    await writeFile(join(folder, name), content)
    return (await readCorpus([folder])).papers
  } finally {
    await rm(folder, { recursive: true })
  }
}

const jsonLines = (records: readonly unknown[]): string => records.map(one => JSON.stringify(one)).join('\n')

/** The papers of a case as the program reads them. */
async function papersOf({ corpus, jsonl, page, corpusFile }: Case): Promise<Paper[]> {
  if (corpusFile !== undefined)
    return (await readCorpus([resolve(import.meta.dirname, '../..', corpusFile)])).papers
  if (page !== undefined) return papersFrom(page, 'page.txt')
  const records = corpus ?? jsonl
  return records === undefined ? [] : papersFrom(jsonLines(records), 'records.jsonl')
}

/** One case made ready: its papers are read and indexed once, and only when a check asks. */
export class Bench {
  readonly #one: Case
  #papers: Promise<Paper[]> | undefined
  #library: Promise<Library> | undefined

  constructor(one: Case) {
    this.#one = one
  }

  papers(): Promise<Paper[]> {
    this.#papers ??= papersOf(this.#one)
    return this.#papers
  }

  /** Whether the record at that place says anything of a date: what says nothing gives none. */
  dated(at: number): boolean {
    return /\b(?:19|20)\d\d\b|\b1\d{12}\b/.test(JSON.stringify(this.#one.jsonl?.[at] ?? ''))
  }

  library(): Promise<Library> {
    this.#library ??= (async () => {
      const embedder = await shippedEmbedder()
      const search = await buildSearch(await this.papers(), { embedder })
      return createLibrary(search, createAnswerer(search, { embedder }))
    })()
    return this.#library
  }
}

type Evaluator = (check: Check, bench: Bench) => Verdict | Promise<Verdict>

/** Which of the wanted pieces a text lacks, and which unwanted ones it holds. */
const pieces = (text: string, { has = [], hasNot = [] }: Check): Verdict => ({
  seen: {
    lacks: has.filter(piece => !text.includes(piece)),
    holds: hasNot.filter(piece => text.includes(piece)),
  },
  right: { lacks: [], holds: [] },
})

const evaluators: Readonly<Record<string, Evaluator>> = {
  paper: async ({ text = '', first }, bench) => ({
    seen: lookUp(await bench.library(), text).paper?.id ?? null,
    right: first,
  }),
  paperText: async ({ text = '', says }, bench) => {
    const found = lookUp(await bench.library(), text)
    const shown = found.paper === undefined ? nothingText(text, found) : paperText(found)
    const right = new RegExp(says?.regex ?? '', says?.flags)
    return { seen: right.test(shown) ? 'says so' : shown, right: 'says so' }
  },
  corrections: async ({ text = '', right }, bench) => ({
    seen: (await bench.library()).search.parse(text).corrections.map(({ to }) => to),
    right,
  }),
  suggest: async ({ text = '', first }, bench) => ({
    seen: (await bench.library()).search.suggest(text, 5)[0]?.paper.id ?? null,
    right: first,
  }),
  ask: async (check, bench) => {
    const answer = (await bench.library()).answerer.ask(check.text ?? '')
    const quotes = answer.quotes.slice(0, answer.shown).map(quote => readable(quote.text))
    const verdict = pieces(answerText(answer), check)
    const most = check.sentenceCountPerQuote ?? Number.POSITIVE_INFINITY
    const long = quotes.filter(quote => sentencesOf(quote).length > most)
    const twice = check.distinct ? quotes.filter((quote, at) => quotes.indexOf(quote) !== at) : []
    return { seen: [verdict.seen, long, twice], right: [verdict.right, [], []] }
  },
  export: async (check, bench) =>
    pieces(exportPapers(await bench.papers(), (check.format ?? 'bibtex') as ExportFormat), check),
  cite: async (_, bench) => {
    const papers = await bench.papers()
    const keyOf = (entry: string) => /^@\w+\{([^,]*),/.exec(entry)?.[1]
    const seen = papers.map(paper => keyOf(citation(paper)))
    const exported = exportPapers(papers, 'bibtex').split(/\n(?=@)/)
    return {
      seen: { keys: seen, distinct: new Set(seen).size },
      right: { keys: exported.map(keyOf), distinct: papers.length },
    }
  },
  read: async ({ titles, abstracts, authors, published }, bench) => {
    const papers = await bench.papers()
    const without = (wanted: boolean | undefined, has: (paper: Paper, at: number) => boolean) =>
      wanted ? papers.filter((paper, at) => !has(paper, at)).map(({ title }) => title) : []
    return {
      seen: [
        papers.map(paper => readable(paper.title)),
        without(abstracts, paper => paper.abstract !== ''),
        without(authors, paper => paper.authors.length > 0),
        without(published, (paper, at) => (paper.published !== undefined) === bench.dated(at)),
      ],
      right: [titles, [], [], []],
    }
  },
  sentences: ({ right, joiner = ' ' }) => {
    const sentences = right as string[]
    return { seen: sentencesOf(sentences.join(joiner)).map(({ text }) => text), right: sentences }
  },
  authors: async ({ text, right }) => {
    const papers = await papersFrom(jsonLines([{ title: 'A', authors: text }]), 'records.jsonl')
    return { seen: papers[0]?.authors, right }
  },
  date: async ({ text, right }) => {
    const papers = await papersFrom(jsonLines([{ title: 'A', published: text }]), 'records.jsonl')
    return { seen: papers[0]?.published ?? null, right }
  },
  readable: ({ text = '', right }) => ({ seen: readable(text), right }),
  arxivId: ({ text = '', right }) => ({ seen: arxivIdOf(text) ?? null, right }),
  link: ({ text = '', right }) => ({
    seen: linksOf({ ...aPaper, abstract: text }).find(({ kind }) => kind === 'code' || kind === 'project')
      ?.url,
    right,
  }),
  lookup: ({ text = '', right }) => ({
    seen: new URL(linksOf({ ...aPaper, title: text })[0]?.url ?? 'x:').searchParams.get('query'),
    right,
  }),
  zone: ({ text = '', right }) => ({
    seen: parseZone(text, 'en-US', new Date('2026-01-15T12:00:00Z')) ?? null,
    right,
  }),
  time: ({ text = '', right }) => {
    try {
      return { seen: timeFrom(text), right }
    } catch {
      return { seen: null, right }
    }
  },
}

/** @throws Error for a check of a kind that is not known: a case must never pass unread */
export async function evaluate(check: Check, bench: Bench): Promise<Verdict> {
  const run = evaluators[check.do]
  if (run === undefined) throw new Error(`no such kind of check: ${check.do}`)
  return run(check, bench)
}

/** What a check is called in a list of tests. */
export const nameOf = ({ do: what, text, format, right, titles }: Check): string =>
  `${what} ${JSON.stringify(text ?? format ?? right ?? titles ?? '')}`.slice(0, 120)
