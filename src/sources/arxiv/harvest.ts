import { z } from 'zod'
import type { Paper } from '../../corpus/paper.ts'
import type { Arxiv } from './client.ts'
import { oaiSet, TokenExpired } from './oai.ts'

/** Where a long list was left. */
export const HarvestState = z.object({
  from: z.string(),
  token: z.string().optional(),
  /** How often it had to be begun anew. */
  restarts: z.number().default(0),
})
export type HarvestState = z.infer<typeof HarvestState>

export interface Harvest {
  readonly papers: readonly Paper[]
  /** Where to go on; undefined: all is read. */
  readonly state: HarvestState | undefined
}

/** Pages that are read in one look: some thousand records each. */
const pagesALook = 5
/** How long before its announcement a paper may have been submitted: moderation takes days, some more. */
const held = 14

/**
 * Papers of the days that no listing shows any more, by OAI-PMH. Its dates are those of the last change, so a record
 * counts as new by the date of its first version.
 * @param wanted from which date on, and what is not to be handed over again
 */
export async function catchUpByOai(
  arxiv: Arxiv,
  category: string,
  wanted: {
    readonly from: string
    readonly ids: readonly string[]
    readonly harvest?: HarvestState | undefined
  },
  signal: AbortSignal | undefined,
): Promise<Harvest> {
  const ids = new Set(wanted.ids)
  const papers: Paper[] = []
  let state: HarvestState = wanted.harvest ?? { from: wanted.from, restarts: 0 }
  const earliest = Temporal.PlainDate.from(state.from).subtract({ days: held }).toString()
  for (let pages = 0; pages < pagesALook; pages++) {
    const { page, restarts } = await nextPage(arxiv, category, state, signal)
    for (const { paper, submitted } of page.records) {
      if (ids.has(paper.id) || submitted === undefined || submitted < earliest) continue
      ids.add(paper.id)
      papers.push(paper)
    }
    if (page.token === undefined) return { papers, state: undefined }
    state = { ...state, token: page.token, restarts }
  }
  return { papers, state }
}

/** Beginnings anew in one harvest: a service that forgets at once is left alone for a while. */
const mostRestarts = 5

/**
 * A token lasts a day: after that the list is begun anew; what was taken is known.
 * @throws TokenExpired when that happens again and again
 */
async function nextPage(
  arxiv: Arxiv,
  category: string,
  { from, token, restarts }: HarvestState,
  signal: AbortSignal | undefined,
) {
  const range = { set: oaiSet(category), from }
  try {
    return { page: await arxiv.harvest(range, token, signal), restarts }
  } catch (error) {
    if (!(error instanceof TokenExpired) || restarts >= mostRestarts) throw error
    return { page: await arxiv.harvest(range, undefined, signal), restarts: restarts + 1 }
  }
}
