import { dot } from '../../search/embedding/unit-vector.ts'
import type { WordMatcher } from '../../search/embedding/word-matcher.ts'
import type { AnalyzedPaper } from '../analyzed-paper.ts'
import { oncePer } from '../once-per.ts'
import { genericWords } from '../question/plain-words.ts'
import type { Question } from '../question.ts'

/**
 * Semantic similarity of each sentence of an abstract to a question, standardised within the abstract in units of two
 * standard deviations: how a sentence compares with its neighbours says more than its absolute value.
 */
export interface Nearness {
  /** To the question's words, weighted by idf. */
  readonly cover: readonly number[]
  /** To the words that are neither generic nor in the title. */
  readonly rest: readonly number[]
  /** To the words that are not in the title, whatever their idf: the plainest of them tell what is asked about it. */
  readonly beyond: readonly number[]
  /** To the generic words alone, such as "problem" and "tested": they tell the part that the answer plays. */
  readonly generic: readonly number[]
  /** To what is asked for: "games" in "Which games was it tried on?". */
  readonly focus: readonly number[]
  /** Cosine of the whole sentence with the whole question. */
  readonly cosine: readonly number[]
  /** To the words that the sentence holds or comes near to, by the root of its length: short sentences gain. */
  readonly density: readonly number[]
}

/** From this squared cosine on, a sentence comes near to a word. */
const nearFrom = 0.5
/** Added to a sentence's number of content words, so that the shortest gain no more than others. */
const fewWords = 3

/** A question with a word matcher, so that its words also match by meaning. */
export type MeaningQuestion = Question & { readonly meaning: WordMatcher }

export const hasMeaning = (question: Question): question is MeaningQuestion => question.meaning !== undefined

/** Undefined without an embedder. */
export function nearnessOf(question: Question, paper: AnalyzedPaper): Nearness | undefined {
  if (!hasMeaning(question)) return undefined
  const { focus } = question
  const { asked, rows } = wordNearness(question, paper)
  const distinct = asked.map((_, j) => {
    const spread = rows.reduce((sum, row) => sum + (row[j] ?? 0), 0)
    return Math.log(1 + (rows.length + 0.5) / (spread + 0.5))
  })
  const shares = (
    counts: (one: AskedWord) => boolean,
    weightOf = ({ idf }: AskedWord, distinctness: number): number => idf * distinctness,
  ): number[] => {
    const weights = asked.map((one, j) => (counts(one) ? weightOf(one, distinct[j] ?? 0) : 0))
    const all = weights.reduce((sum, weight) => sum + weight, Number.EPSILON)
    return standardized(
      rows.map(row => row.reduce((sum, value, j) => sum + value * (weights[j] ?? 0), 0) / all),
    )
  }
  const cover = shares(() => true)
  return {
    cover,
    // Where several papers are asked, the words that choose them stand in their titles, and those are all there is.
    ...(question.ofSeveral
      ? { beyond: cover, generic: rows.map(() => 0) }
      : {
          beyond: shares(
            ({ term }) => !paper.title.has(term),
            (_, distinctness) => distinctness,
          ),
          generic: shares(
            ({ word }) => genericWords.has(word),
            () => 1,
          ),
        }),
    rest: shares(({ word, term }) => !paper.title.has(term) && !genericWords.has(word)),
    focus: shares(({ term }) => focus.includes(term)),
    cosine: standardized(cosinesToSentences(question, paper)),
    density: standardized(
      rows.map((row, i) => {
        const near = row.map((value, j) => (value > nearFrom ? value * (asked[j]?.idf ?? 0) : 0))
        const words = paper.sentences[i]?.tokens.filter(({ stop }) => !stop).length ?? 0
        return near.reduce((sum, value) => sum + value, 0) / Math.sqrt(words + fewWords)
      }),
    ),
  }
}

export interface AskedWord {
  readonly word: string
  readonly term: string
  readonly idf: number
}

/** The question's content words, each once. */
function askedWords({ terms, tokens }: Question): AskedWord[] {
  const idf = new Map(terms.filter(({ extra }) => !extra).map(one => [one.term, one.idf]))
  const found = new Map<string, AskedWord>()
  for (const { stop, word, term } of tokens) {
    const own = idf.get(term)
    if (!stop && own !== undefined) found.set(word, { word, term, idf: own })
  }
  return [...found.values()]
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
  const heldBy = oncePer((paper: AnalyzedPaper) => {
    const rows = rowsOf(paper)
    const title = question.meaning.nearness(words, [...paper.titleWords])
    return {
      title: words.map((_, j) => title[j] ?? 0),
      anywhere: words.map((_, j) => Math.max(title[j] ?? 0, ...rows.map(row => row[j] ?? 0))),
    }
  })
  return { asked, rowsOf, heldBy }
})

/** The question's words, and for each sentence a row with its similarity to each of them, 0 to 1. */
export function wordNearness(
  question: MeaningQuestion,
  paper: AnalyzedPaper,
): { readonly asked: readonly AskedWord[]; readonly rows: readonly (readonly number[])[] } {
  const { asked, rowsOf } = nearnessTo(question)
  return { asked, rows: rowsOf(paper) }
}

/** How near a paper's title, and the paper anywhere, comes to each of the question's words, 0 to 1. */
export const paperNearness = (
  question: MeaningQuestion,
  paper: AnalyzedPaper,
): { readonly title: readonly number[]; readonly anywhere: readonly number[] } =>
  nearnessTo(question).heldBy(paper)

/** Scales the weight of a word to about 1. */
const wordUnit = 5

/** The most that is lacked of a word. @param says how much each word says by itself, as `WordMatcher.weightOf` */
export const mostLost = (near: readonly number[], says: readonly number[]): number =>
  Math.max(0, ...says.map((weight, j) => weight * (1 - (near[j] ?? 0)))) / wordUnit

const vectorsBy = oncePer((meaning: WordMatcher) => ({
  question: oncePer(({ text }: Question) => meaning.vectorOf(text)),
  sentences: oncePer(({ sentences }: AnalyzedPaper) => sentences.map(({ text }) => meaning.vectorOf(text))),
  phrases: oncePer((phrases: readonly string[]) => phrases.map(text => meaning.vectorOf(text))),
  paper: oncePer(({ paper: { title, abstract } }: AnalyzedPaper) =>
    meaning.vectorOf(`${title}. ${abstract}`),
  ),
}))

/** Cosine of the whole question with each whole sentence. */
export function cosinesToSentences(question: MeaningQuestion, paper: AnalyzedPaper): number[] {
  const vectors = vectorsBy(question.meaning)
  const asked = vectors.question(question)
  return vectors.sentences(paper).map(one => dot(asked, one))
}

/**
 * How near each sentence comes to the nearest of some phrases, standardized like `Nearness`: what part of an abstract it
 * plays. @param phrases the same array each time, since its vectors are kept by it
 */
export function nearnessToPhrases(
  { meaning }: MeaningQuestion,
  paper: AnalyzedPaper,
  phrases: readonly string[],
): number[] {
  const vectors = vectorsBy(meaning)
  const theirs = vectors.phrases(phrases)
  return standardized(vectors.sentences(paper).map(own => Math.max(...theirs.map(one => dot(own, one)))))
}

/** Cosine of the whole question with title and abstract together. */
export function cosineToPaper(question: MeaningQuestion, paper: AnalyzedPaper): number {
  const vectors = vectorsBy(question.meaning)
  return dot(vectors.question(question), vectors.paper(paper))
}

/** Dividing by two standard deviations keeps most values within -1 and 1. */
const deviations = 2

/** In units of two standard deviations around the mean. */
export function standardized(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length)
  const unit = deviations * Math.sqrt(variance)
  return values.map(value => (unit < 1e-9 ? 0 : (value - mean) / unit))
}
