import { LRUCache } from 'lru-cache'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import { compounds, type Token, tokenize } from '../search/analysis/analyze.ts'
import { type Sentence, sentencesOf } from './sentences.ts'

/** A sentence and its words. */
export interface AnalyzedSentence extends Sentence {
  /** From 0 within the abstract. */
  readonly index: number
  /** Every word in order, stop words included. */
  readonly tokens: readonly Token[]
  /** Content terms with their frequencies in the sentence; compounds are terms of their own. */
  readonly terms: ReadonlyMap<string, number>
}

/** A paper's title and abstract, analysed for quoting. */
export interface AnalyzedPaper {
  readonly paper: Paper
  readonly title: ReadonlySet<string>
  /** The title's words in normal form, stop words included. */
  readonly titleWords: ReadonlySet<string>
  /** The terms of title and abstract. */
  readonly words: ReadonlySet<string>
  readonly sentences: readonly AnalyzedSentence[]
  /** For each term, the number of the abstract's sentences that contain it. */
  readonly spread: ReadonlyMap<string, number>
}

/** Content terms of a text with their frequencies. */
export function termsOf(tokens: readonly Token[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { term, stop } of [...tokens, ...compounds(tokens)]) {
    if (!stop) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  return counts
}

/** The words of a web address are no words of the sentence. Blanks in their place keep the offsets. */
const withoutAddresses = (text: string): string =>
  text.replace(/(?:https?:\/\/|www\.)\S{1,300}/gu, address => ' '.repeat(address.length))

export function analyzePaper(paper: Paper): AnalyzedPaper {
  const spread = new Map<string, number>()
  const sentences = sentencesOf(paper.abstract).map((sentence, index) => {
    const tokens = tokenize(withoutAddresses(readable(sentence.text)))
    const terms = termsOf(tokens)
    for (const term of terms.keys()) spread.set(term, (spread.get(term) ?? 0) + 1)
    return { ...sentence, index, tokens, terms }
  })
  const titleTokens = tokenize(readable(paper.title))
  const title = new Set(termsOf(titleTokens).keys())
  const titleWords = new Set(titleTokens.map(({ word }) => word))
  return { paper, title, titleWords, words: new Set([...title, ...spread.keys()]), sentences, spread }
}

/** Cache of recently analysed papers: questions about one topic analyse the same few again. */
export function analyzedPaperCache(capacity: number): (paper: Paper) => AnalyzedPaper {
  const kept = new LRUCache<Paper, AnalyzedPaper>({ max: capacity, memoMethod: analyzePaper })
  return paper => kept.memo(paper)
}
