import type { Paper } from '../../corpus/paper.ts'
import { definitionsIn } from '../analysis/abbreviations.ts'
import { tokenize } from '../analysis/analyze.ts'
import { CooperativeYield } from './cooperative-yield.ts'
import { documentFrequency, type Postings } from './postings.ts'
import type { Vocabulary } from './vocabulary.ts'

const charactersPerSlice = 60_000
const votesPerSlice = 5_000

/** Abbreviations and their long forms as arrays. */
export interface AcronymArrays {
  /** The short forms' terms. */
  readonly shorts: Uint32Array
  /** The terms of the i-th long form: starts[i] to starts[i + 1]. */
  readonly starts: Uint32Array
  readonly terms: Uint32Array
}

/** The abbreviations that a set of papers defines, as terms, in both directions. */
export interface Acronyms {
  /** The terms of the long form, in order, by the short form's term. */
  readonly longOf: ReadonlyMap<number, readonly number[]>
  /** The short form's term by the long form's terms, joined by spaces. */
  readonly shortOf: ReadonlyMap<string, number>
  /** The number of terms in the longest long form. */
  readonly longest: number
}

export function acronymsOf({ shorts, starts, terms }: AcronymArrays): Acronyms {
  const longOf = new Map<number, readonly number[]>()
  const shortOf = new Map<string, number>()
  let longest = 0
  for (const [i, short] of shorts.entries()) {
    const long = [...terms.subarray(starts[i], starts[i + 1])]
    longOf.set(short, long)
    const key = long.join(' ')
    if (!shortOf.has(key)) shortOf.set(key, short)
    longest = Math.max(longest, long.length)
  }
  return { longOf, shortOf, longest }
}

/** For each short form, the long form that most papers give it. */
export async function readAcronyms(
  papers: readonly Paper[],
  vocabulary: Vocabulary,
  index: Postings,
): Promise<AcronymArrays> {
  const slices = new CooperativeYield(charactersPerSlice)
  const votes = new Map<number, Map<string, number>>()
  for (const { title, abstract } of papers) {
    for (const { short, long } of [...definitionsIn(title), ...definitionsIn(abstract)]) {
      vote(votes, vocabulary, short, long)
    }
    if (slices.spent(title.length + abstract.length)) await slices.pause()
  }
  return settle(votes, index, new CooperativeYield(votesPerSlice))
}

function vote(
  votes: Map<number, Map<string, number>>,
  vocabulary: Vocabulary,
  short: string,
  long: string,
): void {
  const [only, ...more] = tokenize(short)
  const shortTerm = only === undefined || more.length > 0 ? undefined : vocabulary.termId(only.term)
  const parts = tokenize(long)
    .filter(({ stop }) => !stop)
    .map(({ term }) => vocabulary.termId(term))
  if (shortTerm === undefined || parts.length < 2 || parts.includes(undefined)) return
  const of = votes.get(shortTerm) ?? new Map<string, number>()
  const key = parts.join(' ')
  votes.set(shortTerm, of.set(key, (of.get(key) ?? 0) + 1))
}

async function settle(
  votes: ReadonlyMap<number, ReadonlyMap<string, number>>,
  index: Postings,
  slices: CooperativeYield,
): Promise<AcronymArrays> {
  const shorts: number[] = []
  const starts = [0]
  const terms: number[] = []
  for (const [short, of] of votes) {
    if (slices.spent(of.size)) await slices.pause()
    const [best] = [...of].sort(([, x], [, y]) => y - x)
    if (best === undefined || isOrdinaryWord(documentFrequency(index, short), best[1])) continue
    shorts.push(short)
    terms.push(...best[0].split(' ').map(Number))
    starts.push(terms.length)
  }
  return {
    shorts: Uint32Array.from(shorts),
    starts: Uint32Array.from(starts),
    terms: Uint32Array.from(terms),
  }
}

/** VALUE may once be defined as an abbreviation; where nearly every paper contains "value", it is a word. */
const isOrdinaryWord = (holding: number, defining: number): boolean => holding > 10 * defining + 10
