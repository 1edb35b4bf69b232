import type { Line } from './lines.ts'
import { endsSentence, pageLine } from './page-lines.ts'
import { startsPiece } from './page-markup.ts'
import { splitParagraph } from './page-titles.ts'
import { foldSpace } from './text.ts'

/** Letters from which it is told whether the page is wrapped. */
const headSize = 65_536
/** Letters in one paragraph: what is longer is no abstract. */
const longestParagraph = 20_000

/** How a page is wrapped. */
interface Wrapping {
  /** A line that reaches that far with the next one's first word has been broken by the wrapping. */
  readonly reach: number
  /** Whether words are broken behind their hyphens. */
  readonly hyphens: boolean
  /** Whether a line that goes on in the next one keeps its space: then nothing has to be guessed. */
  readonly marked: boolean
  /** Whether blank lines stand between titles and abstracts. */
  readonly spaced: boolean
}

/** The lines of a page; where an editor or a printer has wrapped them, the paragraphs that they were made from. */
export async function* unwrapped(batches: AsyncIterable<readonly Line[]>): AsyncIterable<readonly Line[]> {
  let paragraphs: Paragraphs | 'none' | undefined
  for await (const batch of withHead(batches)) {
    paragraphs ??= paragraphsOf(batch)
    yield paragraphs === 'none' ? batch : paragraphs.add(batch)
  }
  if (paragraphs instanceof Paragraphs) yield paragraphs.end()
}

/** The same lines, the first batch at least as long as the head where there are so many. */
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

/** A word that may stand alone at the end of a line: all of it, or up to its hyphen. */
const firstPiece = (text: string, hyphens: boolean): number =>
  (hyphens ? /^\S*?\p{L}-(?=\p{L})|^\S+/u : /^\S+/).exec(text)?.[0].length ?? 0

const breaksWord = (text: string): boolean => /\p{L}-$/u.test(text)

const reachOf = (text: string, next: string, hyphens: boolean): number =>
  text.length + (hyphens && breaksWord(text) ? 0 : 1) + firstPiece(next, hyphens)

/** Goes on in the next line, for no piece of the page ends or begins so. */
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

/** Whether breaks that the wrapping does not explain are blank lines, but for few. */
function isSpaced(texts: readonly string[], reaches: (at: number) => number, reach: number): boolean {
  const ends = [...texts.keys()].filter(at => isBare(texts[at] ?? '') && at + 1 < texts.length)
  const blank = ends.filter(at => texts[at + 1] === '').length
  const bare = ends.filter(at => isBare(texts[at + 1] ?? '') && reaches(at) < reach).length
  return bare * 5 < blank
}

/** Puts the lines of each paragraph together again. */
class Paragraphs {
  readonly #wrapping: Wrapping
  #lines: Line[] = []
  #size = 0
  /** The last line keeps its space. */
  #kept = false
  /** The last thing given was a title: an abstract is next. */
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
    // Where blank lines part the pieces, no other break means anything.
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
