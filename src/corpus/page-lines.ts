import type { Line } from './lines.ts'
import { isFurniture, type Unmarked, unmarked } from './page-markup.ts'

/** `sentence`: one sentence, which is a short summary or a title, depending on its neighbours. */
export type PageLine = {
  readonly number: number
  readonly text: string
  readonly url?: string | undefined
  /** A heading of Markdown. */
  readonly isHeading?: boolean | undefined
} & (
  | { readonly kind: 'blank' | 'furniture' | 'title' | 'abstract' | 'sentence' | 'fragment' }
  | { readonly kind: 'noise'; readonly reason: string }
)

/** Most letters of a short abstract: a longer line is never a title. */
const longestTitle = 300

/** An item of a list with title and abstract on one line: `- **[Bees](https://...)** (One et al., 2024): We count ...` */
const item =
  /^\s{0,9}(?:[-*+•] |\d{1,3}[.)] )(\*\*[^*]{8,600}\*\*|\[[^[\]]{8,300}\]\(https?:[^\s()]{1,500}\))(?:,? \(?[^():]{1,100}\)?)?? ?(?::|[-–—](?= )) ?(?=\S)(.{50,20000})$/u

/** The lines of the page that a line stands for: two where a list gives title and abstract on one. */
export function linesIn(line: Line): readonly Line[] {
  const [, title, abstract] = item.exec(line.text) ?? []
  if (title === undefined || abstract === undefined) return [line]
  const parts = [title, abstract].map(text => ({ ...line, text }))
  const [first, second] = parts.map(part => pageLine(part).kind)
  return first === 'title' && (second === 'abstract' || second === 'sentence') ? parts : [line]
}

/** Classifies a line of the page by its length, its letters and its sentences. */
export function pageLine({ number, text: raw, fault }: Line): PageLine {
  const plain: Unmarked = raw.length > 100_000 ? { text: '' } : unmarked(raw)
  if (fault === undefined && raw.length < 3 && !isFurniture(plain.text)) return tiny(number, raw)
  // The first title directly follows a button's label.
  const text = plain.text.replace(/^Subscribe(?=[\p{Lu}\p{N}"“'(])/u, '')
  if (fault === undefined && text !== '' && isFurniture(text))
    return { number, text, kind: 'furniture', url: plain.url }
  const reason = fault === undefined ? noise(raw, text) : `the line ${fault}`
  if (reason !== undefined) return { number, text: '', kind: 'noise', reason }
  if (text === '') return { number, text, kind: 'blank' }
  return { number, text, kind: kindOf(text), url: plain.url, isHeading: plain.isHeading }
}

function kindOf(text: string): 'title' | 'abstract' | 'sentence' | 'fragment' {
  const inside = startsInside(text)
  if (isProse(text)) return inside ? 'fragment' : 'abstract'
  if ((inside && /[.,;]$/.test(text)) || isAddress(text)) return 'fragment'
  return isSentence(text) ? 'sentence' : 'title'
}

const tiny = (number: number, raw: string): PageLine =>
  raw.trim() === ''
    ? { number, text: '', kind: 'blank' }
    : { number, text: '', kind: 'noise', reason: neither }

/** Begins with a word that never begins a title or abstract. */
export const startsInside = (text: string): boolean => /^\p{Ll}+(?:[\s,.]|$)/u.test(text)

const isAddress = (text: string): boolean => /^(?:https?:\/\/|www\.)\S+$/.test(text)

const neither = 'the line is neither a title nor an abstract'

function noise(raw: string, text: string): string | undefined {
  if (raw.length > 100_000) return 'the line is too long'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/.test(raw))
    return 'the line holds characters that no text has'
  return text === '' || isText(text) ? undefined : neither
}

/** Mostly letters, in words. */
function isText(text: string): boolean {
  let [letters, solid, run] = [0, 0, 0]
  for (let at = 0; at < text.length && run < 250; at++) {
    const code = text.charCodeAt(at)
    const lower = code | 32
    if (code > 127 || (lower >= 97 && lower <= 122)) letters++
    if (code > 32) solid++
    // Scripts without spaces between words have long runs.
    run = code > 32 && code < 127 ? run + 1 : 0
  }
  return letters >= 3 && letters >= solid / 2 && run < 250
}

function isProse(text: string): boolean {
  if (text.length > longestTitle) return true
  const sentences = text.match(/[.!?](?=["'”’)\]]*(\s|$))|[。！？]/g)?.length ?? 0
  return text.length >= 120 && sentences >= 2 && endsSentence(text)
}

/** One whole sentence of running text; a title with a full stop qualifies too. */
function isSentence(text: string): boolean {
  if (text.length < 50 || !/[.!。！]["'”’)\]]*$/.test(text)) return false
  const words = text.split(' ').slice(1)
  const small = words.filter(word => /^["“'(]?[^\p{Lu}\p{N}]/u.test(word)).length
  return /[。！]/.test(text) || (words.length >= 8 && small >= words.length * 0.6)
}

export const endsSentence = (text: string): boolean => /[.!?。！？]["'”’)\]]*$/.test(text)

/** Ends neither with a sentence nor with an address. */
export const breaksOff = (text: string): boolean => !endsSentence(text) && !/https?:\/\/\S+$/.test(text)

/** The text after the last whole sentence. */
export function looseEnd(text: string): string {
  if (!breaksOff(text)) return ''
  return (
    text
      .slice(-longestTitle)
      .split(/[.!?]["'”’)\]]*(?:\s+|(?=["“]?\p{Lu}))/u)
      .at(-1) ?? ''
  )
}

/** The end of a sentence directly followed by the beginning of a title: the line break between them was lost. */
export function runsOn(abstract: string): boolean {
  if (endsSentence(abstract)) return false
  const tail = abstract.slice(-longestTitle).split(' ')
  const glued = tail.findLastIndex(
    word => /[\p{Ll}\p{N})%][.!?]["”)]*["“]?\p{Lu}/u.test(word) && !/[/@]/.test(word),
  )
  return glued >= 0 && tail.length - glued >= 3
}
