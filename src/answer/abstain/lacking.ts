import type { Kinds } from '../question/kinds.ts'
import { discourseOf } from '../ranking/discourse.ts'
import type { Told } from '../ranking/linear.ts'
import type { RankedSentence } from '../ranking/rank.ts'
import { type Attribute, attributes } from './attributes.ts'

/** An attribute that is asked for, and how far the paper tells it. */
export interface AskedAttribute {
  readonly attribute: Attribute
  /** The words that ask for it. */
  readonly words: string
  /** It is spoken of rather than asked for. */
  readonly aside: boolean
  /** Nothing of it stands in the abstract. */
  readonly lacking: boolean
  /** The sentence that would be quoted says nothing of it. */
  readonly unquoted: boolean
}

export function askedAttributes(text: string, kinds: Kinds, best: RankedSentence): AskedAttribute[] {
  const { texts } = discourseOf(best.paper)
  const title = best.paper.paper.title.toLowerCase()
  const titled = (words: string) => title.includes(cueOf(words))
  const quoted = texts[best.sentence.index] ?? ''
  return attributes.flatMap(attribute => {
    const match = attribute.asks.exec(text)
    if (match === null || (attribute.name === 'code' && !kinds.avail)) return []
    const [words] = match
    const tells = tellsOf(attribute, words)
    const aside = isAside(text, match.index, best.paper.titleWords)
    return [
      { attribute, words, aside, lacking: !titled(words) && !texts.some(tells), unquoted: !tells(quoted) },
    ]
  })
}

/** "seed" in "how many seeds", "batch size" in "what batch size"; "how deep" asks for a number, not for the word. */
const cueOf = (words: string): string =>
  words
    .toLowerCase()
    .replace(/^(?:how many|number of|which|what|the) /u, '')
    .replace(/s$/u, '')

/** Whether a sentence tells it; a word that was asked and stands there counts as told. */
function tellsOf({ tells }: Attribute, words: string): (text: string) => boolean {
  const cue = cueOf(words)
  const holds = (text: string) => text.toLowerCase().includes(cue)
  return tells === undefined || tells === 'nothing' ? holds : text => tells.test(text) || holds(text)
}

const asksWord = /\b(?:what|which|who|whose|where|when|how|whats|any)\b/giu
/** So many words, without those of the title, stand between the word that asks and what it asks for. */
const reach = 4
const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}'-]{1,40}/gu) ?? []

/** Whether it is only spoken of: "cost" in "why does it fail although it costs more?". */
function isAside(text: string, at: number, title: ReadonlySet<string>): boolean {
  const before = text.slice(0, at)
  const last = [...before.matchAll(asksWord)].at(-1)
  if (last === undefined) return false
  return wordsIn(before.slice(last.index)).filter(word => !title.has(word)).length - 1 > reach
}

/** How the reply names it: a word that has to stand there itself, as it was typed. */
export const labelOf = ({ attribute: { label, tells }, words }: AskedAttribute): string =>
  tells === undefined ? words.replace(/^(?:how many|number of|which|what|the) /iu, '') : label

export function attributeFeatures(asked: readonly AskedAttribute[]): Told {
  const lacking = asked.filter(one => one.lacking && !one.aside)
  const told = asked.filter(one => !one.lacking && !one.aside)
  return {
    'lacks.never': lacking.some(({ attribute }) => attribute.tells === 'nothing'),
    'lacks.word': lacking.some(({ attribute }) => attribute.tells === undefined),
    'lacks.type': lacking.some(({ attribute: { tells } }) => tells !== undefined && tells !== 'nothing'),
    'lacks.code': lacking.some(({ attribute }) => attribute.name === 'code'),
    'lacks.aside': asked.some(one => one.lacking && one.aside),
    'lacks.many': lacking.length > 1,
    'lacks.unquoted': lacking.length === 0 && told.length > 0 && told.every(one => one.unquoted),
    'lacks.quoted': lacking.length === 0 && told.some(one => !one.unquoted),
    'lacks.asked': asked.some(one => !one.aside),
  }
}
