/**
 * The form of answer that a question asks for: sentences of one paper (`single`), of several (`survey`), or the
 * papers themselves (`list`). `perhaps-survey`: the wording suggests several papers, `open`: it does not say; then the
 * search result decides.
 */
export type Request = 'single' | 'survey' | 'perhaps-survey' | 'open' | 'list'

const opening =
  /^\W{0,9}(?:(?:hey|hi|ok(?:ay)?|so|and|please|pls|can you|could you|would you|i(?:'d| would) like to|i want to|i need|let me|i(?:'m| am) looking for|looking for|search for|recommend(?: me)?|suggest(?: me)?)\b[\s,]{0,9}){0,4}/iu
const papersWord =
  '(?:papers?|studies|articles|publications|works?|(?:any|some)thing new|anything|something|everything|stuff|literature|research)'
const onSubject =
  '(?:on|about|with|for|regarding|concerning|covering|around|in|related to|dealing with|that deal with|(?:based on|using|relying on|that rely on|that relies on|drawing on|involving|featuring|where (?:they|people|someone))(?! (?:it|this|that|them|these|those)\\b))'
/** Kinds of papers, by how the work was done. */
const paperKinds =
  '(?:(?:(?:systematic|scoping|literature|narrative|umbrella) )?reviews|meta-? ?analys[ei]s|surveys|rcts|(?:(?!on\\b|of\\b|the\\b|these\\b|those\\b|other\\b)[\\w/-]{1,30} ){0,2}(?:trials|studies)|case (?:reports|series)|tutorials|workshops|theses|dissertations)'

/** Requests for the papers themselves, matched against the whole request. */
const listForms: readonly RegExp[] = [
  new RegExp(`^(?:list|show|show me|give me|find|find me|get me|name)\\b.{0,60}\\b${papersWord}\\b`, 'iu'),
  /^(?:list|show me|give me)\b.{0,40}\b(?:all|what there is)\b/iu,
  /^(?:list|name) (?:them|those|these)\b/iu,
  new RegExp(
    `^(?:(?:do|did) (?:we|you) have|have we(?: got)?|(?:have )?(?:you )?got|is there|are there|any|all)\\b.{0,30}\\b${papersWord} ${onSubject}\\b`,
    'iu',
  ),
  new RegExp(`^(?:other )?${papersWord} ${onSubject}\\b`, 'iu'),
  new RegExp(`^(?:a )?reading list ${onSubject}\\b`, 'iu'),
  new RegExp(`^what (?:should|can|could) (?:i|we|one) read ${onSubject}\\b`, 'iu'),
  /^(?:(?:what|which) (?:is|are|was|were) )?(?:the |your |our )?(?:newest|latest|(?:most )?recent|oldest|earliest) (?:[\w'/-]{1,40} ){0,3}(?:papers?|studies|articles|publications)(?: (?:here|on|about)\b|\W{0,9}$)/iu,
  /^(?:which|what) (?:other )?(?:papers|studies|articles|publications) (?:do we have|have we got|are there|exist|are|is there|deal|deals|cover|treat)? ?(?:about|on|with|regarding|concerning|cover)\b/iu,
  /^(?:which|what) (?:papers|studies|articles) (?:do we have|have we got|are there) (?:on|about|for|with)\b/iu,
  /^(?:[\w'/-]{1,40} ){1,6}papers(?: please| pls)?\W{0,9}$/iu,
  /^[\w'-]{1,40} papers? on (?:[\w'-]{1,40} ?){1,6}\W{0,9}$/iu,
]

/** Requests for papers of a kind; in a reply "any trials?" asks what was tried. */
const kindForms: readonly RegExp[] = [
  new RegExp(
    `^(?:(?:any|are there(?: any)?|(?:do|did) (?:we|you) have(?: any)?|have we(?: got)?(?: any)?|(?:you )?got(?: any)?|show(?: me)?|list|give me|find(?: me)?|all)(?: (?:the|all|our|any|good|more)){0,2} )?${paperKinds}(?:(?: (?:here|there|in here|in the (?:corpus|collection|library)))?\\W{0,9}$| ${onSubject} )`,
    'iu',
  ),
  new RegExp(
    `^(?:which|what) (?:papers |studies |articles |ones )?are (?:the )?${paperKinds}\\W{0,9}$`,
    'iu',
  ),
]
/** Papers are asked for anew, also in a reply: "which papers use mice?" */
const asksPapers =
  /^(?:which|what|any|are there(?: any)?|do any) (?:(?:other|more) )?(?:papers|studies|articles|publications) (?!(?:is|are|was|were) (?:it|this|that|these|those)\b)(?!.{0,200}\b(?:it|its|this|that (?:one|paper|study|method)|them|these|those|they)\b)/iu

/** Asks also what the papers say, so a list is not enough. */
const saysMore =
  /\b(?:and how|how (?:do|did|does|well)|and what|what (?:do|did|for|numbers|problems?|trouble)|what (?:are|is) (?:it|they)|by how much|how much|do they|does (?:it|that)|who (?:is|does)|which (?:is|are|ones)|show what|find)\b/iu

/** Words that open a list request; removed before looking for `saysMore`. */
const listOpening = /^(?:list|show|find|(?:which|what) (?:is|are))\b/iu
/** Asks for an explanation in the form of a list request: "show me how it works". */
const explains = /^(?:show|give|tell|find)(?: me| out)? (?:how|why|when|where)\b/iu

/** Questions about several papers. */
const surveys: readonly RegExp[] = [
  /\b(?:which|what|our|all|other|the|any|these|those|do|of|in|different|several|most|some) (?:\w{1,30} )?(?:papers|studies|articles|publications)\b/iu,
  /\bpapers (?:that|which|who|see|say|use|do|have|report|find)\b/iu,
  /\bwho (?:else )?(?:has|uses?|used|does|tries|tried|shares?|shared|deals?|dealt|works?|worked|studies|studied|trains?|builds?|built|applies|applied|combines?|combined|measures?|measured|tests?|tested|took|takes|replaces?|replaced|compares?|compared|looks?|looked|handles?|handled|explores?|explored|employs?|proposes?|proposed|reports?|reported)\b/iu,
  /\b(?:has|have|did|does) (?:any(?:one|body)|some(?:one|body))\b|\b(?:do|have|did) (?:others|researchers|folks)\b/iu,
  /\bwhat (?:do|have|did) we (?:have|got|know|find)\b|\bwhat have we got\b|\bwhat(?:'?s| is| has been) (?:there|new|known|done) (?:on|about|in|for|to|with|here)\b|\bwhat'?s there\b/iu,
  /\b(?:what|which|any|other) (?:\w{1,30} ){0,2}(?:ways|approaches|methods|techniques|tricks|strategies|schemes|solutions|attempts|alternatives)\b.{0,120}\b(?:are there|exist|is there|have we|do we)\b/iu,
  /\bare there (?:any )?(?:\w{1,30} ){0,2}(?:papers|studies|tutorials|workshops|methods|approaches|ways|systems|datasets|surveys)\b|\bis there (?:any )?(?:work|research|evidence|literature)\b|\brelated work\b|\bany studies\b|\bwere any of\b/iu,
  /\bhow do (?:the|these|those) .{3,60} (?:differ|compare) (?:from|to|with) each other\b/iu,
  /\bin our (?:papers|corpus|collection|lab|literature)\b|, what (?:do|have) we\b/iu,
  /\bwhat(?:'?s| is) (?:already )?known\b|\b(?:any|what|which) (?:\w{1,30} ){0,2}(?:numbers|figures|evidence|results|problems|risks|attacks|models) (?:are )?(?:there|exist|on|about|for|with)\b/iu,
]

/** Questions that one paper or several may answer; the search result decides. */
const perhapsSurveys: readonly RegExp[] = [
  /\bhow (?:do|can|could|have|did|might|would|should) (?:you|i|we|one|people|ppl|others|researchers)\b/iu,
  /\b(?:do|have|did) (?:people|ppl|we)\b|\bwhat (?:can|could) (?:a|one|you|we|be)\b|\bwhat makes it\b/iu,
  /\b(?:what|which|the|these|do) (?:\w{1,30} ){0,2}(?:ways|approaches|methods|techniques|tricks|strategies|schemes|options|systems|tools|benchmarks|datasets|theories|tests|solutions|models|algorithms|llms)\b/iu,
  /^(?:[\w'/-]{1,40} ){0,6}(?:methods|approaches|techniques|models|systems|tricks|datasets|benchmarks) (?:for|of|to|in)\b/iu,
  /\bhow (?:can|could|might|should) (?!it\b|they\b|this\b|that\b)|^(?:are|were|is) there (?:any )?|^(?:what|which) (?:\w{1,30} ){1,3}(?:are there|exist)\b/iu,
  /^who (?:can |could |has |have )?(?!wrote|made|funded|is|was|are|were|owns|paid)\w{1,30}(?:ed|s|t|d)?\b|[,.?:-] ?who (?:can|\w{1,30}(?:ed|es|s))\b/iu,
  /^(?:ways|approaches|methods|tricks|options) (?:to|for|of)\b|^what (?:\w{1,30} )?(?:explains|makes|causes|drives|happens)\b|^(?:collect|compare)\b|\bcollect the\b/iu,
  /\bon which (?:data|datasets|benchmarks|games|tasks) do they\b|\bwhat do they find with\b|, (?:what|which) (?:do|have|is|approaches)\b/iu,
]

/** Questions about one paper: its authors or its own method. */
const onePaper =
  /\b(?:this|that|the) (?:paper|study|article|work|method|model|approach|authors?)\b|\bthey\b.{0,20}\b(?:wrote|trained)\b|\bwho (?:wrote|made|funded)\b/iu

const inShort =
  /\b(?:gist|summar(?:y|ies|i[sz]e[ds]?|i[sz]ing)|short version|tl;?\s?dr|in short|nutshell)\b/iu

/** @param follows whether the question replies to an answer */
export function requestOf(typed: string, follows: boolean): Request {
  const text = typed.trim().replace(/[‘’]/gu, "'").slice(0, 400)
  const bare = text.replace(opening, '')
  if (inShort.test(bare)) return 'single'
  const forms = follows ? listForms : [...listForms, ...kindForms]
  const lists = !explains.test(bare) && forms.some(form => form.test(bare))
  if (lists && !saysMore.test(bare.replace(listOpening, ''))) return 'list'
  if ((follows && !asksPapers.test(bare)) || onePaper.test(bare)) return 'single'
  if (lists || surveys.some(form => form.test(bare))) return 'survey'
  return perhapsSurveys.some(form => form.test(bare)) ? 'perhaps-survey' : 'open'
}
