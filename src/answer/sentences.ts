import type { Span } from '../search/port.ts'
import { bracketedStops } from './brackets.ts'

/** One sentence of a text: `text` is the source's own `slice(start, end)`, white space trimmed. */
export interface Sentence extends Span {
  readonly text: string
}

/** A run of sentence-final punctuation; full-width and Indic marks need no space after them. */
const stops = /[.!?…]+|[。！？｡।؟۔።፧។။]+/gu
const closers = /[)\]}"'”’»›〉》」』]/u
const openers = /^["'“‘«‹([{]*/u
/** A reference mark directly after the stop: "... of attention.[1,2]". */
const citation = /^\[\d[\d,;\s–-]{0,30}\]/u

/** Abbreviations that practically never end a sentence. */
const never = new Set(
  'e.g i.e eg ie vs cf viz fig figs eq eqs eqn eqns ref refs sec sect secs chap tab ch no nos vol pp dr mr mrs ms prof st mt gen col resp approx ca incl esp ed eds ex i.v i.p s.c et al. dept univ proc conf int jr sr'.split(
    ' ',
  ),
)
/** Abbreviations that may end a sentence: they do only before a typical opening word. */
const perhaps = new Set(
  'al etc p a.m p.m i.i.d iid w.r.t wrt a.k.a aka u.s u.k u.s.a e.u ph.d m.sc b.sc d.c inc ltd co corp sec min in ft etal spp subsp var sp jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
)
const opening = new Set(
  'the this that these those we our in it its to for a an here there however moreover furthermore additionally finally while although when as by on with results methods conclusions both such he she they my his her their you all most some many others people nothing'.split(
    ' ',
  ),
)
/** Section headings such as "Results." belong to the sentence after them. */
const heading =
  /^(?:[A-Z][\p{L}&]+(?: (?:and |& )?\p{L}+){0,2}|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4}))[.)]?[.:]$/u
const headingWord =
  /^(?:abstract|aims?|background|conclusions?|context|design|discussion|findings|importance|interpretation|introduction|limitations?|materials?|measurements?|methods?|motivation|objectives?|participants|patients|purpose|results?|setting|significance|subjects|summary)\b/iu

/**
 * Splits text into sentences by rule, for English and languages with the same punctuation: abbreviations, initials,
 * decimals, addresses and stops inside brackets do not end a sentence. The spans are in order, do not overlap and
 * together contain every character that is not white space, but for the label "Abstract" before the first. Linear in
 * the text's length.
 */
export function sentencesOf(text: string): Sentence[] {
  const plain = withoutMarkup(text)
  const bracketed = bracketedStops(plain)
  const lower = isLowerCased(plain)
  const found: Sentence[] = []
  let start = 0
  for (const match of plain.matchAll(stops)) {
    const end = closeAfter(plain, match.index + match[0].length)
    if (bracketed(end - 1)) continue
    if (!ends({ text: plain, start, stop: match[0], at: match.index, end, lower })) continue
    push(found, plain, start, end)
    start = end
  }
  push(found, plain, start, plain.length)
  return plain === text ? found : found.map(one => ({ ...one, text: text.slice(one.start, one.end) }))
}

/** "Abstract: ..." and "Abstract We ...", as publishers export it; not "Abstract interpretation is ...". */
const label =
  /^\s{0,9}(?:[Aa]bstract|ABSTRACT|[Ss]ummary|SUMMARY)(?:\s{0,3}(?:[:.|—–]\s{0,3}|-\s|\n)(?=\S)|\s{1,3}(?=(?:The|This|These|In|We|A|An|It|For|Background|Objectives?|Introduction|Purpose|Aims?|Context|Motivation|Importance)\s))/u

/** Replaces HTML and JATS tags between sentences, and separate headings, by white space of the same length. */
function withoutMarkup(text: string): string {
  const unlabelled = text.replace(label, found => ' '.repeat(found.length))
  return unlabelled.includes('</')
    ? unlabelled.replace(
        /<(?:jats:)?title>[^<>]{0,120}<\/(?:jats:)?title>|<\/?(?:jats:)?(?:p|sec|title|abstract|list|list-item|br|div)(?:\s[^<>]{0,200})?\/?>/giu,
        tag => ' '.repeat(tag.length),
      )
    : unlabelled
}

/** Adds the trimmed sentence; a heading that was added before it becomes its beginning. */
function push(found: Sentence[], text: string, from: number, to: number): void {
  const body = text.slice(from, to)
  const trimmed = body.trim()
  if (trimmed === '') return
  let start = from + body.indexOf(trimmed)
  const end = start + trimmed.length
  const last = found.at(-1)
  if (last !== undefined && (isHeading(last.text) || !/[\p{L}\p{N}]/u.test(trimmed))) {
    start = last.start
    found.pop()
  }
  found.push({ text: text.slice(start, end), start, end })
}

const isHeading = (text: string): boolean =>
  text.length < 40 && heading.test(text) && (headingWord.test(text) || text.length < 6)

function closeAfter(text: string, from: number): number {
  let end = from
  while (end < text.length && closers.test(text.charAt(end))) end++
  const cited = citation.exec(text.slice(end, end + 33))
  return cited === null ? end : end + cited[0].length
}

interface Candidate {
  readonly text: string
  /** Where the sentence begins. */
  readonly start: number
  readonly stop: string
  /** Where the stop begins, and where it ends with its closing marks. */
  readonly at: number
  readonly end: number
  readonly lower: boolean
}

function ends({ text, start, stop, at, end, lower }: Candidate): boolean {
  if (/[。！？｡]/u.test(stop)) return !/^[」』]\p{sc=Hiragana}/u.test(text.slice(end - 1, end + 1))
  if (/[।؟۔።፧។။]/u.test(stop)) return true
  const after = text.slice(end, end + 60)
  const gap = after.length - after.trimStart().length
  const next = after.trim().replace(openers, '')
  if (next === '') return true
  const spaced = at > 0 && /\s/u.test(text.charAt(at - 1))
  const before = wordBefore(text, start, at)
  if (gap === 0) return !spaced && joins(text, before, at, next)
  if (stop === '!' && /^(?:Yahoo|Jeopardy|Kahoot|Joomla)$/u.test(before) && !opensSentence(next)) return false
  if (stop === '.' && isAbbreviation(before, next, text, start, at)) return false
  if (/^\p{Ll}/u.test(next)) return lower || (spaced && stop === '.') || isCodeName(next)
  return !(spaced && /\d$/u.test(before) && /^\d/u.test(next))
}

/** The run of characters before the stop, without opening marks; 40 characters are enough to decide. */
function wordBefore(text: string, start: number, at: number): string {
  const near = text.slice(Math.max(start, at - 40), at).trimEnd()
  return (/\S+$/u.exec(near)?.[0] ?? '').replace(openers, '')
}

/** A stop without a space after it ends a sentence only between a whole word and a capitalised one: "needed.We". */
function joins(text: string, before: string, at: number, next: string): boolean {
  if (!/^(?:[A-Z]\p{Ll}+|A|I)(?:[\s,:;]|$)/u.test(next) || /:\/\/|^www\.|@/u.test(before)) return false
  return /(?:\p{Ll}{3}|[)\]\d%])$/u.test(before) && !never.has(before.toLowerCase()) && text[at - 1] !== ' '
}

function isAbbreviation(before: string, next: string, text: string, start: number, at: number): boolean {
  const word = before.toLowerCase().replace(/^.*[(/–—-](?=\p{L})/u, '')
  // A word in capitals is an acronym, even when it spells an abbreviation: "in the ED. The", "the release of NO. We".
  const acronym = /^\p{Lu}{2,}$/u.test(before)
  if (never.has(word) && !acronym) return true
  const opens = opensSentence(next)
  if (perhaps.has(word)) return !(opens || (word === 'etc' && /^\p{Lu}/u.test(next)))
  if (places.has(word)) return !/^\p{Lu}/u.test(next)
  if (
    /^\p{Lu}$/u.test(before) &&
    (isCommonNoun(next) || (/^\p{Lu}/u.test(next) && isLabelled(text, start, at)))
  )
    return false
  // An initial ("J. Smith", "E. coli") or a lettered item.
  if (/^(?:\p{Lu}|(?:\p{L}\.)+\p{L})$/u.test(before)) return !opens
  if (/^\(?[a-z]$/u.test(before)) return !/^\p{Lu}/u.test(next)
  // "1. We ...": a number that opens the sentence or follows a colon numbers an item.
  return (
    /^\(?\d{1,2}$/u.test(before) &&
    /(?:^|[:;,]\s*)\(?\d{1,2}$/u.test(text.slice(Math.max(start, at - 9), at).trim())
  )
}

const opensSentence = (next: string): boolean =>
  opening.has((/^\p{L}+/u.exec(next)?.[0] ?? '').toLowerCase()) && /^\p{Lu}/u.test(next)

/** What sentences of abstracts are about and nobody is called: "We port it to R. Users gain". */
const nouns =
  /^(?:(?:author|baseline|benchmark|case|child|cell|client|comparison|condition|cost|developer|effect|error|estimate|evaluation|example|experiment|feature|finding|function|gain|image|implementation|label|learner|measurement|method|mouse|model|outcome|package|paper|participant|patient|predictor|problem|program|programmer|rate|reader|reaction|researcher|resource|result|sample|score|simulation|solution|speaker|speed|step|student|subject|survivor|symptom|task|teacher|test|theorem|tool|treatment|tutorial|user|value|variable|version|volunteer|woman|worker)s|analyses|analysis|children|code|comparison|data|documentation|efficacy|evidence|mice|mortality|performance|people|prevalence|proofs|software|source|studies|training|usage|women)(?![\p{L}.])/iu

const isCommonNoun = (next: string): boolean => /^\p{Lu}\p{Ll}/u.test(next) && nouns.test(next)

/** Dotted abbreviations that are not a person's initials. */
const places = new Set('u.s.a a.i u.n u.a.e q.e.d n.y'.split(' '))
/** Words before a person's initials. */
const beforeNames = new Set(
  'by and of thank thanks see after as per with to dr prof professor or author named'.split(' '),
)
const labels =
  /^(?:appendix|group|type|class|vitamin|hepatitis|influenza|table|figure|panel|part|section|case|phase|stage|grade|level|factor|category|cohort|arm|model|method|algorithm|theorem|set|plan|option|supplement)s?$/iu

/** Whether the word before a single capital labels it: `vitamin C`, `in C`, `Appendix A`. */
function isLabelled(text: string, start: number, at: number): boolean {
  const before = /(\p{L}+)\s$/u.exec(text.slice(Math.max(start, at - 30), at - 1))?.[1] ?? ''
  if (labels.test(before)) return true
  return /^\p{Ll}/u.test(before) && !beforeNames.has(before)
}

/** A name that may open a sentence with a small letter: "mRNA", "p53", "iCaRL", "a-tDCS". */
const isCodeName = (next: string): boolean => /^[\p{Ll}-]{1,12}[\p{Lu}\d]/u.test(next)

/** Whether the whole text was lower-cased: then a small letter after a stop is no evidence against a new sentence. */
function isLowerCased(text: string): boolean {
  const capital = text.match(/[.!?]\s+["'(]?\p{Lu}/gu)?.length ?? 0
  const small = text.match(/[.!?]\s+["'(]?\p{Ll}/gu)?.length ?? 0
  return /^[^\p{L}]*\p{Ll}/u.test(text.slice(0, 200)) && capital * 4 < small
}
