import { z } from 'zod'
import { readRss } from '../arxiv/rss.ts'
import type { Http } from '../http/client.ts'
import type { Source } from '../port.ts'

const State = z.object({
  v: z.literal(1),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** What was handed over, the latest last. */
  handed: z.array(z.string()),
  size: z.number(),
})

/** Items of one feed; what is beyond is not read. */
const mostItems = 2_000
/** Identifiers that are known again: a feed that brings back an older item brings nothing new. */
const mostHanded = 10_000

/**
 * A feed in RSS, RDF or Atom. It has no days: what is in it is what it announces, and an item that was handed over never
 * comes again, whatever becomes of its date.
 * @param publicOnly the address came from a member, and may not lead into the host's own network
 */
export function feed(http: Http, address: string, publicOnly: boolean): Source {
  return {
    async fetch(earlier, { signal }) {
      const last = State.safeParse(earlier).data
      const { bytes, validators, notBefore } = await http.get(address, {
        lane: 'other',
        signal,
        publicOnly,
        validators: last,
      })
      if (bytes === undefined && last !== undefined)
        return { ...batchOf(last.size), papers: [], state: last, notBefore }
      const items = await readRss(bytes ?? Buffer.alloc(0), 'the feed', mostItems)
      const handed = new Set(last?.handed)
      const papers = items.map(item => item.paper).filter(paper => !handed.has(paper.id))
      const ids = [...handed, ...papers.map(paper => paper.id)].slice(-mostHanded)
      const state = { v: 1 as const, ...validators, handed: ids, size: items.length }
      // Feeds begin with the latest.
      return { ...batchOf(items.length), papers: papers.toReversed(), state, notBefore }
    },
  }
}

const batchOf = (size: number) => ({
  batches: [{ part: '', day: undefined, announced: size, taken: size }],
  more: false,
})
