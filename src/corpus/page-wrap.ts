import type { Line } from './lines.ts'
import { endsSentence, pageLine } from './page-lines.ts'
import { startsPiece } from './page-markup.ts'
import { splitParagraph } from './page-titles.ts'
import { foldSpace } from './text.ts'

/** How many letters are examined to decide whether the page is wrapped. */
const headSize = 65_536
/** Most letters in one paragraph: anything longer is not an abstract. */
const longestParagraph = 20_000

/** How a page is wrapped. */
interface Wrapping {
  /** The line width: a line that would exceed it with the next line's first word was broken by wrapping. */
  readonly reach: number
  /** Whether words are broken after their hyphens. */
  readonly hyphens: boolean
  /** Whether a continued line keeps its trailing space: then nothing has to be guessed. */
  readonly marked: boolean
  /** Whether blank lines separate titles and abstracts. */
  readonly spaced: boolean
}

/** The lines of a page; if an editor or a printer has wrapped them, the original paragraphs. */
export async function* unwrapped(batches: AsyncIterable<readonly Line[]>): AsyncIterable<readonly Line[]> {
  let paragraphs: Paragraphs | 'none' | undefined
  for await (const batch of withHead(batches)) {
    paragraphs ??= paragraphsOf(batch)
    yield paragraphs === 'none' ? batch : paragraphs.add(batch)
  }
  if (paragraphs instanceof Paragraphs) yield paragraphs.end()
}

/** The same lines, with the first batch at least as long as the head if there are enough. */
async function* withHead(batches: AsyncIterable<readonly Line[]>): AsyncIterable<readonly Line[]> {
  let head: Line[] = []
  let size = 0
  for await (const batch of batches) {
    if (size >= headSize) yield batch
    else {
      head = head.concat(batch)
      size += batch.reduce((total, { text }) => total + text.length + 1, 0)
      if (size >= headSize) yield head
    }
  }
  if (size < headSize) yield head
}

const paragraphsOf = (head: readonly Line[]): Paragraphs | 'none' => {
  const wrapping = wrappingOf(head)
  return wrapping === undefined ? 'none' : new Paragraphs(wrapping)
}

const isBare = (text: string): boolean => text !== '' && !startsPiece(text)

/** A word that may be the last on a line: all of it, or up to its hyphen. */
const firstPiece = (text: string, hyphens: boolean): number =>
  (hyphens ? /^\S*?\p{L}-(?=\p{L})|^\S+/u : /^\S+/).exec(text)?.[0].length ?? 0

const breaksWord = (text: string): boolean => /\p{L}-$/u.test(text)

const reachOf = (text: string, next: string, hyphens: boolean): number =>
  text.length + (hyphens && breaksWord(text) ? 0 : 1) + firstPiece(next, hyphens)

/** Certainly continued in the next line, since no piece of the page ends or begins like this. */
const goesOn = (text: string, next: string): boolean => !endsSentence(text) && /^\p{Ll}/u.test(next)

/**
 * A page is wrapped when most of its longer lines are followed by a word that would not have fitted, and often in the
 * middle of a sentence.
 */
function wrappingOf(head: readonly Line[]): Wrapping | undefined {
  const texts = head.map(line => (pageLine(line).kind === 'furniture' ? '' : foldSpace(line.text)))
  const lengths = texts.filter(text => isBare(text) && text.includes(' ')).map(text => text.length)
  lengths.sort((a, b) => a - b)
  for (const width of new Set([lengths.at(-1), lengths[Math.floor(lengths.length * 0.98)]])) {
    const found = width === undefined ? undefined : wrappingAt(width, texts, head)
    if (found !== undefined) return found
  }
  return undefined
}

function wrappingAt(width: number, texts: readonly string[], raw: readonly Line[]): Wrapping | undefined {
  const next = (at: number) => texts[at + 1] ?? ''
  const long = [...texts.keys()].filter(at => isLongLine(texts[at] ?? '', width) && isBare(next(at)))
  const inside = long.filter(at => goesOn(texts[at] ?? '', next(at)))
  const hyphens = long.filter(at => breaksWord(texts[at] ?? '')).length * 100 > long.length
  const reaches = (at: number) => reachOf(texts[at] ?? '', next(at), hyphens)
  const full = long.filter(at => reaches(at) > width * 0.93)
  if (inside.length < 2 || full.length < long.length / 2 || inside.length < full.length / 4) return undefined
  const sure = inside.map(reaches).sort((a, b) => a - b)
  const reach = sure[Math.floor(sure.length * 0.02)] ?? width
  const kept = full.filter(at => keepsSpace(raw[at]?.text ?? '')).length
  const marked = kept > full.length * 0.8
  return { reach, hyphens, marked, spaced: marked || isSpaced(texts, reaches, reach) }
}

const keepsSpace = (text: string): boolean => /\S $/.test(text)

const isLongLine = (text: string, width: number): boolean =>
  text.length >= width / 2 && text.length <= width && isBare(text)

/** Whether nearly all breaks that wrapping does not explain are blank lines. */
function isSpaced(texts: readonly string[], reaches: (at: number) => number, reach: number): boolean {
  const ends = [...texts.keys()].filter(at => isBare(texts[at] ?? '') && at + 1 < texts.length)
  const blank = ends.filter(at => texts[at + 1] === '').length
  const bare = ends.filter(at => isBare(texts[at + 1] ?? '') && reaches(at) < reach).length
  return bare * 5 < blank
}

/** Joins the lines of each paragraph. */
class Paragraphs {
  readonly #wrapping: Wrapping
  #lines: Line[] = []
  #size = 0
  /** The last line has a trailing space. */
  #kept = false
  /** The last output was a title: an abstract is expected next. */
  #titled = false

  constructor(wrapping: Wrapping) {
    this.#wrapping = wrapping
  }

  add(batch: readonly Line[]): Line[] {
    return batch.flatMap(line => this.#add(line))
  }

  end(): Line[] {
    const lines = this.#lines
    this.#lines = []
    this.#size = 0
    if (lines.length === 0) return []
    const { hyphens, spaced } = this.#wrapping
    const pieces = spaced ? [lines] : splitParagraph(lines, this.#titled)
    const whole = pieces.map(piece => joined(piece, hyphens))
    this.#titled = whole.length > 0 && pageLine(whole.at(-1) as Line).kind === 'title'
    return whole
  }

  #add(raw: Line): Line[] {
    const { kind } = pageLine(raw)
    if (kind === 'blank') return this.end()
    const last = this.#lines.at(-1)
    // The end of a paragraph may be one short word, a number or a formula.
    const isRest = last !== undefined && isPrintable(raw) && this.#isBroken(last.text, foldSpace(raw.text))
    if (kind === 'noise' && !isRest) return [...this.end(), raw]
    if (kind === 'furniture' && !(isRest && /^[\p{N}.,]+$/u.test(raw.text.trim())))
      return [...this.end(), raw]
    const line = { ...raw, text: startsPiece(foldSpace(raw.text)) ? raw.text : foldSpace(raw.text) }
    const begins = startsPiece(foldSpace(raw.text))
    const ended =
      last !== undefined && (begins || !this.#isBroken(last.text, line.text) || this.#size > longestParagraph)
    const pieces = ended ? this.end() : []
    this.#lines.push(line)
    this.#kept = keepsSpace(raw.text)
    this.#size += line.text.length
    return pieces
  }

  #isBroken(text: string, next: string): boolean {
    const { reach, hyphens, marked, spaced } = this.#wrapping
    if (marked) return this.#kept
    // If blank lines separate the pieces, no other break does.
    return spaced ? !/^#{1,6} /.test(text) : reachOf(text, next, hyphens) >= reach
  }
}

const isPrintable = ({ text, fault }: Line): boolean =>
  fault === undefined && text.length < 1000 && !/[\p{Cc}\ufffd]/u.test(text.trim())

/** The lines as one, with the number of the first. */
function joined(lines: readonly Line[], hyphens: boolean): Line {
  const [first] = lines
  let text = first?.text ?? ''
  for (const line of lines.slice(1)) {
    const glued = hyphens && breaksWord(text) && !/^(?:and|or|to|und|oder)\b/.test(line.text)
    text += glued ? line.text : ` ${line.text}`
  }
  return { number: first?.number ?? 0, text }
}
