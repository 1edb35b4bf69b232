import type { Token } from '../../search/analysis/analyze.ts'
import type { AnalyzedPaper } from '../analyzed-paper.ts'
import { oncePer } from '../once-per.ts'
import { type SentenceCue, sentenceCues } from './sentence-cues.ts'

/** What the sentences of an abstract say, and where it begins to speak of itself. */
export interface Discourse {
  /** The sentences with their white space folded. */
  readonly texts: readonly string[]
  readonly cues: readonly Readonly<Record<SentenceCue, boolean>>[]
  /** Names of things that are not the title's, in each sentence. */
  readonly names: readonly number[]
  /** The first sentence in which the authors speak. */
  readonly turn: number
  /** The first sentence by which they propose something. */
  readonly main: number
}

const cueNames = Object.keys(sentenceCues) as SentenceCue[]

/** Read once for each analysed paper. */
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

/** Capitals or digits past the first word: GPT4, BLEU, ImageNet, Berlin. */
const name = /^(?:[A-Z]\w{0,40}\d|[A-Z]{2,}|[A-Z][a-z]{1,40}[A-Z]|[A-Z][a-z]{1,40}$)/u

const namesIn = (text: string, tokens: readonly Token[], titleWords: ReadonlySet<string>): number =>
  tokens
    .slice(1)
    .filter(
      ({ start, end, word, stop }) => !stop && !titleWords.has(word) && name.test(text.slice(start, end)),
    ).length
