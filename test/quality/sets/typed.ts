import { createAnswerer } from '../../../src/answer/answer.ts'
import { type Answer, subjectOf } from '../../../src/answer/port.ts'
import { shippedEmbedder } from '../../../src/embeddings.ts'
import type { Search } from '../../../src/search/port.ts'
import { isGold } from '../answers/labelled.ts'
import { readLines, searchOf, shipped } from '../data.ts'
import { mean, ndcgAt } from '../metrics.ts'
import { prepared } from '../model.ts'
import { elsewhereCorpus, elsewhereQuestions } from '../public-corpus.ts'
import type { QualitySet, Row } from '../set.ts'
import { surveySets } from '../surveyed.ts'

interface Typed {
  readonly kind: string
  readonly text: string
  readonly before?: readonly string[]
  readonly gold?: readonly string[]
  readonly gold_sentences?: readonly string[]
  readonly by_paper?: Readonly<Record<string, readonly string[]>>
  readonly relevant?: Readonly<Record<string, number>>
}

interface Judged {
  readonly question: Typed
  readonly answer: Answer
}

const followsUp = 'followup'
const mostOfSurvey = 5

/** Questions as members type them (shared/eval), asked in turn with their replies, judged by what a person sees. */
const typedSet = (
  name: string,
  load: () => Promise<{ readonly search: Search; readonly lines: readonly Typed[] }>,
): QualitySet => ({
  name: `typed-${name}`,
  async rows() {
    const { search, lines } = await load()
    await prepared(
      search,
      lines.flatMap(({ text, before = [] }) => [...before, text]),
    )
    const answerer = createAnswerer(search, { embedder: await shippedEmbedder() })
    const judged = lines.map(question => {
      let answer: Answer | undefined
      let last = ''
      for (const text of [...(question.before ?? []), question.text]) {
        answer = answerer.ask(text, answer === undefined ? {} : { subject: subjectOf(last, answer) })
        last = text
      }
      return { question, answer: answer as Answer }
    })
    const row = (figure: string, lectern: number): Row => ({ set: name, figure, lectern })
    return [
      ...singleRows(judged).map(([figure, value]) => row(figure, value)),
      ...surveyRows(judged.filter(({ question }) => question.kind === 'survey')).map(([f, v]) => row(f, v)),
      ...listRows(judged.filter(({ question }) => question.kind === 'list')).map(([f, v]) => row(f, v)),
      ...['absent', 'offtopic'].flatMap(kind => {
        const some = judged.filter(({ question }) => question.kind === kind)
        return some.length === 0
          ? []
          : [row(`${kind}: refused`, mean(some.map(({ answer }) => (answer.answered ? 0 : 1))))]
      }),
    ]
  },
})

type Figure = readonly [figure: string, value: number]

/** What is seen of an answer: whether each sentence is right. */
function seen({ question, answer }: Judged): number[] {
  const { gold = [], gold_sentences: sentences = [] } = question
  return answer.quotes
    .slice(0, answer.shown)
    .map(({ paper, text }) => (gold.includes(paper.id) && isGold(text, sentences) ? 1 : 0))
}

function singleRows(judged: readonly Judged[]): Figure[] {
  const single = judged.filter(({ question }) => question.gold_sentences !== undefined)
  if (single.length === 0) return []
  const first = (some: readonly Judged[]) => mean(some.map(one => seen(one)[0] ?? 0))
  const kinds = Map.groupBy(single, ({ question }) => question.kind)
  return [
    ['first sentence right', first(single)],
    ['a right sentence shown', mean(single.map(one => (seen(one).includes(1) ? 1 : 0)))],
    ['precision of what is shown', mean(single.map(one => mean(seen(one))))],
    ['answered', mean(single.map(({ answer }) => (answer.answered ? 1 : 0)))],
    ...[...kinds].map(
      ([kind, some]): Figure => [
        kind === followsUp ? 'follow-up: first sentence right' : `${kind}: first sentence right`,
        first(some),
      ],
    ),
  ]
}

function surveyRows(judged: readonly Judged[]): Figure[] {
  if (judged.length === 0) return []
  const figures = judged.map(({ question: { by_paper: right = {} }, answer }) => {
    const shown = answer.quotes.slice(0, answer.shown)
    const good = shown.filter(({ paper, text }) => isGold(text, right[paper.id] ?? []))
    const covered = new Set(good.map(({ paper }) => paper.id)).size
    return [
      covered / Math.min(mostOfSurvey, Object.keys(right).length),
      good.length / Math.max(1, shown.length),
    ] as const
  })
  return [
    ['survey: coverage', mean(figures.map(([coverage]) => coverage))],
    ['survey: precision', mean(figures.map(([, precision]) => precision))],
  ]
}

function listRows(judged: readonly Judged[]): Figure[] {
  if (judged.length === 0) return []
  const gain = (grades: Readonly<Record<string, number>>) =>
    new Map(Object.entries(grades).map(([id, grade]) => [id, 2 ** grade - 1]))
  return [
    [
      'list: nDCG@10',
      mean(
        judged.map(({ question, answer }) =>
          ndcgAt(
            10,
            answer.papers.map(({ id }) => id),
            gain(question.relevant ?? {}),
          ),
        ),
      ),
    ],
    ['list: answered', mean(judged.map(({ answer }) => (answer.answered ? 1 : 0)))],
  ]
}

const fileSet = (name: string, corpus: () => string, questions = `${name}/questions.jsonl`): QualitySet =>
  typedSet(name, async () => ({
    search: await searchOf(corpus()),
    lines: readLines<Typed>(questions),
  }))

const surveySet = (name: string): QualitySet =>
  typedSet(`surveys of ${name}`, async () => {
    const found = (await surveySets()).find(set => set.name === name)
    return found ?? { search: await searchOf(shipped), lines: [] }
  })

export const typedSets: readonly QualitySet[] = [
  fileSet('conversation', () => shipped),
  fileSet('strangers', () => 'strangers/corpus.jsonl'),
  fileSet('fields', () => 'fields/corpus.jsonl'),
  fileSet('surveys', () => 'surveys/corpus.jsonl'),
  fileSet('elsewhere', elsewhereCorpus, elsewhereQuestions),
  ...['computing', 'biomedicine', 'learning', 'biology', 'software', 'data', 'health', 'society'].map(
    surveySet,
  ),
]
