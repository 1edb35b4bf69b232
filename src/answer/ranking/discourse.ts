import type { Token } from '../../search/analysis/analyze.ts'
import type { AnalyzedPaper } from '../analyzed-paper.ts'
import { oncePer } from '../once-per.ts'
import { type SentenceCue, sentenceCues } from './sentence-cues.ts'

/** The roles of an abstract's sentences, and where it turns to the authors' own work. */
export interface Discourse {
  /** The sentences with white space collapsed. */
  readonly texts: readonly string[]
  readonly cues: readonly Readonly<Record<SentenceCue, boolean>>[]
  /** How many names each sentence contains that are not in the title. */
  readonly names: readonly number[]
  /** Index of the first sentence about the authors' own work. */
  readonly turn: number
  /** Index of the first sentence in which the authors propose something. */
  readonly main: number
}

const cueNames = Object.keys(sentenceCues) as SentenceCue[]

/** Computed once per analysed paper. */
export const discourseOf = oncePer(read)

function read({ sentences, titleWords }: AnalyzedPaper): Discourse {
  const texts = sentences.map(({ text }) => text.replace(/\s+/gu, ' ').trim())
  const cues = texts.map(cuesIn)
  const own = cues.findIndex(cue => cue.proposes && (cue.we || cue.thisPaper))
  const turn = Math.max(
    0,
    cues.findIndex(cue => cue.proposes || cue.thisPaper || cue.we),
  )
  return {
    texts,
    cues,
    names: sentences.map(({ text, tokens }) => namesIn(text, tokens, titleWords)),
    turn,
    main: own < 0 ? turn : own,
  }
}

const cuesIn = (text: string): Record<SentenceCue, boolean> =>
  Object.fromEntries(cueNames.map(name => [name, sentenceCues[name].test(text)])) as Record<
    SentenceCue,
    boolean
  >

/** Names: capitals or digits after the first word, as in GPT4, BLEU, ImageNet, Berlin. */
const name = /^(?:[A-Z]\w{0,40}\d|[A-Z]{2,}|[A-Z][a-z]{1,40}[A-Z]|[A-Z][a-z]{1,40}$)/u

const namesIn = (text: string, tokens: readonly Token[], titleWords: ReadonlySet<string>): number =>
  tokens
    .slice(1)
    .filter(
      ({ start, end, word, stop }) => !stop && !titleWords.has(word) && name.test(text.slice(start, end)),
    ).length
