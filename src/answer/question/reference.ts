import type { ListOrder } from '../port.ts'
import { type NarrowingReference, narrowingIn } from './narrowing-reference.ts'

/**
 * How a question points at papers that were just listed. Places count from 0 in the order shown, -1 is the last; `rest`
 * is the question with "it" in the reference's place.
 */
export type Reference =
  /** "The second one", "number 3", "the first two". */
  | { readonly kind: 'places'; readonly places: readonly number[]; readonly rest: string }
  /** "The next one", from the one spoken of last. */
  | { readonly kind: 'step'; readonly by: 1 | -1; readonly rest: string }
  /** "The newest one". */
  | { readonly kind: 'dated'; readonly order: ListOrder; readonly rest: string }
  /** "The data shapley one", "the one about yeast". */
  | { readonly kind: 'name'; readonly name: string; readonly rest: string }
  /** "Only those about news", "which of them use mice?", "not the ones on news". */
  | NarrowingReference
  /** "And the others?" */
  | { readonly kind: 'others' }
  /** "Newest first", "any newer ones?" */
  | { readonly kind: 'byDate'; readonly order: ListOrder; readonly further: boolean }
  /** "More like this one", "similar papers". */
  | { readonly kind: 'similar'; readonly rest: string }

const ordinals =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth'.split(
    ' ',
  )
const counts = 'one two three four five six seven eight'.split(' ')
const ordinal = `${ordinals.join('|')}|\\d{1,2}(?:st|nd|rd|th)|last|former|latter`
/** What a paper is asked for: "what does the second say about mice?" */
const does =
  'do|does|did|use|uses|used|find|finds|found|say|says|said|show|shows|report|claim|compare|differ|propose|conclude|test|tested|measure|study|need|have|has|help|work|is|was|can'
const things =
  '(?:one|paper|study|article|publication|work|result|hit|item|entry|source)\\b(?! (?:to|that|which|who|ever|on|about|with|of|by|for)\\b)'
const many = '(?:ones|papers|studies|articles|publications|works|results)'

const opening =
  /^\W{0,9}(?:(?:and|so|but|or|ok(?:ay)?|hey|hmm+|also|then|now|well|please|pls|can you|could you|would you|i(?:'d| would) like to see|i want|i need|what about|how about)\b[\s,]{0,9}){0,4}/iu
const closing = /(?:[\s,]{1,9}(?:please|pls|then|again|thanks|thx|though|here|too))?[\s?!.]{0,9}$/iu
const bareOf = (text: string): string => text.replace(opening, '').replace(closing, '')

/** Forms with a place or several; each is replaced by "it". */
const placed: readonly RegExp[] = [
  // "A second study" and "my last paper" are none of the list.
  new RegExp(`(?<!\\b(?:a|an|my|their|his|her|our) )\\b(?:the |that |your )?(${ordinal}) ${things}`, 'giu'),
  new RegExp(
    `\\b(?:the|that) (${ordinal})(?=[\\s?!.]{0,9}$|\\W{1,3}(?:(?:and|or) (?:the|that|number|then|also|tell|give|show|how|what|why|is|does|did)\\b|(?:then|please|pls)\\b|(?:${does})\\b(?! of\\b)))`,
    'giu',
  ),
  /(?:\b(?:paper|source|result)\b ?#?|#)([1-9]\d?)\b(?![.,]?\d)/giu,
  new RegExp(
    `(?<!\\batomic )\\b(?:number|nr|no|item|entry)\\b\\.? ?([1-9]\\d?)(?=[\\s?!.]{0,9}$|[,;:'’]|\\s(?:and|or|then|please|pls|${does})\\b(?! of\\b))`,
    'giu',
  ),
  /\[([1-9]\d?)\]/gu,
  /^\W{0,3}([1-9]\d?)\W{0,3}$/gu,
]
const firstFew = new RegExp(
  `\\b(?:the )?(first|last|top) (two|three|four|five|[2-5])(?: ${many})?(?=[\\s?!.]{0,9}$|\\W{0,3}(?:and|or|please|pls|do|does|use|differ)\\b)`,
  'iu',
)

function placeOf(word: string): number {
  const low = word.toLowerCase()
  if (low === 'last' || low === 'latter') return -1
  if (low === 'former') return 0
  const at = ordinals.indexOf(low)
  return at >= 0 ? at : Number.parseInt(low, 10) - 1
}

const nextOne = new RegExp(
  `\\b(?:the )?(next|previous) ${things}|^\\W{0,9}(?:(?:and|ok|then|now|show me|go to) ){0,2}(?:the )?(next|previous)(?=[\\s?!.]{0,9}$)`,
  'iu',
)
/** Two places named together: "the first and second", "papers 1 and 3". */
const twoPlaces = new RegExp(
  `\\bthe (${ordinal})(,? and|,? or| vs\\.?| versus|,) (?:the )?(${ordinal})(?: ${many})?(?=[\\s?!.,]{0,9}$|\\s(?:${does})\\b)`,
  'giu',
)
const twoNumbers =
  /(?:\b(?:papers|numbers|results|sources) #?|^\W{0,3}#?)([1-9]\d?)(,? and|,? or| vs\.?|,| &) #?([1-9]\d?)(?=[\s?!.,]{0,9}$|\s(?:do|differ|use|find)\b)/giu
const datedOne = new RegExp(
  `\\b(?:the )?(newest|latest|most recent|oldest|earliest)(?: ${things}|(?=[\\s?!.]{0,9}$))|^which (?:one |of them |of these |of those )?(?:is|was) (?:the )?(newest|latest|most recent|oldest|earliest)\\b`,
  'iu',
)
const newer =
  /^(?:any(?:thing)?|something|show(?: me)?|are there(?: any)?|is there anything|got(?: any)?)?\s?(newer|more recent|older)(?: (?:ones?|papers?|work|studies|stuff|articles))?$/iu
const sorted =
  /^(?:sort(?:ed)?(?: (?:them|these|those|it))? by (?:date|year|publication date)|(newest|latest|oldest|earliest|most recent) (?:first|ones))$/iu
const othersForm = new RegExp(
  `^(?:show me |list |what are |any )?(?:the |all )?(?:others?|other ${many}|rest|rest of (?:them|these|those|the list)|remaining(?: ${many})?)$`,
  'iu',
)
const elseForm =
  /^(?:who|(?:does |has |did )?any(?:one|body)) else(?: (?:does|do|did|done|has|works on|tried|tries|studied|studies)){0,2}(?: (?:that|this|it|so))?$/iu
const similarForm = new RegExp(
  `^(?:(?:any|show(?: me)?|find(?: me)?|give me|list|are there)\\s)?(?:any )?(?:more|similar|related|others?)(?: ${many})?(?: (?:like|to|as|with))? ?(this|that|it|these|those|them|(?:the |that )?(?:${ordinal}) ${things}|(?:number|paper|#) ?\\d{1,2})?(?: (?:one|paper|study))?$`,
  'iu',
)

const nameBefore =
  /\bthe ((?:(?!the\b|and\b|of\b|in\b|one\b|this\b|that\b|only\b|other\b|same\b|whole\b|right\b|wrong\b|best\b|main\b|next\b|previous\b|original\b|full\b|which\b|what\b)[\p{L}\p{N}'’/.+-]{1,40} ){1,5})(?:one|paper|study|article)\b/iu
const nameBehind =
  /\b(?:the|that) (?:one|paper|study|article|work) (?:with|about|on|from|by|using|that uses?|for|in|of|where|which|that|called) ([^?!,;:]{2,80})/iu

/** Reads how a question points at papers just listed; undefined when it does not. */
export function referenceIn(typed: string): Reference | undefined {
  const text = typed
    .trim()
    .replace(/[‘’]/gu, "'")
    .replace(/\s{1,40}/gu, ' ')
    .slice(0, 300)
  const bare = bareOf(text)
  return wholeList(bare) ?? narrowingIn(bare) ?? placesIn(text) ?? stepIn(text) ?? nameIn(text)
}

const orderOf = (word: string): ListOrder => (/^(?:old|earl)/iu.test(word) ? 'oldest' : 'newest')

/** What is asked of the list as it stands. */
function wholeList(bare: string): Reference | undefined {
  const [, further] = newer.exec(bare) ?? []
  if (further !== undefined) return { kind: 'byDate', order: orderOf(further), further: true }
  const byDate = sorted.exec(bare)
  if (byDate !== null) return { kind: 'byDate', order: orderOf(byDate[1] ?? ''), further: false }
  if (othersForm.test(bare)) return { kind: 'others' }
  if (elseForm.test(bare)) return { kind: 'similar', rest: '' }
  const similar = similarForm.exec(bare)
  return similar === null ? undefined : { kind: 'similar', rest: similar[1] ?? '' }
}

function placesIn(text: string): Reference | undefined {
  const few = firstFew.exec(text)
  if (few !== null) {
    const count = Number(few[2]) || counts.indexOf((few[2] ?? '').toLowerCase()) + 1
    const from = few[1]?.toLowerCase() === 'last' ? -count : 0
    return {
      kind: 'places',
      places: Array.from({ length: count }, (_, i) => from + i),
      rest: replaced(text, few),
    }
  }
  let rest = text.replace(twoPlaces, 'the $1 one$2 the $3 one').replace(twoNumbers, '#$1$2 #$3')
  const places: { at: number; place: number }[] = []
  for (const form of placed) {
    rest = rest.replace(form, (whole, word: string, at: number) => {
      places.push({ at, place: placeOf(word) })
      return 'it'.padEnd(whole.length)
    })
  }
  if (places.length === 0) return undefined
  const ordered = places.sort((a, b) => a.at - b.at).map(({ place }) => place)
  return {
    kind: 'places',
    places: ordered,
    rest: rest
      .replace(/\s{1,99}/gu, ' ')
      .replace(/ (?=[?!.,;:])/gu, '')
      .trim(),
  }
}

const replaced = (text: string, { index, 0: whole }: RegExpExecArray): string =>
  `${text.slice(0, index)}it${text.slice(index + whole.length)}`

function stepIn(text: string): Reference | undefined {
  const step = nextOne.exec(text)
  if (step !== null)
    return {
      kind: 'step',
      by: (step[1] ?? step[2])?.toLowerCase() === 'next' ? 1 : -1,
      rest: replaced(text, step),
    }
  const dated = datedOne.exec(text)
  if (dated === null) return undefined
  return { kind: 'dated', order: orderOf(dated[1] ?? dated[2] ?? ''), rest: replaced(text, dated) }
}

function nameIn(text: string): Reference | undefined {
  const before = nameBefore.exec(text)
  if (before !== null) return { kind: 'name', name: (before[1] ?? '').trim(), rest: replaced(text, before) }
  const behind = nameBehind.exec(text)
  if (behind === null) return undefined
  return { kind: 'name', name: (behind[1] ?? '').trim(), rest: replaced(text, behind) }
}

const filler = new Set(
  `it and so but ok okay the what whats what's is was about how tell me us more on of to for show open give details detail please pls go into
  explain describe can could you u i we want see read abstract a an any info information summary summarize summarise tldr tl dr gist sum up
  short brief in briefly overview main point idea paper does do say says cover deal with then now again thanks like know further elaborate
  which one that this`.split(/\s+/u),
)

/** Whether nothing is asked of the paper but what it is: "tell me more about it", "and it?" */
export const asksNothing = (rest: string): boolean =>
  (rest.toLowerCase().match(/[\p{L}\p{N}']{1,40}/gu) ?? []).every(word => filler.has(word))

/** Whether the paper alone is named: "and the second one?" asks what was asked before. */
export const onlyPoints = (rest: string): boolean => /^\W{0,9}it\W{0,9}$/u.test(bareOf(rest))
