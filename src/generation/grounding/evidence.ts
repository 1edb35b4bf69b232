import { compounds, type Token, tokenize } from '../../search/analysis/analyze.ts'

import type { Passage } from './passage.ts'
import { type Quantity, quantitiesIn } from './quantities.ts'

/** A text read for comparing: a passage, or a sentence that claims to be taken from one. */
export interface ReadText {
  readonly text: string
  /** Every word in order, stop words included. */
  readonly tokens: readonly Token[]
  /** Stems of the words that count, what hyphens join as one word too. */
  readonly terms: ReadonlySet<string>
  /** All words in normal form. */
  readonly words: ReadonlySet<string>
  readonly quantities: readonly Quantity[]
}

/** A passage and the words of its paper's title, which may name the subject. */
export interface Evidence extends ReadText {
  readonly title: ReadText
}

export function readText(text: string): ReadText {
  const tokens = tokenize(text)
  const all = [...tokens, ...compounds(tokens)]
  return {
    text,
    tokens,
    terms: new Set(all.filter(({ stop }) => !stop).map(({ term }) => term)),
    words: new Set(all.map(({ word }) => word)),
    quantities: quantitiesIn(text),
  }
}

export const readPassage = ({ title, text }: Passage): Evidence => ({
  ...readText(text),
  title: readText(title),
})
