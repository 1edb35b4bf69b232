import type { Paper } from '../corpus/paper.ts'
import type { ParsedQuery } from '../search/port.ts'

/** A verbatim sentence of a paper's abstract: `paper.abstract.slice(start, start + text.length) === text`. */
export interface Quote {
  readonly paper: Paper
  readonly text: string
  readonly start: number
  readonly score: number
}

/** What an earlier exchange was about, carried into a follow-up question ("and how large is the saving?"). */
export interface Subject {
  readonly question: string
  /** Ids of the papers that were quoted, best first. */
  readonly papers: readonly string[]
}

/** One paper's sentences, a sentence each of several papers, or the papers themselves. */
export type AnswerKind = 'single' | 'survey' | 'list'

export interface Answer {
  readonly kind: AnswerKind
  /** False: the abstracts do not say. Then `quotes` and `papers` are what was looked at. */
  readonly answered: boolean
  /** 0..1; the higher, the surer that the corpus answers the question. Orders questions across calls. */
  readonly confidence: number
  /** Best first, at least 3 where the corpus has them. How many to show is `shown`. */
  readonly quotes: readonly Quote[]
  /** How many of `quotes`, from the first, make the answer: 1 to 3, in a survey to 5, in a list (a sentence that tells what each of the first papers is) to 8; 0 when not answered. */
  readonly shown: number
  /** The sources and the closest papers, best first; of a list what is listed, and nothing else. */
  readonly papers: readonly Paper[]
  /** What was searched, with corrections applied. */
  readonly query: ParsedQuery
  /** What the closest paper does not tell of what is asked: safe to show once escaped. */
  readonly lacks: {
    /** Such as "hardware" or "its authors". */
    readonly attributes: readonly string[]
    /** Words of the question of which the paper holds nothing, as they were typed, rarest first; 3 at most. */
    readonly words: readonly string[]
  }
}

export interface Summary {
  /** One verbatim sentence. Empty only when the abstract is. */
  readonly tldr: string
  /** Two or three verbatim sentences in the abstract's order (fewer when it has fewer). */
  readonly sentences: readonly string[]
}

/** Takes answers and summaries from the abstracts' own words; pure, like the search it stands on. */
export interface Answerer {
  ask(question: string, options?: { subject?: Subject }): Answer
  summarize(paper: Paper): Summary
  /** The sentence of the paper that fits the query best, if any fits at all. */
  passage(paper: Paper, query: string | ParsedQuery): Quote | undefined
}

/** Papers that an answer's message names: its sources, or the closest papers of a refusal. */
export const papersNamed = ({ quotes, shown, papers }: Answer): Paper[] =>
  shown > 0 ? [...new Set(quotes.slice(0, shown).map(({ paper }) => paper))] : papers.slice(0, 3)

/** What a reply to an answer goes on from. */
export const subjectOf = (question: string, answer: Answer): Subject => ({
  question,
  papers: papersNamed(answer).map(({ id }) => id),
})
