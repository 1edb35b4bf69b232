import { saidName } from '../corpus/names.ts'
import type { Paper } from '../corpus/paper.ts'
import { isAuthor } from '../corpus/same-author.ts'
import type { NoPick, PaperPick, Reason } from '../schedule/pick.ts'
import type { Topic } from '../schedule/schedule.ts'
import type { Search } from '../search/port.ts'
import type { Mute } from '../store/choice-ports.ts'
import { candidates, type PickCandidate } from './candidates.ts'
import { demotedFrom, isMutedBy, leftOutFrom, penalties } from './less-of.ts'
import type { Nearness, PreferenceSignal } from './preferences.ts'

/** Everything that a choice depends on: the same input gives the same picks. */
export interface SelectionInput {
  readonly search: Search
  /** `nearnessOf` the search, cached or not. */
  readonly near: (paperId: string) => Nearness
  readonly topic: Topic
  /** How many papers to choose; fewer are returned when fewer are left. */
  readonly count: number
  /** Papers that the channel or member has had, or is about to get: never repeated. */
  readonly taken: ReadonlySet<string>
  /** When only new papers count: the ids of those. */
  readonly among?: ReadonlySet<string> | undefined
  /** The live source that these come from, by its name. */
  readonly source?: string | undefined
  readonly signals: readonly PreferenceSignal[]
  /** What there is to be less like; weights above 0. */
  readonly dislikes: readonly PreferenceSignal[]
  /** What is very much like that is left out; otherwise it comes last, so that a channel still gets its pick. */
  readonly leavesOut: boolean
  /** Words and authors of which nothing is chosen. */
  readonly mutes: readonly Mute[]
  /** The latest picks, newest first. */
  readonly recent: readonly string[]
  /** Epoch milliseconds, for how fresh a paper is. */
  readonly now: number
  /** The schedule and its date: breaks ties. */
  readonly seed: string
}

export type Choice =
  | { readonly kind: 'picks'; readonly picks: readonly PaperPick[] }
  | { readonly kind: 'none'; readonly reason: NoPick }

/** How many candidates are compared with each other. */
const shortlistSize = 300
/** How many of the latest picks a new one should differ from. */
const recentCount = 6
const preferenceWeight = 0.6
const diversityPenalty = 0.5
const day = 86_400_000

interface Candidate {
  readonly paper: Paper
  /** See `agesAt`: fresh ones come first. */
  readonly age: number
  /** Fit plus preference; ties are broken by the seed. */
  readonly score: number
  /** How much it is like what there is to be less of, 0..1. */
  readonly penalty: number
  readonly preference: Preference
}

interface Preference {
  readonly sum: number
  readonly because: PreferenceSignal | undefined
}

/**
 * Chooses the papers of one slot among those that fit the topic and were not posted there before: recent papers
 * first, then those similar to what the server liked, but unlike each other and the latest picks (maximal marginal
 * relevance: Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking", 1998).
 */
export function choose(input: SelectionInput): Choice {
  if (input.search.papers.length === 0) return { kind: 'none', reason: 'empty' }
  const found = candidates(input)
  if (typeof found === 'string') return { kind: 'none', reason: found }
  const ranked = shortlist(found, input)
  if (ranked.length === 0) return { kind: 'none', reason: 'muted' }
  const picks: PaperPick[] = []
  const others = input.recent.slice(0, recentCount).map(input.near)
  while (picks.length < input.count && ranked.length > 0) {
    const { index, varied } = next(ranked, others)
    const [chosen] = ranked.splice(index, 1)
    if (chosen === undefined) break
    picks.push({ paperId: chosen.paper.id, reasons: reasonsOf(chosen, input, varied) })
    if (picks.length < input.count) others.push(input.near(chosen.paper.id))
  }
  return { kind: 'picks', picks }
}

/** How many candidates are read for muted words at most: an abstract takes a tenth of a millisecond. */
const mostRead = 1_200

/** The first of the candidates that are not muted. */
function shortlist(found: readonly PickCandidate[], input: SelectionInput): Candidate[] {
  const isMuted = isMutedBy(input.mutes)
  for (let size = shortlistSize; ; size *= 4) {
    const ranked = rank(found, input, size)
    const left = ranked.filter(
      ({ paper, penalty }) => !(input.leavesOut && penalty >= leftOutFrom) && !isMuted(paper),
    )
    if (left.length >= input.count || size >= Math.min(found.length, mostRead)) return left
  }
}

/**
 * The first of the candidates, freshest and best first. Without a topic that is the whole library: one pass over
 * plain numbers finds the shortlist.
 */
function rank(found: readonly PickCandidate[], input: SelectionInput, size: number): Candidate[] {
  const preferences = preferencesOf(input)
  const lowered = penalties(input.dislikes, input.near)
  const penaltyOf = ({ id }: Paper) => lowered.get(id) ?? 0
  const publishedAge = agesAt(input.now)
  const ageOf = (paper: Paper) =>
    Math.min(oldest, publishedAge(paper) + (penaltyOf(paper) >= demotedFrom ? 1 : 0))
  const tieBreaker = tieBreakerOf(input.seed)
  const keys = new Float64Array(found.length)
  for (const [i, { paper, fit }] of found.entries()) {
    const liking = preferenceWeight * (preferences.get(paper.id)?.sum ?? 0) - penaltyOf(paper)
    keys[i] = ageWeight * (oldest - ageOf(paper)) + fit + liking + tieBreaker(paper.id) * 1e-6
  }
  const least = found.length <= size ? Number.NEGATIVE_INFINITY : (keys.toSorted().at(-size) ?? 0)
  return found
    .map((one, i) => ({ ...one, key: keys[i] ?? 0 }))
    .filter(({ key }) => key >= least)
    .sort((a, b) => b.key - a.key)
    .map(({ paper, key }) => {
      const age = ageOf(paper)
      return {
        paper,
        age,
        score: key - ageWeight * (oldest - age),
        penalty: penaltyOf(paper),
        preference: preferences.get(paper.id) ?? noPreference,
      }
    })
}

/** See `agesAt`. */
const oldest = 3
/** Greater than any fit plus preference: an older paper never ranks above a more recent one. */
const ageWeight = 10

const noPreference: Preference = { sum: 0, because: undefined }

/** How similar papers are to what was liked, -1..1, and which signal counts most. Others are left out. */
function preferencesOf({ signals, near }: SelectionInput): Map<string, Preference> {
  const sums = new Map<string, { sum: number; most: number; because: PreferenceSignal | undefined }>()
  for (const signal of signals)
    for (const [paperId, nearness] of near(signal.paperId)) {
      const preference = sums.get(paperId) ?? { sum: 0, most: 0, because: undefined }
      const share = signal.weight * nearness
      preference.sum += share
      if (share > preference.most) {
        preference.most = share
        preference.because = signal
      }
      sums.set(paperId, preference)
    }
  return new Map([...sums].map(([paperId, { sum, because }]) => [paperId, { sum: Math.tanh(sum), because }]))
}

/** The best of the most recent candidates, with a penalty for similarity to the others. */
function next(ranked: readonly Candidate[], others: readonly Nearness[]): { index: number; varied: boolean } {
  const freshest = ranked[0]?.age
  let best = { index: 0, value: Number.NEGATIVE_INFINITY }
  for (const [index, { paper, age, score }] of ranked.entries()) {
    if (age !== freshest) break
    const like = Math.max(0, ...others.map(near => near.get(paper.id) ?? 0))
    const value = score - diversityPenalty * like
    if (value > best.value) best = { index, value }
  }
  return { index: best.index, varied: best.index > 0 }
}

function reasonsOf({ paper, age, preference }: Candidate, input: SelectionInput, varied: boolean): Reason[] {
  const { topic, signals } = input
  const reasons: Reason[] = []
  if (topic !== undefined) reasons.push(fitOf(paper, topic))
  if (input.source !== undefined) reasons.push({ kind: 'source', source: input.source })
  else if (input.among !== undefined) reasons.push({ kind: 'arrived' })
  if (age < 2 && paper.published !== undefined) reasons.push({ kind: 'fresh', published: paper.published })
  if (preference.sum > 0.1 && preference.because !== undefined && signals.length > 0)
    reasons.push(
      preference.because.open ? { kind: 'near', paperId: preference.because.paperId } : { kind: 'near' },
    )
  if (varied) reasons.push({ kind: 'varied' })
  return reasons.length > 0 ? reasons : [{ kind: 'drawn' }]
}

function fitOf(paper: Paper, topic: NonNullable<Topic>): Reason {
  if ('query' in topic) return { kind: 'query', query: topic.query }
  if ('paperId' in topic) return { kind: 'paper', paperId: topic.paperId }
  if ('author' in topic)
    return {
      kind: 'author',
      author: saidName(paper.authors.find(isAuthor(topic.author)) ?? topic.author).slice(0, longestNamed),
    }
  return { kind: 'venue', venue: (paper.venue ?? topic.venue).slice(0, longestNamed) }
}

/** UTF-16 units of a name in a reason. */
const longestNamed = 200

/**
 * 0 this week, 1 this month, 2 this year, 3 older or of unknown date. A date in the future counts as today's: journals
 * date issues ahead. ISO 8601 dates sort as text, and a library may hold a hundred thousand papers.
 */
function agesAt(now: number): (paper: Paper) => number {
  const since = [7, 31, 366].map(days => new Date(now - days * day).toISOString().slice(0, 10))
  return ({ published }) => {
    if (published === undefined || !/^\d{4}/.test(published)) return 3
    const age = since.findIndex(start => published >= start)
    return age === -1 ? 3 : age
  }
}

/** A hash of the text in [0, 1) that depends on the seed (FNV-1a: Fowler, Noll and Vo, with a final mix). */
function tieBreakerOf(seed: string): (text: string) => number {
  const start = fnv(0x811c9dc5, `${seed}\n`)
  return text => {
    let hash = fnv(start, text)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
    return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
  }
}

function fnv(start: number, text: string): number {
  let hash = start
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}
