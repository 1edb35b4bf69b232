import { z } from 'zod'
import type { Paper } from '../../corpus/paper.ts'
import type { Arxiv } from './client.ts'
import { oaiSet, TokenExpired } from './oai.ts'

/** Where a long list was left. */
export const HarvestState = z.object({
  from: z.string(),
  until: z.string(),
  token: z.string().optional(),
})
export type HarvestState = z.infer<typeof HarvestState>

export interface Harvest {
  readonly papers: readonly Paper[]
  /** What was handed over, with what was before. */
  readonly ids: string[]
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
 * @param last the last date that was taken, and what is not to be handed over again
 * @param until the date up to which days were missed
 */
export async function catchUpByOai(
  arxiv: Arxiv,
  category: string,
  last: { date: string; ids: readonly string[]; harvest?: HarvestState | undefined },
  until: string,
  signal: AbortSignal | undefined,
): Promise<Harvest> {
  const ids = new Set(last.ids)
  const papers: Paper[] = []
  const earliest = Temporal.PlainDate.from(last.date).subtract({ days: held }).toString()
  let state: HarvestState = last.harvest ?? { from: last.date, until }
  for (let pages = 0; pages < pagesALook; pages++) {
    const page = await nextPage(arxiv, category, state, signal)
    for (const { paper, submitted } of page.records) {
      if (ids.has(paper.id) || submitted === undefined || submitted < earliest) continue
      ids.add(paper.id)
      papers.push(paper)
    }
    if (page.token === undefined) return { papers, ids: [...ids], state: undefined }
    state = { ...state, token: page.token }
  }
  return { papers, ids: [...ids], state }
}

/** A token lasts a day: after that the list is begun anew; what was taken is known. */
async function nextPage(
  arxiv: Arxiv,
  category: string,
  { from, until, token }: HarvestState,
  signal: AbortSignal | undefined,
) {
  const range = { set: oaiSet(category), from, until }
  try {
    return await arxiv.harvest(range, token, signal)
  } catch (error) {
    if (!(error instanceof TokenExpired)) throw error
    return await arxiv.harvest(range, undefined, signal)
  }
}
