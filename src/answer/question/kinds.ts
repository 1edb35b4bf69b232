import { askingClause } from './asking-clause.ts'
import { isClaim } from './claim.ts'
import { asks } from './question-patterns.ts'

/** What a question can ask for; several kinds may apply at once. */
export const kindNames = [
  'avail', // code, data, a demo, an address
  'digest', // a summary of the whole paper
  'number', // how many, how much, how large
  'why', // a reason
  'trouble', // what is wrong, missing or difficult
  'limits', // limitations, future work
  'finds', // findings
  'gain', // whether it is better
  'yesno', // yes or no
  'howgood', // how well it performs
  'which', // which ones
  'trial', // what it was tested on, how it was shown
  'who', // people
  'about', // "what about …": the previous question for another thing
  'how', // the mechanism
  'stand', // the meaning of an abbreviation or a word
  'use', // the purpose
  'define', // a definition
  'claim', // no question but a statement
  'other', // none of these
] as const
export type Kind = (typeof kindNames)[number]
export type Kinds = Readonly<Record<Kind, boolean>>

/** The question in the forms that the patterns need. */
interface Reading {
  readonly text: string
  /** Without brackets, openers ("and", "can you tell me") and closers ("please", "exactly"). */
  readonly bare: string
  readonly low: string
  readonly count: number
  /** The text after "what is", "explain" and the like; undefined without such a beginning. */
  readonly target: string | undefined
  /** The target is an aspect of a thing (its size, its code, its problem), not a thing. */
  readonly aspect: boolean
}

const wordPattern = /[\w'-]{1,60}/gu
const wordsIn = (text: string): number => text.match(wordPattern)?.length ?? 0

function read(typed: string): Reading {
  const text = typed.trim().replace(/[‘’]/gu, "'")
  let bare = askingClause(text.replace(/\([^()]{0,200}\)/gu, ' ').replace(asks.openers, ''))
  for (let i = 0; i < 3; i++) bare = bare.replace(asks.closers, '')
  bare = bare.trim()
  const head = asks.beginsDefine.exec(bare)
  const target =
    head === null ? undefined : bare.slice(head[0].length).replace(/^[ ?.!,]{1,20}|[ ?.!,]{1,20}$/gu, '')
  return {
    text,
    bare,
    low: bare.toLowerCase(),
    count: wordsIn(bare),
    target,
    aspect: target !== undefined && asks.aspect.test(target),
  }
}

const paperWord = /\b(?:paper|work|study|article)\b/iu
const asksForDefinition = /\beli5\b/iu
const makesGood =
  /^what (?:makes|does .{0,200} need)\b.{0,200}\b(?:fast|good|better|work|efficient|cheap|robust|accurate)\b/iu
const whatMakesGood =
  /^what makes\b.{0,200}\b(?:fast|good|better|work|efficient|cheap|robust|accurate)\b|^how'?s\b/iu
const whatTrouble =
  /^(?:what(?:'?s| is| are)?|whats|which) (?:is |was |are )?(?:(?:the|a|so|still|main|biggest|their|its) ){0,2}(?:\w{1,40} )?(?:wrong|problems?|issues?|trouble|bad|hard|difficult|annoying|puzzling|tricky|odd|strange|frustrating|confusing|(?:still )?(?:poorly|not) understood|obstacles?|bottlenecks?|challenges?|missing|gaps?|matter)\b(?! \w{1,40}$)|^(?:what|which) (?:problem|issue|challenge|difficult\w{1,40}|gap|weakness|shortcoming)/iu
const howShown =
  /\bhow (?:do|does|did|is|are|was|were|have) (?:\w{1,40} ){1,4}?(?:test\w{0,40}|show\w{0,40}|prov\w{1,40}|evaluat\w{0,40}|validat\w{0,40}|check\w{0,40}|verif\w{1,40}|measured|tried|try)\b/iu
const provesWhat = /\bprov\w{1,40} the\b|\bevaluate\w{0,40} (?:each|a|the) (?:step|state|token)/iu
const asksForPlace = /\b(?:github|code|download|available|link|url|repo)\b/iu
const weightsOfTerms = /\bweights?\b.{0,200}\b(?:use|penalty)/iu
const inShort =
  /\bcondense\b|\bbrief me\b|\bpaper,? (?:short|briefly)\b|\bthe paper\b.{0,200} about\W{0,9}$/iu
const leftToDo =
  /^how (?:mature|far along|complete|finished)\b|^what next\b|\b(?:what|which) (?:\w{1,40} ){0,2}(?:remains?|is left|are left)\b|\bstill missing\b|\bready for\b|\balways (?:help|work|hold|good|true)|\bunder (?:which|what) conditions?\b|\bdoes(?:n't|nt| not) .{0,200} (?:do|handle|work|cover)\b|\bcan'?t\b.{0,200}\bdo\b/iu
/** "The drawbacks of existing methods", "what is wrong with most work on it". */
const othersWork =
  /\b(?:existing|current(?:ly)?|previous|prior|earlier|traditional|conventional|classical|older?|today['’]?s|most|other|standard|usual|common)\b (?:[\w-]{1,30} ){0,4}?(?:methods?|approach(?:es)?|works?|ways?|models?|systems?|techniques?|tools?|training|solutions?|algorithms?|research|studies|literature|baselines?|frameworks?|strategies|designs?|networks?|treatments?|practice)\b/u
const whatCauses = /^what (?:makes|causes|drives|explains|leads to)\b/u

/** "What makes reviewers rude?" asks for a finding, "what makes it hard?" for the trouble. */
const findingsAsked = (bare: string, low: string): boolean =>
  asks.finds.test(bare) || (whatCauses.test(low) && !whatMakesGood.test(low) && !asks.why.test(low))

/** "Sample complexity of Q-learning?": a figure is asked, with or without "what is". */
const measureOf =
  /^(?:what(?:'?s| is| was| are| were)? )?(?:the |an? )?(?:[\w-]{1,30} ){0,3}(?:error|accuracy|complexity|bounds?|rate|cost|runtime|speed-?up|score|precision|recall|prevalence|incidence|odds ratio|half-life|lifetime|dose) (?:of|for|on|in)\b/u
/** "Does it matter more for looks or for meaning?" */
const choice =
  /\b(?:more|less|better|worse|faster|rather)\b.{1,80}\bor\b|^what(?:'?s| is| are)? the (?:most|least)\b/u
const numberAsked = (text: string, low: string): boolean => asks.number.test(text) || measureOf.test(low)
const gainAsked = (text: string, low: string): boolean => asks.compares.test(text) || choice.test(low)

const asksWhich = /\b(?:which|whose)\b/iu
const howDefined = /\bhow (?:\w{1,40} ){1,4}define[ds]?\b/iu
const shortFor = /\brefers? to\b|\bshort for\b/iu

/** Classifies a question by its wording alone. */
export function kindsOf(typed: string): Kinds {
  if (isClaim(typed)) return { ...none, claim: true }
  const question = read(typed)
  const first = firstKinds(question)
  const kinds = resolved(question, first)
  const define = definitionAsked(question, kinds)
  const whole = {
    ...kinds,
    define,
    claim: false,
    ...(define ? { gain: false, which: false, limits: false } : {}),
  }
  return { ...whole, other: !Object.values(whole).some(holds => holds) }
}

const none = Object.fromEntries(kindNames.map(name => [name, false])) as Kinds

type KindFlags = Record<Exclude<Kind, 'define' | 'claim' | 'other'>, boolean>
const begins = (question: Reading): boolean => question.target !== undefined

/** Each kind by its own patterns, independently of the others. */
function firstKinds(question: Reading): KindFlags {
  const { text, bare, low, count } = question
  const kindOf = asks.kindOf.test(bare)
  const method = asks.method.test(bare)
  const simply = asksForDefinition.test(text)
  const about =
    /\babout\W{0,9}$/iu.test(bare) && !paperWord.test(text) && begins(question) && low.startsWith('what')
  const which =
    asks.beginsWhich.test(bare) || (asksWhich.test(low) && !asks.how.test(text) && !asks.why.test(text))
  const yesno = asks.yesNo.test(bare)
  const tried = asks.tried.test(text) && (asks.which.test(text) || asks.how.test(text) || yesno || count <= 4)
  return {
    avail: asks.code.test(text) && (count <= 9 || asksForPlace.test(low)) && !weightsOfTerms.test(low),
    digest: (asks.digest.test(text) && !simply && !about) || inShort.test(low),
    number: numberAsked(text, low),
    why: asks.why.test(text) && !makesGood.test(low),
    trouble: troubleAsked(question),
    limits: asks.limits.test(text) || leftToDo.test(low),
    finds: findingsAsked(bare, low),
    gain: gainAsked(text, low),
    yesno,
    howgood: asks.howGood.test(text),
    which: which && !kindOf && !method,
    trial: tried || showsHow(low),
    who: asks.who.test(text),
    about: asks.whatAbout.test(text),
    how: false,
    stand: asks.standsFor.test(text) || shortFor.test(low),
    use: asks.usedFor.test(text) && !method,
  }
}

function troubleAsked(question: Reading): boolean {
  const { text, bare, low } = question
  if (asks.getsWrong.test(bare)) return true
  if (!asks.trouble.test(text)) return false
  return begins(question) || low.startsWith('what') ? whatTrouble.test(low) : true
}

const showsHow = (low: string): boolean => howShown.test(low) && !provesWhat.test(low)

const beginsHow = /^how (?!come\b)/iu

/** Resolves conflicts: which kinds rule out others. */
function resolved({ bare, low, count }: Reading, first: KindFlags): KindFlags {
  const kinds = { ...first }
  const method = asks.method.test(bare)
  const how = (asks.how.test(bare) && !kinds.howgood && !kinds.digest) || method || whatMakesGood.test(low)
  if (beginsHow.test(bare)) kinds.why = false
  kinds.how =
    how &&
    !(kinds.why && !method) &&
    !(showsHow(low) && count <= 8) &&
    !howDefined.test(low) &&
    !/^how (?:mature|far along|complete|finished)\b/u.test(low)
  if (how) kinds.gain = kinds.which = false
  if (kinds.how) {
    kinds.trial = false
    kinds.trouble = false
  }
  if (kinds.yesno && !kinds.why) kinds.trouble = false
  if (kinds.avail) kinds.trial = kinds.number = false
  if (kinds.finds) kinds.which = kinds.why = false
  // What the paper sets out to mend, and not its own limits; "work" is a noun there.
  if ((kinds.limits || kinds.trouble) && othersWork.test(low)) {
    kinds.trouble = true
    kinds.limits = kinds.gain = false
  }
  return kinds
}

const whatDoesItDo = /^what (?:do|does) (?:the |an? )?(?:[\w-]{1,60} ){1,4}do\W{0,9}$/u
const leadsOn = /^\W{0,9}(?:and|but|so)\b/iu
const definedAs = /^.{2,60}\bdefin(?:ition|ed)\W{0,9}$/u
const whatItIs = /^what \S{1,60}(?: \S{1,60}){0,3} is$/u
const mostDefined = 11
const mostNamed = 6
/** With a question mark, longer names are asked for: "channel aggregation in convnets for action recognition?" */
const mostNamedAsked = 9
/** "Conservative methods for offline learning?" asks for several papers. */
const ofMany =
  /\b(?:methods|approaches|techniques|ways|papers|works|studies|models|datasets|benchmarks|algorithms|systems|attacks)\b/u

/** Whether the question asks for a definition. */
function definitionAsked(question: Reading, kinds: KindFlags): boolean {
  const { text, bare, low, count } = question
  if (asks.method.test(bare) || kinds.avail || kinds.digest || kinds.number || kinds.finds) return false
  if (kinds.why && !kinds.stand) return false
  if (kinds.stand || asks.kindOf.test(bare) || asksForDefinition.test(text) || asks.whatIsIt.test(text))
    return true
  if (whatDoesItDo.test(low) && !/\bthey do\b/u.test(low)) return true
  const other = kinds.yesno || kinds.about || kinds.limits || kinds.trial || kinds.trouble
  const asksNothing = !asks.questionWord.test(bare.replace(asks.whatIsIt, ''))
  const most = text.endsWith('?') && !ofMany.test(low) ? mostNamedAsked : mostNamed
  if (count > 0 && count <= most && asksNothing && !other && !leadsOn.test(text)) return true
  return namesThing(question, kinds) || definedAs.test(low) || whatItIs.test(low)
}

/** "what is", "explain" and the like, followed by a short noun phrase without a clause. */
function namesThing({ target, aspect, low }: Reading, kinds: KindFlags): boolean {
  if (target === undefined || aspect || whatTrouble.test(low)) return false
  const words = wordsIn(target)
  const whole =
    !asks.clause.test(target.replace(/\b(?:what|which) .{0,400}/iu, '')) ||
    kinds.use ||
    /^(?:tell me|never|what do (?:you|we) know)/u.test(low)
  return words > 0 && words <= mostDefined && whole
}
