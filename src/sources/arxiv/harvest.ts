import { z } from 'zod'
import type { Paper } from '../../corpus/paper.ts'
import type { Arxiv } from './client.ts'
import { oaiSet, TokenExpired } from './oai.ts'

/** Where a long list was left. */
export const HarvestState = z.object({
  from: z.string(),
  token: z.string().optional(),
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
  let state: HarvestState = wanted.harvest ?? { from: wanted.from }
  const earliest = Temporal.PlainDate.from(state.from).subtract({ days: held }).toString()
  for (let pages = 0; pages < pagesALook; pages++) {
    const page = await nextPage(arxiv, category, state, signal)
    for (const { paper, submitted } of page.records) {
      if (ids.has(paper.id) || submitted === undefined || submitted < earliest) continue
      ids.add(paper.id)
      papers.push(paper)
    }
    if (page.token === undefined) return { papers, state: undefined }
    state = { ...state, token: page.token }
  }
  return { papers, state }
}

/** A token lasts a day: after that the list is begun anew; what was taken is known. */
async function nextPage(
  arxiv: Arxiv,
  category: string,
  { from, token }: HarvestState,
  signal: AbortSignal | undefined,
) {
  const range = { set: oaiSet(category), from }
  try {
    return await arxiv.harvest(range, token, signal)
  } catch (error) {
    if (!(error instanceof TokenExpired)) throw error
    return await arxiv.harvest(range, undefined, signal)
  }
}
