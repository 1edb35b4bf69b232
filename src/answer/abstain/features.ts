import { genericWords, requestWords } from '../question/plain-words.ts'
import { pairsOf, type Question, type QuestionTerm } from '../question.ts'
import { asked, said } from '../ranking/asked-and-said.ts'
import { discourseOf } from '../ranking/discourse.ts'
import type { FeatureValues } from '../ranking/linear.ts'
import { numberKinds } from '../ranking/numbers.ts'
import type { RankedSentence } from '../ranking/rank.ts'
import { sharesStem, type TermCoverage, termCoverageOf, termMatchingOf, widened } from '../term-matching.ts'
import { askedThingFeatures, lackingThing } from './asked-thing.ts'
import { definedFeatures } from './defined-features.ts'
import { askedAttributes, attributeFeatures, lackingAttributes } from './lacking.ts'
import { missingWords, nowhereIn } from './missing.ts'
import { isPlain } from './plain-terms.ts'
import { softFeatures } from './soft-features.ts'
import { talkFeatures } from './talk-features.ts'

/** What the chosen paper covers of a question, and what it lacks. */
export interface Lack {
  readonly features: FeatureValues
  /** Attributes that are asked for and not given, as the reply names them. */
  readonly attributes: readonly string[]
  /** The question's words that the paper does not contain, as they were typed, rarest first. */
  readonly words: readonly string[]
  /** Those that name a subject and that no paper contains. */
  readonly nowhere: readonly string[]
}

export interface Follow {
  /** The question continues the conversation, and the answer comes from the previous answer's paper. */
  readonly staysWithSubject: boolean
}

/** A term with a higher idf identifies a paper wherever it occurs. */
const naming = 3.5

/** @param ranked the sentences, best first; only the first one's paper is examined */
export function lackOf(question: Question, ranked: readonly RankedSentence[], follow: Follow): Lack {
  const [best] = ranked
  const nowhere = nowhereIn(question)
  if (best === undefined) {
    const unknown = missingWords(
      question,
      question.terms.filter(one => one.unknown),
    )
    return {
      features: { nohits: true },
      attributes: [],
      words: [],
      nowhere: nowhere.length > 0 ? nowhere : unknown,
    }
  }
  const text = question.text.replace(/\([^()]{0,200}\)/gu, ' ')
  const terms = subjectTerms(question, text)
  const held = heldBy(question, terms, best)
  const asked = askedAttributes(text, question.kinds, best)
  const { kinds } = question
  const thing = askedThingFeatures(question, text, best)
  const soft = softFeatures(question, best)
  const attributes = lackingAttributes(asked)
  const coverage = coverageFeatures(question, terms, held, best)
  return {
    features: {
      ...coverage,
      ...typeFeatures(question, text, best),
      ...thing,
      ...attributeFeatures(asked),
      ...soft,
      // Whether: the word that is lost is what is asked for, more often than elsewhere.
      'lost.yesno': kinds.yesno ? (soft['said.lost'] ?? 0) : 0,
      'kind.who': kinds.who,
      'kind.define': kinds.define,
      'kind.digest': kinds.digest,
      'kind.how': kinds.how,
      'kind.why': kinds.why,
      'kind.yesno': kinds.yesno,
      'kind.number': kinds.number,
      'kind.follow': follow.staysWithSubject,
      ...(follow.staysWithSubject ? followFeatures(soft, coverage) : {}),
      'kind.exact': kinds.number && /\bexact(?:ly)?\b/iu.test(text),
      ...talkFeatures(question, text),
      ...definedFeatures(question, best),
    },
    attributes: attributes.length > 0 ? attributes : lackingThing(text, thing),
    words: missingWords(question, held.missing),
    nowhere,
  }
}

/** What goes on about a paper is asked of that paper, word by word: what it lacks says more there than elsewhere. */
const followFeatures = (soft: FeatureValues, coverage: FeatureValues): FeatureValues => ({
  'follow.lost': soft['said.lost'] ?? 0,
  'follow.covered': soft['said.cover'] ?? 0,
  'follow.quoted': soft['said.quoted'] ?? 0,
  'follow.cosine': soft['soft.cosinetop'] ?? 0,
  'follow.named': coverage['miss.named'] ?? 0,
})

/** The question's subject terms, outside of brackets. */
function subjectTerms({ terms, tokens }: Question, text: string): QuestionTerm[] {
  const asking = new Set(
    tokens.filter(({ word }) => genericWords.has(word) || requestWords.has(word)).map(({ term }) => term),
  )
  const low = text.toLowerCase()
  const outside = new Set(
    tokens.filter(({ word }) => low.includes(word.slice(0, 4).toLowerCase())).map(({ term }) => term),
  )
  return terms.filter(
    ({ term, extra }) => !extra && !asking.has(term) && (outside.has(term) || outside.size === 0),
  )
}

interface Held {
  readonly exact: TermCoverage
  readonly wide: TermCoverage
  readonly missing: readonly QuestionTerm[]
}

function heldBy({ alternatives }: Question, terms: readonly QuestionTerm[], { paper }: RankedSentence): Held {
  const matching = termMatchingOf(
    terms.map(({ term }) => term),
    paper.words,
  )
  const exact = termCoverageOf(paper.words, matching)
  const wide = widened(exact, paper.words, alternatives)
  return { exact, wide, missing: terms.filter(({ term }) => !wide.get(term)) }
}

const sum = (terms: readonly QuestionTerm[], of: (one: QuestionTerm) => number = () => 1): number =>
  terms.reduce((all, one) => all + one.idf * of(one), 0)

/** Weight of a missing plain English word, relative to a technical term. */
const plainWeight = 0.25
/** Scale of matched idf: well above it, a match is unlikely to be chance. */
const chanceScale = 4.5

function coverageFeatures(
  question: Question,
  terms: readonly QuestionTerm[],
  { exact, wide, missing }: Held,
  { paper, sentence }: RankedSentence,
): FeatureValues {
  const total = sum(terms) || Number.EPSILON
  const cover = sum(terms, ({ term }) => exact.get(term) ?? 0) / total
  const plain = ({ term }: QuestionTerm) => (!wide.get(term) && isPlain(term) ? plainWeight : 1)
  const mass = sum(terms, plain) || Number.EPSILON
  const identifying = terms.filter(
    ({ term, idf }) => exact.get(term) === 1 && (paper.title.has(term) || idf > naming),
  )
  const { named, numbered } = writtenNames(question)
  const quoted = (term: string) =>
    sentence.terms.has(term) || [...sentence.terms.keys()].some(word => sharesStem(term, word))
  return {
    cover,
    'cover.wider': sum(terms, ({ term }) => (wide.get(term) ?? 0) - (exact.get(term) ?? 0)) / total,
    'cover.sure': cover * (1 - Math.exp((-cover * total) / chanceScale)),
    'cover.plain': sum(terms, one => plain(one) * (wide.get(one.term) ?? 0)) / mass,
    'cover.define': question.kinds.define && cover < 0.6,
    'miss.named': missing.some(({ term }) => named.has(term)),
    'miss.numbered': missing.some(({ term }) => numbered.has(term)),
    'held.few': terms.filter(({ term }) => exact.has(term)).length < 2,
    'held.onlytitle': terms.every(({ term }) => (exact.get(term) ?? 0) >= 0.5 && paper.title.has(term)),
    'held.title': terms.filter(({ term }) => paper.title.has(term)).length / Math.max(1, paper.title.size),
    'held.quoted': sum(terms, ({ term }) => (quoted(term) ? 1 : 0)) / total,
    'name.titled': Math.min(1, sum(identifying) / 6),
    'name.none': identifying.length === 0,
    'pairs.held': pairsHeld(question, paper),
  }
}

/** The share of the question's word pairs that occur as adjacent words in the paper. */
function pairsHeld({ pairs }: Question, { sentences }: RankedSentence['paper']): number {
  if (pairs.size === 0) return 0.5
  const there = new Set(sentences.flatMap(({ tokens }) => pairsOf(tokens)))
  return [...pairs].filter(pair => there.has(pair)).length / pairs.size
}

/** Terms that the question writes with a capital (after the first word) or with a digit. */
function writtenNames({ tokens, text }: Question): { named: Set<string>; numbered: Set<string> } {
  const typed = tokens.map(({ start, end, term }, i) => ({ word: text.slice(start, end), term, i }))
  return {
    named: new Set(
      typed
        .filter(({ word, i }) => /\d/u.test(word) || (i > 0 && /\p{Lu}/u.test(word)))
        .map(({ term }) => term),
    ),
    numbered: new Set(typed.filter(({ word }) => /\d/u.test(word)).map(({ term }) => term)),
  }
}

const asksModel =
  /\b(?:which|what|whose)\b (?!(?:kinds?|sorts?|types?) of )(?:\w{1,40} ){0,2}?(?:llms?|models?|language models?)\b(?! (?:sizes?|trained|architecture))/iu

/** Signs of a wrong answer type: no number where one is asked for, no list, no name. */
function typeFeatures({ kinds }: Question, text: string, best: RankedSentence): FeatureValues {
  const { texts, cues, main, names } = discourseOf(best.paper)
  const at = best.sentence.index
  const quoted = texts[at] ?? ''
  const found: Record<string, number | boolean> = {}
  if (kinds.number && !kinds.why && !kinds.how && !kinds.yesno)
    Object.assign(found, numberFeatures(text, best))
  if (kinds.why) {
    const cue = cues[at]
    found['type.whylate'] = at > main
    found['type.whyresult'] = at > main && (cue?.finds ?? false) && !cue?.cause && !cue?.trouble
  }
  if (kinds.which) {
    found['type.listquoted'] = (names[at] ?? 0) === 0 && !cues[at]?.enum
    if (asksModel.test(text) && !/\bsize\b/iu.test(text)) {
      found['type.model'] = !texts.some(one => said.modelName.test(one))
      found['type.modelquoted'] = !said.modelName.test(quoted)
    }
  }
  return found
}

const asksShare = /\bhow much of\b/iu
/** "Two thirds", "9 out of 10", "the majority" */
const shareSaid =
  /\b(?:third|quarter|fifth|half|majority|minority|nearly all|almost all|most|none|out of (?:\w{1,8}|\d{1,6})|\d{1,6} of (?:the )?\d{1,6})s?\b/iu
const asksDuration = /\bhow (?:long|often|soon|quick(?:ly)?|fast)\b/iu
/** Amounts without a figure, which answer "how fast?" and "how long?" as people speak. */
const amount =
  /\borders? of magnitude\b|\b(?:a few|several|a couple of|many) (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\b|\b(?:single|one) (?:forward )?pass\b|\b(?:real|linear|constant|quadratic|polynomial|logarithmic|sublinear)[- ]time\b|\b(?:a|one|two) (?:quarter|third|fifth)s?\b/iu

function numberFeatures(text: string, { paper, sentence }: RankedSentence): FeatureValues {
  const { texts } = discourseOf(paper)
  const quoted = texts[sentence.index] ?? ''
  const { counts, ratios, orders } = numberKinds(quoted)
  const isDuration = asksDuration.test(text)
  const counted = asked.howMany.test(text)
  const isShare = asksShare.test(text)
  const isTold = (one: string): boolean => !counted && (amount.test(one) || (isShare && shareSaid.test(one)))
  const told = isTold(quoted)
  return {
    'type.size':
      !isDuration &&
      asked.size.test(text) &&
      !texts.some(one => said.sized.test(one) && numberKinds(one).counts > 0),
    'type.number': (isShare ? 0 : counts + orders) + ratios === 0 && !told,
    'type.anynumber': !texts.some(one => /\d/u.test(one) || isTold(one)),
    'type.ratio': !counted && ratios + orders === 0 && !told,
  }
}
