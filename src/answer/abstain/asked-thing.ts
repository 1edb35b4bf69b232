import { type Token, tokenize } from '../../search/analysis/analyze.ts'
import type { AnalyzedSentence } from '../analyzed-paper.ts'
import { genericWords, requestWords } from '../question/plain-words.ts'
import type { Question } from '../question.ts'
import { discourseOf } from '../ranking/discourse.ts'
import type { FeatureValues } from '../ranking/linear.ts'
import type { RankedSentence } from '../ranking/rank.ts'
import { sharesStem } from '../term-matching.ts'

const peopleTerms: ReadonlySet<string> = new Set(
  tokenize(
    'people participants patients subjects users students drivers respondents volunteers individuals adults children women men persons residents workers annotators cases controls',
  ).map(({ term }) => term),
)

/** Most words between a number and what it counts; hyphenated words count as one. */
const reach = 4
const numeral =
  /^(?:\d.{0,20}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,6}teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|hundreds?|thousands?|millions?|billions?|single|both|pair)$/u

/** "(N = 25)": how many were studied, without a word for them. */
const sampleSize = /\b[nN]\s?=\s?\d/u
/** "How many took part?" */
const askedOfPeople =
  /\bhow many (?:of them |people |in total )?(?:took part|participated|were (?:there|in|enrolled|included|studied|recruited|tested|asked|interviewed|surveyed)|did they (?:ask|test|study|recruit|interview|survey|enrol|include)|signed up|joined|answered|responded)\b/iu

function countsOf({ tokens, text }: AnalyzedSentence, nouns: ReadonlySet<string>): boolean {
  if (sampleSize.test(text) && [...peopleTerms].some(term => nouns.has(term))) return true
  let left = 0
  return tokens.some(({ word, term, joined }) => {
    if (left > 0 && nouns.has(term)) return true
    if (numeral.test(word)) left = reach
    else if (!joined) left--
    return false
  })
}

/** From this squared cosine on, two words count as synonyms. */
const standsFor = 0.4

const asksThing =
  /\b(?:which|what(?:'?s| is| are| was| were)? the|what(?! (?:is|are|was|were|do|does|did|happens?|about|makes?|if)\b)|whose|how (?:many|much))\s+((?:[\p{L}\p{N}'/-]{1,40}\s{1,3}){0,3}?[\p{L}\p{N}'/-]{1,40})(?=\s{1,3}(?:of|for|in|at|on|by|to|with|from|that|is|are|was|were|do|does|did|has|have|had|can|could|will|would|used?|gave|took|it|they|you|one|should|between|behind|per|when|after|get|got|make|makes)\b|\s{0,3}(?:[?.,!]|$))/iu

/**
 * The noun that is asked for: "rate" in "what is the learning rate of ...?", "patients" in "how many cancer patients
 * ...".
 */
export function askedHead(text: string): Token | undefined {
  if (askedOfPeople.test(text)) return tokenize('participants')[0]
  const phrase = asksThing.exec(text)?.[1]
  if (phrase === undefined) return undefined
  const head = tokenize(phrase).at(-1)
  if (head === undefined || peopleTerms.has(head.term)) return head
  return head.stop || genericWords.has(head.word) || requestWords.has(head.word) ? undefined : head
}

/**
 * Whether the paper contains what is asked for, as the same word or a synonym, and whether with a number or a name.
 */
export function askedThingFeatures(question: Question, text: string, best: RankedSentence): FeatureValues {
  const head = askedHead(text)
  if (head === undefined) return {}
  const { paper, sentence } = best
  const terms = termsFor(head, question, best)
  const { names, cues } = discourseOf(paper)
  const holds = paper.sentences.map(one => [...terms].some(term => one.terms.has(term)))
  const quoted = holds[sentence.index] === true
  const many = /\bhow many\b/iu.test(text)
  const which = /\b(?:which|what)\b/iu.test(text) && !/\bwhat(?:'?s| is| are| was| were) the\b/iu.test(text)
  const anywhere = holds.includes(true) || [...terms].some(term => paper.title.has(term))
  return {
    'head.absent': !anywhere,
    'head.unquoted': anywhere && !quoted,
    'head.uncounted': many && !paper.sentences.some(one => countsOf(one, terms)),
    'head.uncountedquoted': many && !countsOf(sentence, terms),
    'head.unnamed': which && !holds.some((held, i) => held && ((names[i] ?? 0) > 0 || cues[i]?.enum)),
    'head.unmeasured': !which && !many && !holds.some((held, i) => held && cues[i]?.numbers),
    'head.which': which,
    'head.many': many,
    'head.the': !which && !many,
  }
}

/** How the reply names a number that is asked for and that the paper does not give beside its noun. */
export function lackingThing(text: string, features: FeatureValues): string[] {
  const head = askedHead(text)
  if (head === undefined || !features['head.uncounted']) return []
  // "How many people survive drinking it?" asks for people, whatever the phrase ends with.
  const people = tokenize(asksThing.exec(text)?.[1] ?? '').find(({ term }) => peopleTerms.has(term))
  return [`the number of ${(people ?? head).word}`]
}

function termsFor(
  { term, word }: Token,
  { meaning }: Question,
  { paper }: RankedSentence,
): ReadonlySet<string> {
  const words = new Map(
    paper.sentences.flatMap(one => one.tokens.filter(({ stop }) => !stop).map(one => [one.word, one.term])),
  )
  const near = [...words].filter(
    ([other, theirs]) =>
      theirs === term ||
      (peopleTerms.has(term) && peopleTerms.has(theirs)) ||
      sharesStem(term, theirs) ||
      (meaning?.nearness([word], [other])[0] ?? 0) >= standsFor,
  )
  return new Set([term, ...near.map(([, theirs]) => theirs)])
}
