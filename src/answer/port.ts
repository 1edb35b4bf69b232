import type { Paper } from '../corpus/paper.ts'
import type { ParsedQuery } from '../search/port.ts'

/** A verbatim sentence of a paper's abstract: `paper.abstract.slice(start, start + text.length) === text`. */
export interface Quote {
  readonly paper: Paper
  readonly text: string
  readonly start: number
  readonly score: number
  /** The sentence before it, where the quoted one is not understood without: "However, ...", "These ...". */
  readonly before?: string
}

/** The subject of an earlier exchange, carried into a follow-up question ("and how large is the saving?"). */
export interface Subject {
  readonly question: string
  /** Ids of the papers that were named, in the order shown. */
  readonly papers: readonly string[]
  /** The one of them that was spoken of last, where it was chosen from a list; undefined: the list itself was shown. */
  readonly about?: string | undefined
}

/** Sentences of one paper, one sentence each of several papers, or a list of papers. */
export type AnswerKind = 'single' | 'survey' | 'list'

/** By publication date. */
export type ListOrder = 'newest' | 'oldest'

export interface Answer {
  readonly kind: AnswerKind
  /** False when the abstracts do not give the answer; `quotes` and `papers` are then the closest ones found. */
  readonly answered: boolean
  /** 0 to 1: how probable it is that the collection answers the question. Comparable across questions. */
  readonly confidence: number
  /** Best first, at least 3 where the collection has them. `shown` says how many to show. */
  readonly quotes: readonly Quote[]
  /**
   * How many of `quotes`, from the first, make the answer: 1 to 3 for a single paper, up to 5 in a survey, up to 8 in
   * a list (one summary sentence per paper); 0 when not answered.
   */
  readonly shown: number
  /**
   * For a refusal: the sentence that comes closest, where it shares what the question is about. Without it nothing here
   * is close: `quotes` and `papers` are only what was looked at.
   */
  readonly closest?: Quote | undefined
  /** The sources followed by the closest papers, best first; for a list, only the papers listed. */
  readonly papers: readonly Paper[]
  /** For a list: how many of `papers`, from the first, are on the whole topic; the others are on a part of it. */
  readonly whole?: number
  /** For a list: the order of `papers`; undefined means best match first. */
  readonly order?: ListOrder
  /** For a list made of an earlier one: the question alone does not bring it again. */
  readonly fromEarlier?: true
  /** For a list narrowed from an earlier one: how many papers that one had. */
  readonly of?: number
  /** The earlier list, in its order, from which the paper was chosen: the next question may choose another. */
  readonly among?: readonly Paper[]
  /** What was searched, with spelling corrections applied. */
  readonly query: ParsedQuery
  /** What the closest paper lacks of the question. Escape before showing. */
  readonly lacks: {
    /** Such as "hardware" or "its authors". */
    readonly attributes: readonly string[]
    /** Words of the question that the paper does not contain, as they were typed, rarest first; 3 at most. */
    readonly words: readonly string[]
    /** What is asked about and no paper contains, as it was typed; 3 at most. */
    readonly nowhere: readonly string[]
  }
}

export interface Summary {
  /** One verbatim sentence; empty only when the abstract is empty. */
  readonly tldr: string
  /** Two or three verbatim sentences in the abstract's order (fewer when it has fewer). */
  readonly sentences: readonly string[]
}

/** Extractive answers and summaries from the abstracts; pure, like the search it uses. */
export interface Answerer {
  ask(question: string, options?: { subject?: Subject }): Answer
  summarize(paper: Paper): Summary
  /** The sentence of the paper that best matches the query; undefined when none matches. */
  passage(paper: Paper, query: string | ParsedQuery): Quote | undefined
}

/** The papers named in an answer's message: its sources, or the closest papers of a refusal, where any is close. */
export function papersNamed({ quotes, shown, papers, closest, fromEarlier }: Answer): Paper[] {
  if (shown > 0) return [...new Set(quotes.slice(0, shown).map(({ paper }) => paper))]
  return closest === undefined && !fromEarlier ? [] : papers.slice(0, 3)
}

/** The subject for a follow-up question. */
export function subjectOf(question: string, answer: Answer): Subject {
  const { kind, answered, papers, among } = answer
  const named = among ?? (kind === 'list' && answered ? papers : papersNamed(answer))
  const about = kind === 'single' && among !== undefined ? papers[0]?.id : undefined
  return { question, papers: named.map(({ id }) => id), about }
}
