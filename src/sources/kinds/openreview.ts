import { z } from 'zod'
import type { Http } from '../http/client.ts'
import { parsedJson } from '../json.ts'
import { type Source, SourceError } from '../port.ts'
import { papersOf } from '../records.ts'

const Answer = z.object({
  notes: z.array(z.looseObject({ id: z.string(), content: z.looseObject({}) })),
  count: z.number().int().nonnegative().optional(),
})
type Note = z.infer<typeof Answer>['notes'][number]

const State = z.object({ v: z.literal(1), handed: z.array(z.string()) })

const pageSize = 1_000
const mostNotes = 30_000

/**
 * The papers of a venue at OpenReview, by its `venueid`, which stays while the names of invitations change each year. The
 * second version of the API is asked first, the first one for venues that it does not have.
 * @param venue such as `ICLR.cc/2026/Conference`
 */
export function openReview(http: Http, bases: readonly string[], venue: string): Source {
  const all = async (base: string, signal?: AbortSignal): Promise<{ notes: Note[]; count: number }> => {
    const notes: Note[] = []
    let count = 0
    while (notes.length < mostNotes) {
      const query = { 'content.venueid': venue, limit: String(pageSize), offset: String(notes.length) }
      const url = `${base}/notes?${new URLSearchParams(query)}`
      const { bytes } = await http.get(url, { lane: 'openreview', signal })
      const answer = parsedJson(Answer, bytes ?? Buffer.alloc(0), 'OpenReview’s answer')
      notes.push(...answer.notes)
      count = answer.count ?? notes.length
      if (notes.length >= count) break
      if (answer.notes.length === 0)
        throw new SourceError('unreachable', `OpenReview sends ${notes.length} of ${count} papers`)
    }
    return { notes, count: Math.min(count, mostNotes) }
  }
  return {
    async fetch(earlier, { signal }) {
      const last = State.safeParse(earlier).data
      let found: Awaited<ReturnType<typeof all>> = { notes: [], count: 0 }
      for (const base of bases) {
        found = await all(base, signal)
        if (found.count > 0) break
      }
      const handed = new Set(last?.handed)
      const papers = papersOf(found.notes.filter(note => !handed.has(note.id)))
      const ids = [...new Set([...handed, ...found.notes.map(note => note.id)])]
      return {
        papers,
        batches: [{ part: '', day: undefined, announced: found.count, taken: found.notes.length }],
        state: { v: 1 as const, handed: ids.slice(-2 * mostNotes) },
        more: false,
      }
    },
  }
}
