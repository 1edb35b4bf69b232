import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { lackOf } from '../../src/answer/abstain/features.ts'
import { readQuestion } from '../../src/answer/question.ts'
import type { FeatureValues } from '../../src/answer/ranking/linear.ts'
import { rankSentences } from '../../src/answer/ranking/rank.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import type { Search } from '../../src/search/port.ts'
import { candidatesFor } from './answers/labelled.ts'
import { asked, evalFolder, meaning, readLines } from './data.ts'
import { questionsOf } from './questions.ts'

const embedder = await shippedEmbedder()

/** A question put to a collection that answers it, or does not. */
export interface Example {
  readonly set: string
  readonly answered: boolean
  readonly text: string
  /** What may not be on both sides of a split: the paper asked about, or the kind of question. */
  readonly group: string
  readonly figures: FeatureValues
}

interface Item {
  readonly text: string
  readonly gold?: readonly string[]
  readonly group?: string
  readonly before?: readonly string[]
}

const listed = (file: string): string[] =>
  readFileSync(resolve(import.meta.dirname, 'asked', file), 'utf8')
    .trim()
    .split('\n')

const papersOf = async (file: string): Promise<Paper[]> =>
  (await readCorpus([resolve(evalFolder, file)])).papers.slice()

function examplesOf(set: string, answered: boolean, search: Search, items: readonly Item[]): Example[] {
  return items.map(({ text, gold, group, before = [] }) => {
    const question = readQuestion(text, search, meaning)
    const subject = before[0] === undefined ? undefined : search.search(before[0]).hits[0]?.paper.id
    const candidates = candidatesFor(search, text, subject)
    const ranked = rankSentences(question, candidates)
    const staysWithSubject = candidates.some(one => one.isSubject && one.paper === ranked[0]?.paper)
    const figures = lackOf(question, ranked, { staysWithSubject }).features
    return { set, answered, text, group: group ?? gold?.[0] ?? text, figures }
  })
}

/** Questions asked after the papers that answer them are gone, a part of the questions at a time. */
async function removed(
  set: string,
  papers: readonly Paper[],
  items: readonly Item[],
  parts: number,
): Promise<Example[]> {
  const found: Example[] = []
  for (let part = 0; part < parts; part++) {
    const asked = items.filter((_, i) => i % parts === part)
    const gone = new Set(asked.flatMap(({ gold }) => gold ?? []))
    const search = await buildSearch(
      papers.filter(({ id }) => !gone.has(id)),
      { embedder },
    )
    found.push(...examplesOf(set, false, search, asked))
  }
  return found
}

/** The name that a title gives its work: "Flames" in "Flames: Benchmarking Value Alignment of LLMs". */
const nameIn = (title: string): string | undefined => /^(\S{2,20}(?: \S{1,12})?):\s/u.exec(title)?.[1]

/** Facts that an abstract does not give, asked of every `step`th paper. */
function missingFacts(papers: readonly Paper[], step: number): Item[] {
  const patterns = listed('missing.txt').map(line => line.split('\t'))
  return papers
    .filter((_, i) => i % step === 0)
    .flatMap((paper, i) =>
      [0, 1].flatMap(turn => {
        const at = (2 * i + turn) % patterns.length
        const [text = '', given = ''] = patterns[at] ?? []
        if (new RegExp(given, 'iu').test(`${paper.title} ${paper.abstract}`)) return []
        const name = turn === 0 ? nameIn(paper.title) : undefined
        const called =
          name ?? (i % 2 === 0 ? `'${paper.title}'` : `the paper on ${paper.title.toLowerCase()}`)
        return [{ text: text.replace('{paper}', called), group: `fact ${at}` }]
      }),
    )
}

/** What anybody would ask of a named work. */
function namedWorks(papers: readonly Paper[], step: number): Item[] {
  const forms = ['What is {name}?', 'how does {name} work', '{name}', 'what does {name} do?', 'why {name}?']
  return papers
    .filter(({ title }) => nameIn(title) !== undefined)
    .filter((_, i) => i % step === 0)
    .map(({ id, title }, i) => ({
      text: (forms[i % forms.length] ?? '').replace('{name}', nameIn(title) ?? ''),
      gold: [id],
    }))
}

interface Asked extends Item {
  readonly kind: string
  readonly gold_sentences?: readonly string[]
  readonly about?: string
}

const groupOf = ({ gold, about, text }: Asked): string => gold?.[0] ?? about ?? text

/** Questions as members type them: those that one paper answers, and those to be refused. */
async function typed(set: string, corpus: string): Promise<Example[]> {
  const search = await buildSearch(await papersOf(corpus), { embedder })
  const questions = readLines<Asked>(`${set}/questions.jsonl`).map(one => ({ ...one, group: groupOf(one) }))
  return [
    ...examplesOf(
      set,
      true,
      search,
      questions.filter(one => one.gold_sentences !== undefined),
    ),
    ...['absent', 'offtopic'].flatMap(kind =>
      examplesOf(
        `${set} ${kind}`,
        false,
        search,
        questions.filter(one => one.kind === kind),
      ),
    ),
  ]
}

/** Questions as members type them, of four collections. */
export const typedExamples = async (): Promise<Example[]> => [
  ...(await typed('conversation', 'seed/corpus.jsonl')),
  ...(await typed('strangers', 'strangers/corpus.jsonl')),
  ...(await typed('fields', 'fields/corpus.jsonl')),
  ...(await typed('surveys', 'surveys/corpus.jsonl')),
]

/** Facts that abstracts of many fields give or do not give (asked/facts.jsonl); every second paper serves to judge. */
export async function factExamples(): Promise<Example[]> {
  const lines = readLines<Fact>(asked('facts.jsonl'))
  const subjects = [...new Set(lines.map(({ paper }) => paper))]
  const search = await buildSearch(await mixedPapers(new Set(subjects)), { embedder })
  const part = (answered: boolean, judged: boolean): Example[] =>
    examplesOf(
      `${judged ? 'judged ' : ''}facts${answered ? '' : ' absent'}`,
      answered,
      search,
      lines
        .filter(one => one.answered === answered && (subjects.indexOf(one.paper) % 2 === 1) === judged)
        .map(one => ({ ...one, group: one.paper })),
    )
  return [false, true].flatMap(judged => [...part(true, judged), ...part(false, judged)])
}

interface Fact extends Item {
  readonly paper: string
  readonly answered: boolean
}

/** Papers of five collections: those named, and every so many others as their neighbours. */
async function mixedPapers(named: ReadonlySet<string>): Promise<Paper[]> {
  const some = (papers: readonly Paper[], step: number) =>
    papers.filter(({ id }, i) => named.has(id) || i % step === 0)
  const folder = await mkdtemp(join(tmpdir(), 'lectern-quality-'))
  try {
    const packed = readFileSync(resolve(evalFolder, 'public/acmcr/corpus.jsonl.gz'))
    const lines = gunzipSync(packed).toString('utf8').trim().split('\n')
    const computing = resolve(folder, 'computing.jsonl')
    const isNamed = (line: string) => named.has((JSON.parse(line) as { id: string }).id)
    await writeFile(computing, lines.filter((line, i) => i % 700 === 0 || isNamed(line)).join('\n'))
    return [
      ...(await papersOf(computing)),
      ...some(await papersOf('public/scifact/corpus.jsonl'), 40),
      ...some(await papersOf('public/pubmedqa/corpus.jsonl'), 10),
      ...some(await papersOf('public/cranfield/corpus.jsonl'), 14),
      ...some(await papersOf('public/scitldr/corpus.jsonl'), 20),
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** All examples; those of the sets that begin with `judged` serve to judge, never to fit. */
export const confidenceExamples = async (): Promise<Example[]> => [
  ...(await typedExamples()),
  ...(await factExamples()),
  ...(await offTopicExamples()),
  ...(await shippedExamples()),
  ...(await otherExamples()),
]

/** Talk and questions that no collection answers, many in words that the papers of one use in another sense. */
export async function offTopicExamples(): Promise<Example[]> {
  const lines = readLines<{ set: string; text: string }>(asked('offtopic.jsonl'))
  const sets = [...new Set(lines.map(({ set }) => set))]
  const found = sets.map(async name => {
    const search = await buildSearch(await papersOf(`${name}/corpus.jsonl`), { embedder })
    const own = lines.filter(({ set }) => set === name)
    const others = lines.filter(({ set }) => set !== name)
    return [
      ...examplesOf(`talk in ${name}`, false, search, own),
      ...examplesOf(`other talk in ${name}`, false, search, others),
    ]
  })
  return (await Promise.all(found)).flat()
}

/** Questions to the corpus that ships, answerable and not. */
export async function shippedExamples(): Promise<Example[]> {
  const seed = await papersOf('seed/corpus.jsonl')
  const search = await buildSearch(seed, { embedder })
  const questions = questionsOf('seed/queries.jsonl')
  const others = questionsOf(asked('queries.jsonl'))
  const unanswered = readLines<{ text: string; style: string; paper?: string }>(asked('unanswerable.jsonl'))
  const unanswerable = readLines<{ text: string; style: string }>('seed/unanswerable.jsonl')
  const near = listed('near.txt').map(text => ({ text }))
  const far = listed('far.txt').map(text => ({ text }))
  const styles = ['far', 'near', 'missing-fact']
  return [
    ...examplesOf('seed', true, search, questions),
    ...examplesOf('asked', true, search, others),
    ...(await removed('asked removed', seed, others, 12)),
    ...styles.flatMap(style =>
      examplesOf(
        `asked ${style}`,
        false,
        search,
        unanswered
          .filter(one => one.style === style)
          .map(({ text, paper }) => ({ text, group: paper ?? text })),
      ),
    ),
    ...examplesOf('seed names', true, search, namedWorks(seed, 1)),
    ...(await removed('seed removed', seed, questions, 12)),
    ...examplesOf('far in seed', false, search, far),
    ...examplesOf('near in seed', false, search, near),
    ...examplesOf('missing in seed', false, search, missingFacts(seed, 1)),
    ...styles.flatMap(style =>
      examplesOf(
        `judged ${style}`,
        false,
        search,
        unanswerable.filter(one => one.style === style),
      ),
    ),
  ]
}

/** Questions and claims of other collections, put to their own and to those that know nothing of them. */
export async function otherExamples(): Promise<Example[]> {
  const seed = await papersOf('seed/corpus.jsonl')
  const medical = await papersOf('public/pubmedqa/corpus.jsonl')
  const science = await papersOf('public/scifact/corpus.jsonl')
  const learning = await papersOf('public/scitldr/corpus.jsonl')
  const ask = {
    seed: await buildSearch(seed, { embedder }),
    medical: await buildSearch(medical, { embedder }),
    science: await buildSearch(science, { embedder }),
    learning: await buildSearch(learning, { embedder }),
  }
  const questions = questionsOf('seed/queries.jsonl')
  const patients = readLines<Item>('public/pubmedqa/queries.jsonl')
  const claims = questionsOf('public/scifact/evidence.jsonl')
  const far = listed('far.txt').map(text => ({ text }))
  const some = (items: readonly Item[], step: number) => items.filter((_, i) => i % step === 0)
  return [
    ...examplesOf('scitldr names', true, ask.learning, namedWorks(learning, 6)),
    ...examplesOf('pubmedqa', true, ask.medical, patients),
    ...examplesOf('scifact', true, ask.science, claims),
    ...(await removed('pubmedqa removed', medical, patients, 8)),
    ...(await removed('scifact removed', science, claims, 5)),
    ...examplesOf('far in scitldr', false, ask.learning, far),
    ...examplesOf('claims in seed', false, ask.seed, some(claims, 4)),
    ...examplesOf('pubmedqa in seed', false, ask.seed, some(patients, 4)),
    ...examplesOf('seed in pubmedqa', false, ask.medical, questions),
    ...examplesOf('seed in scifact', false, ask.science, questions),
    ...examplesOf('missing in scitldr', false, ask.learning, missingFacts(learning, 10)),
  ]
}
