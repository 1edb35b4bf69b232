import { z } from 'zod'
import { paperId, paperRef } from '../corpus/ids.ts'
import { keysOfPaper } from '../corpus/merging/paper-keys.ts'
import { Paper } from '../corpus/paper.ts'
import { authorKey } from '../corpus/same-author.ts'
import { venueKeys } from '../corpus/venues.ts'
import { hashOf } from '../search/index/string-hash.ts'
import {
  completedWords,
  countedTerms,
  gapMark,
  type StoredDocument,
} from '../search/partial/stored-document.ts'

export type Origin =
  | { readonly kind: 'file'; readonly files: string; readonly order: number }
  | { readonly kind: 'stored'; readonly collection: string; readonly revision: number }

/** The fields of a hit that are sent back. */
export const sentFields = [
  'collection',
  'kind',
  'paper',
  'sequence',
  'length',
  'names',
  'title',
  'refs',
  'keys',
  'row',
  'scale',
  'joined',
  'order',
]

/** A paper as it lies in the engine, as far as it is sent back. */
export const EnginePaper = z.object({
  collection: z.string(),
  kind: z.enum(['file', 'stored']),
  paper: Paper,
  sequence: z.string(),
  length: z.number().int().min(1),
  names: z.array(z.string()),
  title: z.string(),
  refs: z.array(z.string()),
  keys: z.array(z.string()),
  row: z.base64(),
  scale: z.number().min(0),
  order: z.number(),
})
export type EnginePaper = z.infer<typeof EnginePaper>

/** A paper that has become part of another: what components call it leads there. */
export const JoinedPaper = z.object({
  collection: z.string(),
  kind: z.literal('joined'),
  refs: z.array(z.string()),
  joined: z.string(),
})
export type JoinedPaper = z.infer<typeof JoinedPaper>

/** Where a paper lies: two collections may have papers of one id. */
export const keyOf = (collection: string, id: string): string => shortened(`${collection}/${id}`)
export const keyOfFile = (id: string): string => shortened(`file/${id}`)

/** OpenSearch takes ids of 512 bytes. */
const shortened = (key: string): string =>
  Buffer.byteLength(key) <= 500 ? key : `${key.slice(0, 60)} ${paperRef(`.${key}`)}`

const longestBeginning = 60
const longestTitle = 1_000

/** A collaboration has thousands: the first tell a paper. */
const mostAuthors = 200

/** An author's family name as it is compared. */
export const familyKey = (name: string): string => authorKey(name).split('|', 1)[0] ?? ''

const venuesOf = ({ venue, categories }: Paper): string[] => [
  ...new Set([...venueKeys(venue ?? ''), ...categories.map(one => one.toLowerCase())]),
]

/** Positive, and as evenly spread as ids are different. */
const rankOf = (id: string): number => hashOf(id) >>> 1

/** A paper as it is put into the engine. */
export function entryOf(document: StoredDocument, origin: Origin): object {
  const { paper, sequence, length, names, title, row, scale } = document
  const completed = completedWords(paper)
  const [inTitle = ''] = sequence.split(` ${gapMark} `, 1)
  return {
    collection: origin.kind === 'file' ? '' : origin.collection,
    ...origin,
    order: origin.kind === 'file' ? origin.order : 1e9 + origin.revision,
    id: paper.id,
    // Its own id, and the one that it has beside another paper of this id.
    refs: [...new Set([paperRef(paper.id), paperRef(paperId(paper.title, paper.abstract))])],
    names,
    keys: [...keysOfPaper(paper)],
    title: title.slice(0, longestTitle),
    begin: title.slice(0, longestBeginning),
    abbreviations: completed.names,
    published: paper.published ?? '',
    families: [...new Set(paper.authors.slice(0, mostAuthors).map(familyKey))],
    venues: venuesOf(paper),
    typed: [...completed.title, ...completed.names].join(' '),
    terms: countedTerms(sequence),
    titleTerms: inTitle.startsWith(gapMark) ? '' : inTitle,
    rank: rankOf(paper.id),
    paper,
    sequence,
    length,
    row: Buffer.from(row.buffer, row.byteOffset, row.byteLength).toString('base64'),
    scale,
    ...(scale > 0 ? { vector: Array.from(row) } : {}),
  }
}

/** What is left of a paper that has become part of another. */
export const joinedEntry = (
  { collection, id, revision }: { collection: string; id: string; revision: number },
  joined: string,
): object => ({
  collection,
  revision,
  kind: 'joined',
  refs: [paperRef(id)],
  joined,
})

/** A paper's vector at 8 bits. */
export const rowOf = ({ row }: Pick<EnginePaper, 'row'>): Int8Array =>
  new Int8Array(Buffer.from(row, 'base64'))
