import type { Paper } from '../corpus/paper.ts'
import { SourceError } from '../sources/port.ts'
import type { Lookup } from './lookups.ts'
import { matched } from './match.ts'

/** What became of one paper. */
export interface Enriched {
  readonly id: string
  readonly title: string
  /** `later`: a service did not answer; it is looked up again the next time. */
  readonly outcome: 'found' | 'none' | 'ambiguous' | 'later'
  /** Fields that were filled. */
  readonly added: readonly string[]
  readonly paper: Paper | undefined
  /** The repository of its code, as far as a service names one. */
  readonly code: string | undefined
}

/** Whether there is something to look up: an identifier, authors or a date is missing. */
export const lacks = ({ arxiv, doi, authors, published }: Paper): boolean =>
  (arxiv === undefined && doi === undefined) || authors.length === 0 || published === undefined

/** Papers in a row for which nobody answered: then the rest is left for another time. */
const mostInARow = 5

/** What to use, and whom to tell. */
export interface Enriching {
  readonly lookups: readonly Lookup[]
  /** A service refuses, or says what cannot be read: it is not asked again in this run. */
  readonly onRefused: (name: string, reason: string) => void
  readonly signal?: AbortSignal | undefined
}

/**
 * Looks papers up by their titles, one after the other; each result is handed out before the next paper begins, so that a
 * run that ends early has lost nothing.
 * @throws SourceError `unreachable` when the services do not answer for several papers in a row
 */
export async function* enrich(
  papers: Iterable<Paper>,
  { lookups, onRefused, signal }: Enriching,
): AsyncGenerator<Enriched, void> {
  let unanswered = 0
  const asked = new Set(lookups)
  const refused = (lookup: Lookup, reason: string) => {
    asked.delete(lookup)
    onRefused(lookup.name, reason)
  }
  for (const paper of papers) {
    signal?.throwIfAborted()
    if (asked.size === 0) throw new SourceError('refused', 'No service answers.')
    const one = await enriched(paper, [...asked], { refused, signal })
    unanswered = one.outcome === 'later' ? unanswered + 1 : 0
    yield one
    if (unanswered >= mostInARow)
      throw new SourceError('unreachable', 'The services do not answer. What was found is kept; go on later.')
  }
}

async function enriched(
  paper: Paper,
  lookups: readonly Lookup[],
  { refused, signal }: { refused: (lookup: Lookup, reason: string) => void; signal: AbortSignal | undefined },
): Promise<Enriched> {
  const candidates: Paper[] = []
  const code = new Map<Paper, string>()
  const base = { id: paper.id, title: paper.title, added: [], paper: undefined, code: undefined }
  for (const lookup of lookups) {
    try {
      const found = await lookup.find(paper.title, signal)
      candidates.push(...found.papers)
      for (const [one, address] of found.code) code.set(one, address)
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      if (error.kind !== 'unreachable') refused(lookup, error.message)
      return { ...base, outcome: 'later' }
    }
  }
  const match = matched(paper, candidates)
  if (match.kind !== 'found') return { ...base, outcome: match.kind }
  const repository = [...code].find(([one]) => matched(paper, [one]).kind === 'found')?.[1]
  return { ...base, outcome: 'found', added: match.added, paper: match.paper, code: repository }
}
