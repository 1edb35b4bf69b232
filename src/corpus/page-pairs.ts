import { excerpt, type Piece } from './format.ts'
import { arxivIdOf } from './identifiers.ts'
import { paperId } from './ids.ts'
import { breaksOff, looseEnd, type PageLine, runsOn, startsInside } from './page-lines.ts'
import { isOfCard } from './page-markup.ts'
import { type Match, matchOf, shareOf, stemsOf } from './stems.ts'

/** A title and an abstract that may belong together. */
export interface Pair {
  readonly title: PageLine
  readonly abstract: PageLine
  /** Lines that belong to no paper are before, between or after them. */
  readonly disturbed: boolean
  /** How well the title matches the abstract. */
  readonly match: Match
  /** How well an adjacent title matches it: the title may be split over two lines. */
  readonly beside: Match | undefined
  /** The only title and the only abstract of a card: they belong together whatever their words. */
  readonly inCard: boolean
}

/** Most titles kept while waiting for an abstract: the nearest is usually the right one, see `choose`. */
const mostWaiting = 3

/** Pairs titles and abstracts, line by line. */
export class Pairing {
  readonly pairs: Pair[] = []
  /** For each word, the abstracts among the pairs that contain it. */
  readonly holders = new Map<string, number>()
  /** Titles seen since the last abstract, oldest first. */
  #waiting: PageLine[] = []
  /** The waiting titles precede an abstract that belongs to another title. */
  #passedOver = false
  #disturbed = false
  /** The last pair, if this line directly follows its abstract and may continue it. */
  #last: Pair | undefined
  #lastText = ''
  /** How many of the waiting titles precede the last page furniture, and so belong to an earlier card. */
  #stale = 0
  /** The page has cards: what lies between two pieces of furniture belongs together. */
  #cards = false
  /** The next short line may be the submitter's name. */
  #submitter: 'none' | 'next' | 'waits' = 'none'

  disturb(): void {
    this.#disturbed = true
  }

  add(line: PageLine): Piece[] {
    if (line.kind === 'furniture') return this.#furniture(line)
    const last = this.#last
    this.#last = undefined
    const submitter = this.#submitter
    this.#submitter = submitter === 'next' && line.text.length <= 40 ? 'waits' : 'none'
    if (line.kind === 'title' || (line.kind === 'sentence' && this.#fresh === 0)) {
      // A title has arrived: the submitter's name is no longer expected.
      if (submitter === 'waits') this.#waiting.pop()
      return this.#wait(line)
    }
    if (line.kind === 'abstract' || line.kind === 'sentence') return this.#match(line, last)
    return this.#torn(line, last)
  }

  /** Waiting titles after the last page furniture. */
  get #fresh(): number {
    return this.#waiting.length - this.#stale
  }

  #furniture({ text }: PageLine): Piece[] {
    this.#stale = this.#waiting.length
    this.#cards ||= isOfCard(text)
    this.#submitter = /^Submitted by$/i.test(text) ? 'next' : 'none'
    return []
  }

  end(): Piece[] {
    return this.#forget()
  }

  #wait(title: PageLine): Piece[] {
    if (this.#waiting.at(-1)?.text === title.text) return [again(title)]
    const lost = this.#passedOver ? this.#forget() : []
    this.#passedOver = false
    this.#waiting.push(title)
    const passed = this.#waiting.splice(0, this.#waiting.length - mostWaiting)
    this.#stale = Math.max(0, this.#stale - passed.length)
    return [...lost, ...passed.map(withoutAbstract)]
  }

  #match(abstract: PageLine, last: Pair | undefined): Piece[] {
    const repeated = abstract.text === this.#lastText
    this.#lastText = abstract.text
    if (this.#waiting.length === 0) {
      if (!repeated) return this.#orphan(abstract, last)
      this.#last = last
      return [again(abstract)]
    }
    const words = stemsOf(abstract.text)
    const matches = this.#waiting.map(title => matchOf(title.text, words))
    const alone = this.#cards && this.#fresh === 1
    const chosen = alone ? this.#waiting.length - 1 : choose(this.#waiting, matches, this.#disturbed)
    const [title, match] = [this.#waiting[chosen], matches[chosen]]
    if (title === undefined || match === undefined) {
      this.#disturbed = false
      return [...this.#forget(), withoutTitle(abstract)]
    }
    const lost = this.#waiting.slice(0, alone ? 0 : chosen).map(withoutAbstract)
    const beside = alone
      ? undefined
      : matches[this.#waiting.findIndex(line => Math.abs(line.number - title.number) === 1)]
    const disturbed = this.#disturbed || (matches.length > 1 && !alone)
    // A title after the chosen one may match the abstract on the next line, in case two lines were swapped.
    this.#waiting = this.#waiting.slice(chosen + 1)
    this.#stale = 0
    this.#passedOver = true
    this.#disturbed = this.#waiting.length > 0
    return [...lost, ...this.#keep({ title, abstract, match, beside, disturbed, inCard: alone }, words)]
  }

  #keep(pair: Pair, words: ReadonlySet<string>): Piece[] {
    if (runsOn(pair.abstract.text)) return [intoNext(pair)]
    for (const word of words) this.holders.set(word, (this.holders.get(word) ?? 0) + 1)
    this.pairs.push(pair)
    this.#last = pair
    return []
  }

  /** An abstract directly after another: its title is missing, or was joined to the line before it. */
  #orphan(abstract: PageLine, last: Pair | undefined): Piece[] {
    const orphan = withoutTitle(abstract)
    if (last === undefined) return [orphan]
    this.pairs.pop()
    // The page shows a summary before the abstract.
    const words = stemsOf(abstract.text)
    if (last.abstract.kind === 'sentence' && abstract.kind === 'abstract')
      return this.#keep({ ...last, abstract, match: matchOf(last.title.text, words) }, words)
    const end = looseEnd(last.abstract.text)
    if (shareOf(matchOf(end, words)) >= 1 / 3) return [intoNext(last), orphan]
    this.pairs.push({ ...last, disturbed: true })
    return [orphan]
  }

  #torn(line: PageLine, last: Pair | undefined): Piece[] {
    this.#disturbed = true
    const rest = { line: line.number, reason: `the rest of a torn line: ${excerpt(line.text)}` }
    if (last === undefined || !breaksOff(last.abstract.text)) return [rest]
    this.pairs.pop()
    return [
      { line: last.title.number, reason: `an abstract that breaks off: ${excerpt(last.title.text)}` },
      rest,
    ]
  }

  #forget(): Piece[] {
    const lost = this.#waiting.map(withoutAbstract)
    this.#waiting = []
    this.#stale = 0
    return lost
  }
}

/**
 * Index of the waiting title that the abstract belongs to; -1 for none. In a regular position there is one, and a
 * single shared word is enough. Otherwise a third of the title's words is required, and an older title wins only with
 * a higher share.
 */
function choose(waiting: readonly PageLine[], matches: readonly Match[], disturbed: boolean): number {
  const shares = matches.map(shareOf)
  const best = shares.lastIndexOf(Math.max(...shares))
  const enough = waiting.length > 1 || disturbed ? 1 / 3 : Number.MIN_VALUE
  if ((shares[best] ?? 0) < enough) return -1
  return isTorn(waiting, shares, best) ? -1 : best
}

/**
 * A title split over two lines: both share words with the abstract, and the second continues a sentence or is one
 * word.
 */
function isTorn(waiting: readonly PageLine[], shares: readonly number[], best: number): boolean {
  const at = best + 1 < waiting.length ? best : best - 1
  const [first, second] = [waiting[at], waiting[at + 1]]
  if (first === undefined || second === undefined || second.number !== first.number + 1) return false
  return shares[at] !== 0 && shares[at + 1] !== 0 && (startsInside(second.text) || !second.text.includes(' '))
}

const again = (line: PageLine): Piece => ({ line: line.number, reason: 'the line before it again' })

/** The page of a day has titles alone: a heading that leads to a paper is one all the same. */
function withoutAbstract({ number, text, url, isHeading }: PageLine): Piece {
  const arxiv = isHeading === true ? arxivIdOf(url ?? '') : undefined
  if (arxiv === undefined) return { line: number, reason: `a title without an abstract: ${excerpt(text)}` }
  const paper = { id: paperId(text, ''), title: text, abstract: '', authors: [], categories: [], arxiv, url }
  return { line: number, paper }
}

const withoutTitle = (abstract: PageLine): Piece => ({
  line: abstract.number,
  reason: `an abstract without a title: ${excerpt(abstract.text)}`,
})

const intoNext = ({ title, abstract }: Pair): Piece => ({
  line: abstract.number,
  reason: `an abstract that runs into the next line: ${excerpt(title.text)}`,
})
