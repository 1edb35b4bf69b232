import type { ListOrder } from '../port.ts'

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
  | { readonly kind: 'only'; readonly topic: string; readonly without: boolean; readonly years?: Years }
  /** "And the others?" */
  | { readonly kind: 'others' }
  /** "Newest first", "any newer ones?" */
  | { readonly kind: 'byDate'; readonly order: ListOrder; readonly further: boolean }
  /** "More like this one", "similar papers". */
  | { readonly kind: 'similar'; readonly rest: string }

/** Years of publication, both ends included. */
export interface Years {
  readonly from: number
  readonly to: number
}

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
const listed = '(?:them|these|those|they|the (?:above|list|results|papers|studies|articles))'

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

/** What narrows the list, as the first group; a word for "not" before it as `without`. */
const preposition =
  '(?:(?:that|which|who) (?:are|is|were|was|have|has|do|does)|are|is|were|was|with|on|about|from|by|using|that|which|who|where|in|of|for|since|after|before|having|without|not|published|dealing with|covering|regarding)'
const narrowings: readonly RegExp[] = [
  /^(?:show me |give me |list |keep |i want )?(?:only|just) (?:(?:the|those|these) )?(?:(?:ones|papers|studies|articles|those|these|them|some)\b ?)?(?=\S)(.{2,120})$/iu,
  new RegExp(
    `^(?:show me |give me |list |keep )?(?:(?:the |those |these )(?:ones|papers|studies|articles)|ones)(?= (?:${preposition}|\\w{1,20}ing)\\b)(.{2,120})$`,
    'iu',
  ),
  new RegExp(`^(?:show me |give me |list |keep )?(?:those|these)(?= (?:${preposition})\\b)(.{2,120})$`, 'iu'),
  new RegExp(
    `^(?:show me |list |tell me |is |are )?(?:which|what|any|some|all|how many|who|none)(?: ones?| papers?| studies)? (?:of|among|out of|in) ${listed}(?: (?:papers|studies|articles|ones))?\\b(.{2,120})$`,
    'iu',
  ),
  new RegExp(
    `^(?:do|does|did|is|are|was|were|has|have|can|could) (?:any|some|one|all|none)(?: (?:one|papers?|studies))? of ${listed}\\b(.{2,120})$`,
    'iu',
  ),
  /^(?:which|what) ones\b(.{2,120})$/iu,
  /^(?:are there |is there )?any(?: ones?)?(?= (?:with|about|on|using|from|by|for|in|that|without|since|after|before)\b)(.{2,120})$/iu,
  /^(?:filter|narrow|restrict|limit)\b(?: (?:them|these|those|it|that|the list))?(?: down)? (?:to|by|for|on)(.{2,120})$/iu,
  /^((?:without|not|except|excluding|but not|leave out|drop|remove|minus)(?: for)?(?: (?:the|those|these)(?: ones| papers)?| ones| papers)?\b.{2,120})$/iu,
]
const without =
  /^\s{0,3}(?:(?:that|which) )?(?:(?:are|is|do|does) )?(?:without|not|except|excluding|but not|leave out|drop|remove|minus)\b(?: for)?/iu
const around = new RegExp(
  `^\\s{0,3}(?:(?:the|those|these|ones|papers|studies)\\b\\s?){0,3}(?:${preposition}\\b\\s?){0,3}`,
  'iu',
)

const verbs =
  /^(?:(?:use[sd]?|using|appl(?:y|ies|ied)|mention(?:s|ed)?|stud(?:y|ies|ied)|talks?(?: about)?|deals?(?: with)?|cover(?:s|ed)?|includes?|involves?|looks? at|work(?:s|ed)?(?: (?:on|with))?|need(?:s|ed)?|give[sn]?|have|has|had)\b\s?)/iu

/** "Any streaming ones?" */
const described =
  /^(?:(?:are there|show me|give me|only|just|keep|list) )?(?:any|the|some|those|only|just)? ?((?:(?!(?:newer|older|newest|oldest|latest|more|other|similar|related|same|best|first|last|next|right|wrong|good|only|which|what|any|the)\b)[\p{L}\p{N}'/-]{2,40} ){1,4})ones$/iu

/** What is asked of the whole list by these does not narrow it. */
const ranks =
  /\b(?:best|better|worst|most|least|first|newest|latest|oldest|longest|shortest|should i|should we|to read|read first|important|recommend)\b/iu

/** A question of its own, or a word on the answer: "without labels, how do you train?", "not helpful". */
const asksBesides =
  /[,;:?]\s.{0,40}\b(?:what|how|why|who|which|when|where|do|does|did|is|are|was|were)\b|^\s{0,3}(?:(?:not|just|only|are|were)\s)?(?:curious|wondering|sure|really|quite|yet|now|helpful|bad|great|good|nice|wrong|what|how|why|right|true)\b|\b(?:i|you|me)\b/iu

const years =
  /^\s{0,3}(?:(?:the|those|these|ones|papers|studies|year|published|from|of|in|that|which|are|were|is|was|between|only)\s){0,6}?(since|after|before|until|newer than|older than)?\s?((?:19|20)\d\d)(?:\s?(?:-|–|to|and|or)\s?((?:19|20)\d\d))?$/iu

function yearsIn(found: string): Years | undefined {
  const [, bound = '', first, last] = years.exec(found.replace(without, ' ').trim()) ?? []
  if (first === undefined) return undefined
  const at = Number(first)
  switch (bound.toLowerCase()) {
    case 'since':
      return { from: at, to: Number.POSITIVE_INFINITY }
    case 'after':
    case 'newer than':
      return { from: at + 1, to: Number.POSITIVE_INFINITY }
    case 'before':
    case 'older than':
      return { from: Number.NEGATIVE_INFINITY, to: at - 1 }
    case 'until':
      return { from: Number.NEGATIVE_INFINITY, to: at }
    default:
      return { from: at, to: Number(last ?? first) }
  }
}

function narrowingIn(bare: string): Reference | undefined {
  const found = narrowings.map(form => form.exec(bare)?.[1]).find(one => one !== undefined)
  if (found === undefined) {
    const kind = described.exec(bare)?.[1]?.trim()
    return kind === undefined ? undefined : { kind: 'only', topic: kind, without: false }
  }
  if (ranks.test(found) || asksBesides.test(found)) return undefined
  const published = yearsIn(found)
  if (published !== undefined)
    return { kind: 'only', topic: found.trim(), without: without.test(found), years: published }
  const topic = found
    .replace(without, ' ')
    .replace(around, '')
    .replace(verbs, '')
    .replace(/ ones$/iu, '')
    .trim()
  return /[\p{L}\p{N}]/u.test(topic) ? { kind: 'only', topic, without: without.test(found) } : undefined
}

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
