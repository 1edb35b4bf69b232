import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { lackOf } from '../../src/answer/abstain/features.ts'
import { readQuestion } from '../../src/answer/question.ts'
import type { Told } from '../../src/answer/ranking/linear.ts'
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
  readonly figures: Told
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

/** All examples; those of the sets that begin with `judged` serve to judge, never to fit. */
export async function confidenceExamples(): Promise<Example[]> {
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
  const others = questionsOf(asked('queries.jsonl'))
  const unanswered = readLines<{ text: string; style: string; paper?: string }>(asked('unanswerable.jsonl'))
  const claims = questionsOf('public/scifact/evidence.jsonl')
  const far = listed('far.txt').map(text => ({ text }))
  const unanswerable = readLines<{ text: string; style: string }>('seed/unanswerable.jsonl')
  const some = (items: readonly Item[], step: number) => items.filter((_, i) => i % step === 0)
  return [
    ...(await typed('conversation', 'seed/corpus.jsonl')),
    ...(await typed('strangers', 'strangers/corpus.jsonl')),
    ...(await typed('fields', 'fields/corpus.jsonl')),
    ...(await typed('surveys', 'surveys/corpus.jsonl')),
    ...examplesOf('seed', true, ask.seed, questions),
    ...examplesOf('asked', true, ask.seed, others),
    ...(await removed('asked removed', seed, others, 12)),
    ...['far', 'near', 'missing-fact'].flatMap(style =>
      examplesOf(
        `asked ${style}`,
        false,
        ask.seed,
        unanswered
          .filter(one => one.style === style)
          .map(({ text, paper }) => ({ text, group: paper ?? text })),
      ),
    ),
    ...examplesOf('seed names', true, ask.seed, namedWorks(seed, 1)),
    ...examplesOf('scitldr names', true, ask.learning, namedWorks(learning, 6)),
    ...examplesOf('pubmedqa', true, ask.medical, patients),
    ...examplesOf('scifact', true, ask.science, claims),
    ...(await removed('seed removed', seed, questions, 12)),
    ...(await removed('pubmedqa removed', medical, patients, 8)),
    ...(await removed('scifact removed', science, claims, 5)),
    ...examplesOf('far in seed', false, ask.seed, far),
    ...examplesOf('far in scitldr', false, ask.learning, far),
    ...examplesOf(
      'near in seed',
      false,
      ask.seed,
      listed('near.txt').map(text => ({ text })),
    ),
    ...examplesOf('claims in seed', false, ask.seed, some(claims, 4)),
    ...examplesOf('pubmedqa in seed', false, ask.seed, some(patients, 4)),
    ...examplesOf('seed in pubmedqa', false, ask.medical, questions),
    ...examplesOf('seed in scifact', false, ask.science, questions),
    ...examplesOf('missing in seed', false, ask.seed, missingFacts(seed, 1)),
    ...examplesOf('missing in scitldr', false, ask.learning, missingFacts(learning, 10)),
    ...['far', 'near', 'missing-fact'].flatMap(style =>
      examplesOf(
        `judged ${style}`,
        false,
        ask.seed,
        unanswerable.filter(one => one.style === style),
      ),
    ),
  ]
}
