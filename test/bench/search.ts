import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import MiniSearch from 'minisearch'
import type { Paper } from '../../src/corpus/paper.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import type { Search } from '../../src/search/port.ts'
import { table } from './table.ts'

export const largeCollection = resolve(
  import.meta.dirname,
  '../../../shared/eval/public/acmcr/corpus.jsonl.gz',
)

/** Milliseconds. */
export interface Times {
  readonly p50: number
  readonly p95: number
  readonly longest: number
}

export interface SearchFigures {
  readonly papers: number
  readonly build: { readonly seconds: number; readonly longestBlockMs: number; readonly mib: number }
  readonly baselineBuild: { readonly seconds: number; readonly mib: number }
  readonly sentence: Times
  readonly keywords: Times
  readonly typo: Times
  readonly autocomplete: Times
  readonly related: Times
  readonly baselineSentence: Times
  readonly baselineKeywords: Times
  /** Median of MiniSearch's sentence-long queries over Lectern's. */
  readonly timesFaster: number
}

/** Measures search over 108,906 records, MiniSearch's default in the same run. Undefined, said aloud, without the data. */
export async function benchSearch(): Promise<SearchFigures | undefined> {
  if (!existsSync(largeCollection)) {
    console.error(`SKIPPED: no large collection at ${largeCollection}: search speed was not measured.`)
    return undefined
  }
  const { papers } = await readCorpus([largeCollection])
  const { search, build } = await measuredBuild(papers)
  const typed = typedTexts(papers)
  const sentence = times(typed.sentences, text => search.search(text))
  const keywords = times(typed.keywords, text => search.search(text))
  const typo = times(typed.typos, text => search.search(text))
  const autocomplete = times(typed.beginnings, text => search.suggest(text, 25))
  const related = times(typed.ids, id => search.related(id, 5))
  const mini = measuredBaseline(papers)
  const baselineSentence = times(typed.sentences.slice(0, 40), text => mini.index.search(text))
  return {
    papers: papers.length,
    build,
    baselineBuild: mini.build,
    sentence,
    keywords,
    typo,
    autocomplete,
    related,
    baselineSentence,
    baselineKeywords: times(typed.keywords.slice(0, 100), text => mini.index.search(text)),
    timesFaster: baselineSentence.p50 / sentence.p50,
  }
}

async function measuredBuild(
  papers: readonly Paper[],
): Promise<{ search: Search; build: SearchFigures['build'] }> {
  const before = held()
  const delay = monitorEventLoopDelay({ resolution: 2 })
  delay.enable()
  const start = performance.now()
  const search = await buildSearch(papers)
  const seconds = (performance.now() - start) / 1000
  delay.disable()
  return { search, build: { seconds, longestBlockMs: delay.max / 1e6, mib: held() - before } }
}

function measuredBaseline(papers: readonly Paper[]): {
  index: MiniSearch
  build: SearchFigures['baselineBuild']
} {
  const before = held()
  const start = performance.now()
  const index = new MiniSearch({ fields: ['title', 'abstract'] })
  index.addAll(papers)
  return { index, build: { seconds: (performance.now() - start) / 1000, mib: held() - before } }
}

/** MiB in use; exact only under --expose-gc. */
function held(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 2 ** 20
}

/** Texts of the kinds that people type, made from every so-manieth paper. */
export function typedTexts(papers: readonly Paper[], every = 541) {
  const sample = papers.filter(({ abstract }, i) => i % every === 0 && abstract.length > 200)
  const titleWords = (paper: Paper): string[] => paper.title.split(/\s+/).filter(word => word.length > 5)
  const keywords = sample.map(paper => titleWords(paper).slice(0, 3).join(' '))
  const swapped = (word: string): string => `${word.slice(0, 3)}${word[4]}${word[3]}${word.slice(5)}`
  const dropped = (word: string): string => `${word.slice(0, 4)}${word.slice(5)}`
  return {
    ids: sample.map(({ id }) => id),
    sentences: sample.map(
      ({ abstract }) => /^.{80,}?[.?!](?=\s|$)/.exec(abstract)?.[0] ?? abstract.slice(0, 160),
    ),
    keywords,
    typos: sample.map((paper, i) => {
      const [first = 'networks', ...rest] = titleWords(paper).slice(0, 3)
      return [i % 2 === 0 ? swapped(first) : dropped(first), ...rest].join(' ')
    }),
    beginnings: sample.flatMap(({ title }) => [1, 2, 3, 4, 6, 9, 13, 18, 25].map(n => title.slice(0, n))),
  }
}

export function times<T>(inputs: readonly T[], run: (input: T) => unknown): Times {
  for (const input of inputs.slice(0, 20)) run(input)
  const taken = inputs
    .map(input => {
      const start = performance.now()
      run(input)
      return performance.now() - start
    })
    .sort((x, y) => x - y)
  const at = (share: number): number =>
    taken[Math.min(taken.length - 1, Math.floor(share * taken.length))] ?? 0
  return { p50: at(0.5), p95: at(0.95), longest: taken.at(-1) ?? 0 }
}

/** The figures as a table, MiniSearch's default in the same run beside them. */
export function searchTable(figures: SearchFigures): string {
  const row = (name: string, ours: Times, theirs?: Times) => [
    name,
    ...[ours.p50, ours.p95, ours.longest].map(ms => ms.toFixed(1)),
    theirs === undefined ? '' : theirs.p50.toFixed(1),
  ]
  const { build, baselineBuild } = figures
  return [
    `Search over ${figures.papers} records; milliseconds`,
    table(
      ['query', 'p50', 'p95', 'longest', 'MiniSearch p50'],
      [
        row('a sentence', figures.sentence, figures.baselineSentence),
        row('keywords', figures.keywords, figures.baselineKeywords),
        row('keywords with a typo', figures.typo),
        row('autocomplete', figures.autocomplete),
        row('related papers', figures.related),
      ],
    ),
    `Sentences: ${figures.timesFaster.toFixed(0)} times as fast as MiniSearch at the median.`,
    `Index: ${build.seconds.toFixed(1)} s, ${build.mib.toFixed(0)} MiB, longest block ${build.longestBlockMs.toFixed(0)} ms; MiniSearch: ${baselineBuild.seconds.toFixed(1)} s, ${baselineBuild.mib.toFixed(0)} MiB.`,
  ].join('\n')
}

if (import.meta.main) {
  const figures = await benchSearch()
  if (figures !== undefined) console.log(searchTable(figures))
}
