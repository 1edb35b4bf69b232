import { dot } from '../../search/embedding/unit-vector.ts'
import type { WordMatcher } from '../../search/embedding/word-matcher.ts'
import type { AnalyzedPaper } from '../analyzed-paper.ts'
import { oncePer } from '../once-per.ts'
import { genericWords } from '../question/plain-words.ts'
import type { Question } from '../question.ts'

/**
 * How near in meaning each sentence of an abstract comes to a question, by sentence, in half deviations from the
 * abstract's mean: which sentence is nearer than its neighbours tells more than how near it is.
 */
export interface Nearness {
  /** To the question's words, by idf. */
  readonly cover: readonly number[]
  /** To those that the title lacks and that name something. */
  readonly rest: readonly number[]
  /** To what is asked for: "games" in "Which games was it tried on?". */
  readonly focus: readonly number[]
  /** Of the sentence as a whole to the question as a whole. */
  readonly cosine: readonly number[]
}

/** A question whose words match by meaning. */
export type MeaningQuestion = Question & { readonly meaning: WordMatcher }

export const hasMeaning = (question: Question): question is MeaningQuestion => question.meaning !== undefined

/** Undefined where words are not matched by meaning. */
export function nearnessOf(question: Question, paper: AnalyzedPaper): Nearness | undefined {
  if (!hasMeaning(question)) return undefined
  const { focus } = question
  const { asked, rows } = wordNearness(question, paper)
  const shares = (counts: (one: AskedWord) => boolean): number[] => {
    const weights = asked.map(one => (counts(one) ? one.idf : 0))
    const all = weights.reduce((sum, weight) => sum + weight, Number.EPSILON)
    return standardized(
      rows.map(row => row.reduce((sum, value, j) => sum + value * (weights[j] ?? 0), 0) / all),
    )
  }
  return {
    cover: shares(() => true),
    rest: shares(({ word, term }) => !paper.title.has(term) && !genericWords.has(word)),
    focus: shares(({ term }) => focus.includes(term)),
    cosine: standardized(cosinesToSentences(question, paper)),
  }
}

export interface AskedWord {
  readonly word: string
  readonly term: string
  readonly idf: number
}

/** The words of a question that count, each once. */
function askedWords({ terms, tokens }: Question): AskedWord[] {
  const idf = new Map(terms.filter(({ extra }) => !extra).map(one => [one.term, one.idf]))
  const found = new Map<string, AskedWord>()
  for (const { stop, word, term } of tokens) {
    const own = idf.get(term)
    if (!stop && own !== undefined) found.set(word, { word, term, idf: own })
  }
  return [...found.values()]
}

/** A word stands for another from this squared cosine on: "images" for "pics", "participants" for "people". */
const standsFor = 0.4

/** The terms of a paper's sentences that name what is asked for, in the question's word or in one near in meaning. */
export function focusTermsIn(
  { focus, tokens, meaning }: Question,
  { sentences }: AnalyzedPaper,
): ReadonlySet<string> {
  const asked = tokens.filter(({ term, stop }) => !stop && focus.includes(term)).map(({ word }) => word)
  const found = new Set(focus)
  if (meaning === undefined || asked.length === 0) return found
  const words = new Map(
    sentences.flatMap(one => one.tokens.filter(({ stop }) => !stop).map(({ word, term }) => [word, term])),
  )
  for (const [word, term] of words)
    if (meaning.nearness(asked, [word]).some(near => near >= standsFor)) found.add(term)
  return found
}

const nearnessTo = oncePer((question: MeaningQuestion) => {
  const asked = askedWords(question)
  const words = asked.map(({ word }) => word)
  const rowsOf = oncePer(({ sentences }: AnalyzedPaper) =>
    sentences.map(({ tokens }) =>
      question.meaning.nearness(
        words,
        tokens.filter(({ stop }) => !stop).map(({ word }) => word),
      ),
    ),
  )
  return { asked, rowsOf }
})

/** The words asked, and for each sentence of the paper a row that tells how near it comes to each of them, 0 to 1. */
export function wordNearness(
  question: MeaningQuestion,
  paper: AnalyzedPaper,
): { readonly asked: readonly AskedWord[]; readonly rows: readonly (readonly number[])[] } {
  const { asked, rowsOf } = nearnessTo(question)
  return { asked, rows: rowsOf(paper) }
}

const vectorsBy = oncePer((meaning: WordMatcher) => ({
  question: oncePer(({ text }: Question) => meaning.vectorOf(text)),
  sentences: oncePer(({ sentences }: AnalyzedPaper) => sentences.map(({ text }) => meaning.vectorOf(text))),
  paper: oncePer(({ paper: { title, abstract } }: AnalyzedPaper) =>
    meaning.vectorOf(`${title}. ${abstract}`),
  ),
}))

/** Of the question as a whole to each sentence as a whole. */
export function cosinesToSentences(question: MeaningQuestion, paper: AnalyzedPaper): number[] {
  const vectors = vectorsBy(question.meaning)
  const asked = vectors.question(question)
  return vectors.sentences(paper).map(one => dot(asked, one))
}

/** Of the question to title and abstract as one. */
export function cosineToPaper(question: MeaningQuestion, paper: AnalyzedPaper): number {
  const vectors = vectorsBy(question.meaning)
  return dot(vectors.question(question), vectors.paper(paper))
}

/** Keeps most of the values within -1 and 1. */
const deviations = 2

function standardized(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length)
  const unit = deviations * Math.sqrt(variance)
  return values.map(value => (unit < 1e-9 ? 0 : (value - mean) / unit))
}
