import { lackOf } from '../../src/answer/abstain/features.ts'
import { readQuestion } from '../../src/answer/question.ts'
import type { FeatureValues } from '../../src/answer/ranking/linear.ts'
import { rankSentences } from '../../src/answer/ranking/rank.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import type { Search } from '../../src/search/port.ts'
import { candidatesFor } from './answers/labelled.ts'
import { type Item, listed, missingFacts, namedWorks, papersOf } from './confidence-items.ts'
import { asked, meaning, readLines } from './data.ts'
import { corpusAround, cranfield, judgingSets, type WrittenSet, writtenSets } from './public-corpus.ts'
import { questionsOf } from './questions.ts'
import { surveySets } from './surveyed.ts'

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

const collections: Readonly<Record<string, string>> = {
  conversation: 'seed/corpus.jsonl',
  strangers: 'strangers/corpus.jsonl',
  fields: 'fields/corpus.jsonl',
  surveys: 'surveys/corpus.jsonl',
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
  const search = await buildSearch(await papersOf(corpusAround(asked('facts.jsonl'), cranfield)), {
    embedder,
  })
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

/** Questions over public abstracts of many fields, and such as look like them and are to be refused. */
export async function writtenExamples(): Promise<Example[]> {
  const found: Example[] = []
  for (const set of writtenSets()) {
    // Those on details were written for this alone, three that the abstract does not give for one that it gives.
    const label = ['details', 'findings'].find(kind => set.name.startsWith(kind)) ?? 'written'
    found.push(...(await writtenIn(label, set)))
  }
  for (const set of judgingSets().filter(({ name }) => name === 'findings'))
    found.push(...(await writtenIn('judged findings', set)))
  return found
}

async function writtenIn(label: string, { corpus, file }: WrittenSet): Promise<Example[]> {
  const search = await buildSearch(await papersOf(corpus()), { embedder })
  const lines = readLines<Asked>(file).map(one => ({ ...one, group: groupOf(one) }))
  const answered = lines.filter(one => one.gold_sentences !== undefined)
  const absent = lines.filter(one => one.kind === 'absent')
  return [
    ...examplesOf(label, true, search, answered),
    ...examplesOf(`${label} absent`, false, search, absent),
  ]
}

/** Questions that look as if several papers answered them, and that none does. */
async function lookAlikes(): Promise<Example[]> {
  // The first two collections are among the typed ones.
  return (await surveySets()).slice(2).flatMap(({ lines, search }) =>
    examplesOf(
      'surveys look-alike',
      false,
      search,
      lines.filter(({ kind }) => kind === 'absent'),
    ),
  )
}

/** All examples; those of the sets that begin with `judged` serve to judge, never to fit. */
export const confidenceExamples = async (): Promise<Example[]> => [
  ...(await typedExamples()),
  ...(await factExamples()),
  ...(await writtenExamples()),
  ...(await lookAlikes()),
  ...(await offTopicExamples()),
  ...(await foreignExamples()),
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

/** Questions as members type them, put to collections of other papers: what is asked is nowhere in them. */
export async function foreignExamples(): Promise<Example[]> {
  const names = Object.keys(collections)
  const found: Example[] = []
  for (const [at, over] of names.entries()) {
    const search = await buildSearch(await papersOf(collections[over] ?? ''), { embedder })
    for (const [from, name] of names.entries()) {
      const lines = readLines<Asked>(`${name}/questions.jsonl`).filter(
        one => one.gold_sentences !== undefined && one.before === undefined,
      )
      const some = lines.filter((_, i) => i % names.length === (at + from) % names.length)
      if (from !== at)
        found.push(
          ...examplesOf(
            `foreign ${name}`,
            false,
            search,
            some.map(one => ({ ...one, group: groupOf(one) })),
          ),
        )
    }
  }
  return found
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
    ...(await removed('pubmedqa removed', medical, patients, 3)),
    ...(await removed('scifact removed', science, claims, 2)),
    ...examplesOf('far in scitldr', false, ask.learning, far),
    ...examplesOf('claims in seed', false, ask.seed, some(claims, 4)),
    ...examplesOf('pubmedqa in seed', false, ask.seed, some(patients, 4)),
    ...examplesOf('seed in pubmedqa', false, ask.medical, questions),
    ...examplesOf('seed in scifact', false, ask.science, questions),
    ...examplesOf('missing in scitldr', false, ask.learning, missingFacts(learning, 10)),
  ]
}
