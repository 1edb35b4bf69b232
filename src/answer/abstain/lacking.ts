import type { Kinds } from '../question/kinds.ts'
import { discourseOf } from '../ranking/discourse.ts'
import type { FeatureValues } from '../ranking/linear.ts'
import type { RankedSentence } from '../ranking/rank.ts'
import { type Attribute, attributes } from './attributes.ts'

/** An attribute that is asked for, and whether the paper gives it. */
export interface AskedAttribute {
  readonly attribute: Attribute
  /** The words that ask for it. */
  readonly words: string
  /** Mentioned in the question but not asked for. */
  readonly aside: boolean
  /** The abstract does not give it. */
  readonly lacking: boolean
  /** The sentence that would be quoted does not give it. */
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

/** Tests whether a sentence gives the attribute; the word of the question counts too. */
function tellsOf({ tells }: Attribute, words: string): (text: string) => boolean {
  const cue = cueOf(words)
  const holds = (text: string) => text.toLowerCase().includes(cue)
  return tells === undefined || tells === 'nothing' ? holds : text => tells.test(text) || holds(text)
}

const asksWord = /\b(?:what|which|who|whose|where|when|how|whats|any)\b/giu
/** Most words, not counting those of the title, between the question word and what it asks for. */
const reach = 4
const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}'-]{1,40}/gu) ?? []

/** Whether it is only mentioned: "cost" in "why does it fail although it costs more?". */
function isAside(text: string, at: number, title: ReadonlySet<string>): boolean {
  const before = text.slice(0, at)
  const last = [...before.matchAll(asksWord)].at(-1)
  if (last === undefined) return false
  return wordsIn(before.slice(last.index)).filter(word => !title.has(word)).length - 1 > reach
}

/** The attribute's name in the reply; where only the word itself would count, the word as it was typed. */
const labelOf = ({ attribute: { label, tells }, words }: AskedAttribute): string =>
  tells === undefined ? words.replace(/^(?:how many|number of|which|what|the) /iu, '') : label

/** Attributes that are asked for and not given, as the reply names them. */
export const lackingAttributes = (asked: readonly AskedAttribute[]): string[] =>
  asked.filter(one => one.lacking && !one.aside).map(labelOf)

export function attributeFeatures(asked: readonly AskedAttribute[]): FeatureValues {
  const lacking = asked.filter(one => one.lacking && !one.aside)
  const given = asked.filter(one => !one.lacking && !one.aside)
  return {
    'lacks.never': lacking.some(({ attribute }) => attribute.tells === 'nothing'),
    'lacks.word': lacking.some(({ attribute }) => attribute.tells === undefined),
    'lacks.type': lacking.some(({ attribute: { tells } }) => tells !== undefined && tells !== 'nothing'),
    'lacks.code': lacking.some(({ attribute }) => attribute.name === 'code'),
    'lacks.aside': asked.some(one => one.lacking && one.aside),
    'lacks.many': lacking.length > 1,
    'lacks.unquoted': lacking.length === 0 && given.length > 0 && given.every(one => one.unquoted),
    'lacks.quoted': lacking.length === 0 && given.some(one => !one.unquoted),
    'lacks.asked': asked.some(one => !one.aside),
  }
}
