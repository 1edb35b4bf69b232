/** How papers that were just listed are narrowed: "only those about news", "which of them use mice?". */
export interface NarrowingReference {
  readonly kind: 'only'
  readonly topic: string
  /** The papers that fit are left out. */
  readonly without: boolean
  /** That it is absent is what the papers are to say: "those without labels", "which of them need no labels?" */
  readonly isAbsent: boolean
  /** "About rice", "on software": not by an author of that name, nor what is to be had. */
  readonly isSubject: boolean
  readonly years?: Years
}

/** Years of publication, both ends included. */
export interface Years {
  readonly from: number
  readonly to: number
}

const listed = '(?:them|these|those|they|the (?:above|list|results|papers|studies|articles))'

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
/** That something is absent is a property: "those without labels", but not "without those on labels". */
const absence =
  /^\s{0,3}(?:(?:the|those|these|ones|papers|that|which) ){0,3}(?:(?:are|is|do|does|did|can|work|works|run|runs|get by|manage) ){0,2}(?:without|not (?:need|use|require|rely on|have|involve|depend on))\b(?! (?:the|those|these) (?:ones|papers|studies))/iu
/** "No labels", "avoid labels". */
const absent = /^(?:without|avoid(?:s|ing)?|no|not (?:need|use|require|have)(?:ing)?)(?: any)?\s(?=\S)/iu
const around = new RegExp(
  `^\\s{0,3}(?:(?:the|those|these|ones|papers|studies)\\b\\s?){0,3}(?:${preposition}\\b\\s?){0,3}`,
  'iu',
)

/** What follows is what the papers are about, not who wrote them or what is to be had. */
const subject =
  /^\s{0,9}(?:(?:the|those|these|ones|papers|studies|that|which|are|is)\s){0,4}(?:about|on|regarding|covering|dealing with)\b/iu

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

const plain = { without: false, isAbsent: false, isSubject: false } as const

/** @param bare the question without what is around it, such as "please" */
export function narrowingIn(bare: string): NarrowingReference | undefined {
  const found = narrowings.map(form => form.exec(bare)?.[1]).find(one => one !== undefined)
  if (found === undefined) {
    const kind = described.exec(bare)?.[1]?.trim()
    return kind === undefined ? undefined : { kind: 'only', topic: kind, ...plain }
  }
  if (ranks.test(found) || asksBesides.test(found)) return undefined
  const published = yearsIn(found)
  if (published !== undefined)
    return {
      kind: 'only',
      topic: found.trim(),
      ...plain,
      without: without.test(found),
      years: published,
    }
  const named = found
    .replace(without, ' ')
    .replace(around, '')
    .replace(verbs, '')
    .replace(/ (?:ones|studies|papers|articles)$/iu, '')
    .trim()
  const topic = named.replace(absent, '')
  if (!/[\p{L}\p{N}]/u.test(topic)) return undefined
  const isSubject = subject.test(found.replace(without, ' '))
  const isAbsent = absence.test(found) || topic !== named
  return { kind: 'only', topic, without: without.test(found) || topic !== named, isAbsent, isSubject }
}
