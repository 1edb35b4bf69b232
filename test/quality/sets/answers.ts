import type { Answer } from '../../../src/answer/port.ts'
import type { Paper } from '../../../src/corpus/paper.ts'
import type { Search } from '../../../src/search/port.ts'
import { Baseline, SentenceBaseline } from '../baseline.ts'
import { answererOf, asked, readLines, searchOf, shipped } from '../data.ts'
import { areaUnderCurve, mean, sentenceAt, successAt } from '../metrics.ts'
import { prepared } from '../model.ts'
import { questionsOf } from '../questions.ts'
import type { QualitySet, Row } from '../set.ts'

interface Question {
  readonly text: string
  readonly kind?: string
  readonly gold: readonly string[]
  readonly gold_sentences: readonly string[]
}

interface Asked {
  readonly question: Question
  readonly answer: Answer
}

async function ask(corpus: string, questions: readonly Question[]): Promise<Asked[]> {
  const answerer = await answererOf(corpus)
  await prepared(
    await searchOf(corpus),
    questions.map(({ text }) => text),
  )
  return questions.map(question => ({ question, answer: answerer.ask(question.text) }))
}

/** The share of quoted sentences that stand in the abstract they name, character by character. */
function verbatim(asked: readonly Asked[], search: Search): number {
  const quotes = asked.flatMap(({ answer }) => answer.quotes)
  return mean(
    quotes.map(({ paper, text, start }) => {
      const abstract = search.get(paper.id)?.abstract ?? ''
      return text !== '' && abstract.slice(start, start + text.length) === text ? 1 : 0
    }),
  )
}

function rightness(
  set: string,
  asked: readonly Asked[],
  papers: readonly Paper[],
  reach?: readonly [number, number, number],
): Row[] {
  const baseline = new Baseline(papers)
  const single = new SentenceBaseline(papers)
  const figures = asked.map(({ question, answer }) => {
    const gold = new Set(question.gold)
    const texts = answer.quotes.map(({ text }) => text)
    const theirs = single.rank(question.text, 3)
    const hit = (k: number, from: readonly string[]): number => sentenceAt(k, from, question.gold_sentences)
    const ids = answer.papers.map(({ id }) => id)
    return [
      [successAt(1, ids, gold), successAt(1, baseline.rank(question.text), gold)],
      [hit(1, texts), hit(1, theirs)],
      [hit(3, texts), hit(3, theirs)],
    ] as const
  })
  const row = (figure: string, at: 0 | 1 | 2): Row => ({
    set,
    figure: `ask: ${figure}`,
    lectern: mean(figures.map(one => one[at][0])),
    baseline: mean(figures.map(one => one[at][1])),
    ...(reach === undefined ? {} : { reach: reach[at] }),
  })
  return [
    row('right paper first', 0),
    row('gold sentence first', 1),
    row('gold sentence in the first three', 2),
  ]
}

const isQuestion = ({ kind }: Question): boolean => kind === 'question'

const questionsIn = (
  name: string,
  title: string,
  file: string,
  reach?: readonly [number, number, number],
): QualitySet => ({
  name: `${name}-questions`,
  async rows() {
    const answers = await ask(shipped, readLines<Question>(file).filter(isQuestion))
    const search = await searchOf(shipped)
    const set = `${title} questions`
    return [
      ...rightness(set, answers, search.papers, reach),
      { set, figure: 'quotes verbatim', lectern: verbatim(answers, search), reach: 1 },
    ]
  },
})

export const seedQuestions = questionsIn('seed', 'seed', 'seed/queries.jsonl', [0.93, 0.72, 0.9])
export const askedQuestions = questionsIn('asked', 'other', asked('queries.jsonl'))

export const scifactAnswers: QualitySet = {
  name: 'scifact-answers',
  async rows() {
    const corpus = 'public/scifact/corpus.jsonl'
    const asked = await ask(corpus, questionsOf('public/scifact/evidence.jsonl'))
    const search = await searchOf(corpus)
    return [
      ...rightness('SciFact', asked, search.papers, [0.72, 0.5, 0.68]),
      { set: 'SciFact', figure: 'quotes verbatim', lectern: verbatim(asked, search), reach: 1 },
    ]
  },
}

async function refusals(
  set: string,
  questions: string,
  file: string,
  reach?: Readonly<Record<string, number>>,
): Promise<Row[]> {
  const answerer = await answererOf(shipped)
  const good = readLines<Question>(questions).filter(isQuestion)
  const bad = readLines<{ text: string; style: string }>(file)
  await prepared(
    await searchOf(shipped),
    [...good, ...bad].map(({ text }) => text),
  )
  const answers = good.map(({ text }) => answerer.ask(text))
  const refused = ['far', 'near', 'missing-fact'].map((style): Row => {
    const found = bad.filter(one => one.style === style).map(({ text }) => answerer.ask(text))
    const auc = areaUnderCurve(
      answers.map(({ confidence }) => confidence),
      found.map(({ confidence }) => confidence),
    )
    return {
      set,
      figure: `${style}: refused (area under the curve ${auc.toFixed(3)})`,
      lectern: mean(found.map(({ answered }) => (answered ? 0 : 1))),
      ...(reach === undefined ? {} : { reach: reach[style] ?? 0 }),
    }
  })
  const answered = mean(answers.map(one => (one.answered ? 1 : 0)))
  return [
    ...refused,
    { set, figure: 'questions answered', lectern: answered, ...(reach === undefined ? {} : { reach: 0.93 }) },
  ]
}

export const seedUnanswerable: QualitySet = {
  name: 'seed-unanswerable',
  rows: () =>
    refusals('seed unanswerable', 'seed/queries.jsonl', 'seed/unanswerable.jsonl', {
      far: 1,
      near: 0.85,
      'missing-fact': 0.4,
    }),
}

export const askedUnanswerable: QualitySet = {
  name: 'asked-unanswerable',
  rows: () => refusals('other unanswerable', asked('queries.jsonl'), asked('unanswerable.jsonl')),
}
