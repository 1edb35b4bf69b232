import { excerpt, type Format, type Piece, RejectedRun } from './format.ts'
import { paperId } from './ids.ts'
import { linesOf } from './lines.ts'
import { endsSentence, type PageLine, pageLine, runsOn, shareOf } from './page-lines.ts'

/** Bytes in one line: the longest abstracts known have 23,000. */
const longestLine = 256 * 1024

/**
 * The Hugging Face Papers page saved as text: page furniture, then title and abstract, one line each. Nothing is
 * counted: each line is judged by itself, and a title and an abstract make a paper when one follows the other and
 * they share words. So a line that is lost, doubled, torn or replaced costs its own paper and shifts no other.
 */
export const page: Format = {
  name: 'Hugging Face Papers page',
  accepts: fileName => /\.(txt|text)$/.test(fileName),
  read,
}

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const run = new RejectedRun()
  const pairs = new Pairs()
  for await (const batch of linesOf(chunks, longestLine)) {
    for (const line of batch.map(pageLine)) {
      if (line.kind === 'noise') {
        pairs.disturb()
        yield* run.add(line.number, line.reason)
      } else if (line.kind !== 'blank') {
        yield* run.end()
        yield* pairs.add(line)
      }
    }
  }
  yield* run.end()
  yield* pairs.end()
}

interface Pair {
  readonly title: PageLine
  readonly abstract: PageLine
}

/** Titles that wait for one abstract: the nearest is usually the one, see `choose`. */
const mostWaiting = 3

class Pairs {
  /** Titles seen since the last abstract, oldest first. */
  #waiting: PageLine[] = []
  /** Something that belongs to no paper stands between the waiting titles and the next line. */
  #disturbed = false
  /** The last paper, until the line after it has shown that its abstract does not go on there. */
  #held: Pair | undefined
  #lastAbstract = ''
  readonly #titles = new Set<string>()
  readonly #abstracts = new Set<string>()

  disturb(): void {
    this.#disturbed = true
  }

  add(line: PageLine): Piece[] {
    if (line.kind === 'title') return [...this.#release(), ...this.#wait(line)]
    if (line.kind === 'abstract') return [...this.#release(), ...this.#match(line)]
    if (line.kind === 'fragment') return this.#torn(line)
    return []
  }

  end(): Piece[] {
    const lost = this.#waiting.map(withoutAbstract)
    this.#waiting = []
    return [...this.#release(), ...lost]
  }

  #wait(title: PageLine): Piece[] {
    if (this.#waiting.at(-1)?.text === title.text)
      return [{ line: title.number, reason: 'the line before it again' }]
    this.#waiting.push(title)
    return this.#waiting.splice(0, this.#waiting.length - mostWaiting).map(withoutAbstract)
  }

  #match(abstract: PageLine): Piece[] {
    const again = abstract.text === this.#lastAbstract
    this.#lastAbstract = abstract.text
    if (again && this.#waiting.length === 0)
      return [{ line: abstract.number, reason: 'the line before it again' }]
    const waiting = this.#waiting
    const chosen = choose(waiting, abstract, this.#disturbed)
    this.#disturbed = false
    if (chosen < 0) {
      this.#waiting = []
      const reason = `an abstract without a title: ${excerpt(abstract.text)}`
      return [...waiting.map(withoutAbstract), { line: abstract.number, reason }]
    }
    // A title behind the chosen one may still meet its abstract: two lines may have changed places.
    this.#waiting = waiting.slice(chosen + 1)
    this.#disturbed = this.#waiting.length > 0
    const title = waiting[chosen] as PageLine
    return [...waiting.slice(0, chosen).map(withoutAbstract), ...this.#hold({ title, abstract })]
  }

  #hold(pair: Pair): Piece[] {
    const { title, abstract } = pair
    if (runsOn(abstract.text))
      return [
        { line: abstract.number, reason: `an abstract that runs into the next line: ${excerpt(title.text)}` },
      ]
    const seen = this.#titles.has(keyOf(title.text)) || this.#abstracts.has(keyOf(abstract.text))
    if (seen) return [{ line: title.number, reason: `a paper that was there before: ${excerpt(title.text)}` }]
    this.#titles.add(keyOf(title.text))
    this.#abstracts.add(keyOf(abstract.text))
    this.#held = pair
    return []
  }

  #torn(line: PageLine): Piece[] {
    const reason = `the rest of a torn line: ${excerpt(line.text)}`
    const held = this.#held
    this.#disturbed = true
    if (held === undefined || endsSentence(held.abstract.text) || this.#waiting.length > 0)
      return [...this.#release(), { line: line.number, reason }]
    this.#held = undefined
    const cut = `a paper whose abstract breaks off: ${excerpt(held.title.text)}`
    return [
      { line: held.title.number, reason: cut },
      { line: line.number, reason },
    ]
  }

  #release(): Piece[] {
    const held = this.#held
    this.#held = undefined
    if (held === undefined) return []
    const [title, abstract] = [held.title.text, held.abstract.text]
    const paper = { id: paperId(title, abstract), title, abstract, authors: [], categories: [] }
    return [{ line: held.title.number, paper }]
  }
}

/**
 * Which of the waiting titles the abstract belongs to; -1 when to none. Where all is in order there is one, and
 * a single shared word will do. Elsewhere it takes a third of the title's words, and the nearest title needs no
 * more than an older one to win.
 */
function choose(waiting: readonly PageLine[], abstract: PageLine, disturbed: boolean): number {
  const shares = waiting.map(title => shareOf(title.text, abstract.text))
  const best = shares.lastIndexOf(Math.max(...shares))
  const enough = waiting.length > 1 || disturbed ? 1 / 3 : 1e-9
  return (shares[best] ?? 0) >= enough ? best : -1
}

const withoutAbstract = (title: PageLine): Piece => ({
  line: title.number,
  reason: `a title without an abstract: ${excerpt(title.text)}`,
})

const keyOf = (text: string): string => paperId('', text.toLowerCase())
