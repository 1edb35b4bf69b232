import { z } from 'zod'

/** One reason for a choice, as data; `picks/pick-text.ts` puts it into words. */
export const Reason = z.discriminatedUnion('kind', [
  /** It fits what the topic asks for. */
  z.object({ kind: z.literal('query'), query: z.string() }),
  /** It is near to the paper that is the topic. */
  z.object({ kind: z.literal('paper'), paperId: z.string() }),
  /** One of its authors is the one who is followed: as the paper names them. */
  z.object({ kind: z.literal('author'), author: z.string() }),
  /** It appeared where the topic asks for. */
  z.object({ kind: z.literal('venue'), venue: z.string() }),
  /** Published lately. ISO 8601, as the paper has it. */
  z.object({ kind: z.literal('fresh'), published: z.string() }),
  /** It came into the library after the member began to follow. */
  z.object({ kind: z.literal('arrived') }),
  /** A live source brought it last; by the source's name. */
  z.object({ kind: z.literal('source'), source: z.string() }),
  /** Near to a paper that was shared or voted for in this server. No paper is named when only private lists point to it. */
  z.object({ kind: z.literal('near'), paperId: z.string().optional() }),
  /** Preferred to a paper that scored higher, because that one is like the latest picks. */
  z.object({ kind: z.literal('varied') }),
  /** The candidates were equal: chosen by the day's seed. */
  z.object({ kind: z.literal('drawn') }),
])
export type Reason = z.infer<typeof Reason>

/** A chosen paper and why. */
export const PaperPick = z.object({ paperId: z.string().min(1), reasons: z.array(Reason) })
export type PaperPick = z.infer<typeof PaperPick>

/** Why a day has no pick. */
export type NoPick =
  | 'empty' // the library holds no papers
  | 'unsearchable' // the topic holds nothing to search for
  | 'nothing-fits' // no paper fits the topic
  | 'exhausted' // every paper that fits was posted or shared here already
  | 'nothing-new' // a digest, or a pick of a source's newest: nothing new fits
  | 'muted' // all that fits is muted, or like what there is to be less of
