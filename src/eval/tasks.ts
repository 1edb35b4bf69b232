import { type Answer, type Answerer, subjectOf } from '../answer/port.ts'
import type { Paper } from '../corpus/paper.ts'
import { Failure } from '../errors.ts'
import type { Hit, Search } from '../search/port.ts'
import { PaperQuery, readQueries, TextQuery } from './queries.ts'

/** What an evaluation runs on: the same two ports that the commands use. */
export interface Subject {
  readonly search: Search
  readonly answerer: Answerer
}

/** One query, ready to run: what it returns are the output's lines. */
export type Job = (subject: Subject) => string[]

/** Reads the queries of one task from a file. */
export type Task = (file: string) => Promise<Job[]>

/** Ranks a query in a TREC run. */
const deepest = 100
/** As many as Discord shows. */
const choices = 25

/** White space separates the columns of a TREC run, so an identifier may hold none. */
const column = (id: string): string => id.replaceAll(/\s/g, '_')

function run(query: string, hits: readonly Hit[]): string[] {
  return hits
    .slice(0, deepest)
    .map(({ paper }, i) => `${column(query)} Q0 ${column(paper.id)} ${i + 1} ${deepest - i} lectern`)
}

const overText =
  (job: (query: TextQuery, subject: Subject) => string[]): Task =>
  async file =>
    (await readQueries(file, TextQuery)).map(query => subject => job(query, subject))

const overPaper =
  (job: (query: PaperQuery, paper: Paper, subject: Subject) => string[]): Task =>
  async file =>
    (await readQueries(file, PaperQuery)).map(query => subject => {
      const paper = subject.search.get(query.paper)
      if (paper === undefined) {
        throw new Failure(
          'input',
          `${file}: query ${query.id} names a paper that the corpus lacks: ${query.paper}`,
        )
      }
      return job(query, paper, subject)
    })

/** Asks the questions in turn, each as a reply to the answer before. @returns the last answer */
function askOn(answerer: Answerer, questions: readonly string[]): Answer {
  let answer: Answer | undefined
  let last = ''
  for (const question of questions) {
    answer = answerer.ask(question, answer === undefined ? {} : { subject: subjectOf(last, answer) })
    last = question
  }
  return answer ?? answerer.ask('')
}

export const tasks: ReadonlyMap<string, Task> = new Map([
  ['search', overText(({ id, text }, { search }) => run(id, search.search(text, { limit: deepest }).hits))],
  ['suggest', overText(({ id, text }, { search }) => run(id, search.suggest(text, choices)))],
  ['related', overPaper(({ id }, paper, { search }) => run(id, search.related(paper.id, deepest)))],
  [
    'ask',
    overText(({ id, text, before }, { answerer }) => {
      const { answered, confidence, quotes, shown, papers } = askOn(answerer, [...(before ?? []), text])
      const sentences = quotes.map(quote => ({ paper: quote.paper.id, text: quote.text }))
      return [
        JSON.stringify({ id, answered, confidence, shown, sentences, papers: papers.map(paper => paper.id) }),
      ]
    }),
  ],
  [
    'summarize',
    overPaper(({ id }, paper, { answerer }) => {
      const { tldr, sentences } = answerer.summarize(paper)
      return [JSON.stringify({ id, tldr, summary: sentences.join(' ') })]
    }),
  ],
])
