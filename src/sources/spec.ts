import { hash as digest } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../errors.ts'
import { arxivCalendar, type Calendar, dailyPapersCalendar, rxivCalendar } from './calendar.ts'
import type { Lane } from './http/limits.ts'

const category = z
  .string()
  .regex(/^[a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?$/, 'is no category of arXiv, such as cs.CL or hep-th')
const line = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(500, 'is longer than 500 characters')
  .regex(/^[^\p{Cc}]*$/u, 'has control characters')
const subject = z.string().regex(/^[a-z][a-z ,&-]{1,60}$/, 'is no subject, such as neuroscience')

/** What a source is, as people name it. */
export const SourceSpec = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('arxiv'), categories: z.array(category).min(1).max(20) }),
  z.object({ kind: z.literal('arxiv-query'), query: line }),
  z.object({ kind: z.literal('hf-daily') }),
  z.object({ kind: z.literal('biorxiv'), subject: subject.or(z.literal('')) }),
  z.object({ kind: z.literal('medrxiv'), subject: subject.or(z.literal('')) }),
  z.object({
    kind: z.literal('openreview'),
    venue: z
      .string()
      .regex(/^[\w.-]{1,100}(?:\/[\w.-]{1,100}){0,8}$/, 'is no venue, such as ICLR.cc/2026/Conference'),
  }),
  z.object({
    kind: z.literal('rss'),
    url: z.url({ protocol: /^https?$/, error: 'is not an http or https address' }).max(1_000, 'is too long'),
  }),
  z.object({
    kind: z.literal('zotero'),
    group: z.string().regex(/^\d{1,12}$/, 'is no group’s number'),
    collection: z
      .string()
      .regex(/^[A-Z0-9]{8}$/, 'is no collection’s key')
      .optional(),
  }),
  z.object({ kind: z.literal('openalex'), filter: line }),
  z.object({ kind: z.literal('folder'), path: line }),
])
export type SourceSpec = z.infer<typeof SourceSpec>
export type SourceKind =
  | 'arxiv'
  | 'hf-daily'
  | 'biorxiv'
  | 'medrxiv'
  | 'openreview'
  | 'rss'
  | 'zotero'
  | 'openalex'
  | 'folder'

/** As people name them first; what follows is told by `sourceUsage`. */
export const sourceKinds: readonly SourceKind[] = [
  'arxiv',
  'hf-daily',
  'biorxiv',
  'medrxiv',
  'openreview',
  'rss',
  'zotero',
  'openalex',
  'folder',
]

/** What follows a kind. */
export const sourceUsage: Readonly<Record<SourceKind, string>> = {
  arxiv: 'cs.CL cs.IR, or a query such as cat:cs.CL AND abs:cache',
  'hf-daily': '',
  biorxiv: 'a subject such as neuroscience, or nothing for all',
  medrxiv: 'a subject such as epidemiology, or nothing for all',
  openreview: 'a venue such as ICLR.cc/2026/Conference',
  rss: 'the feed’s address',
  zotero: 'a group’s number, or GROUP/COLLECTION',
  openalex: 'a filter such as authorships.institutions.ror:01abc',
  folder: 'a path',
}

/**
 * @param kind such as `arxiv`
 * @param rest what follows it, such as `['cs.CL', 'cs.IR']`
 * @throws Failure `input` that names what cannot be used
 */
export function parseSpec(kind: string, rest: readonly string[]): SourceSpec {
  const known = sourceKinds.find(one => one === kind)
  if (known === undefined)
    throw new Failure(
      'input',
      `There is no kind of source “${kind.slice(0, 40)}”: it is one of ${sourceKinds.join(', ')}.`,
    )
  const parsed = SourceSpec.safeParse(
    specOf(
      known,
      rest.map(word => word.trim()).filter(word => word !== ''),
    ),
  )
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const named = String(issue?.path[0] ?? known)
  const usage = sourceUsage[known] === '' ? '' : ` After ${known} comes ${sourceUsage[known]}.`
  throw new Failure('input', `The ${named} ${issue?.message ?? 'cannot be used'}.${usage}`)
}

function specOf(kind: SourceKind, words: readonly string[]): unknown {
  const text = words.join(' ')
  switch (kind) {
    case 'arxiv':
      return isQuery(text)
        ? { kind: 'arxiv-query', query: text }
        : { kind, categories: [...new Set(words.flatMap(word => word.split(/[,+\s]+/)))].filter(Boolean) }
    case 'hf-daily':
      return { kind }
    case 'biorxiv':
    case 'medrxiv':
      return { kind, subject: text.toLowerCase().replaceAll('_', ' ') }
    case 'openreview':
      return { kind, venue: text }
    case 'rss':
      return { kind, url: text }
    case 'zotero': {
      const [group, collection] = text.split('/')
      return { kind, group, collection }
    }
    case 'openalex':
      return { kind, filter: text }
    case 'folder':
      return { kind, path: text }
  }
}

const isQuery = (text: string): boolean => /[:"()]|\b(?:AND|OR|ANDNOT)\b/.test(text)

/** How a source is called in lists, and as the origin of its papers; at most 200 characters. */
export function sourceName(spec: SourceSpec): string {
  return nameOf(spec).slice(0, 200)
}

function nameOf(spec: SourceSpec): string {
  switch (spec.kind) {
    case 'arxiv':
      return `arxiv ${spec.categories.join(' ')}`
    case 'arxiv-query':
      return `arxiv ${spec.query}`
    case 'hf-daily':
      return 'hf-daily'
    case 'biorxiv':
    case 'medrxiv':
      return spec.subject === '' ? spec.kind : `${spec.kind} ${spec.subject}`
    case 'openreview':
      return `openreview ${spec.venue}`
    case 'rss':
      return `rss ${spec.url}`
    case 'zotero':
      return `zotero ${spec.group}${spec.collection === undefined ? '' : `/${spec.collection}`}`
    case 'openalex':
      return `openalex ${spec.filter}`
    case 'folder':
      return `folder ${spec.path}`
  }
}

const minute = 60_000
const hour = 60 * minute

/** How a kind of source is treated. */
export interface Manners {
  /** Of sources that share one, one is read at a time. */
  readonly lane: string
  /** Undefined: it has no days. */
  readonly calendar: Calendar | undefined
  /** Milliseconds between two looks while all is well. */
  readonly every: number
  /** The same while a day is waited for. */
  readonly waiting: number
  /** It hands over again what changed: what was there at the first sync does not become new by it. */
  readonly handsAgain?: true
}

type KindManners = Manners & { readonly lane: Lane | 'folder' }

const manners: Readonly<Record<SourceSpec['kind'], KindManners>> = {
  arxiv: { lane: 'arxiv', calendar: arxivCalendar, every: 4 * hour, waiting: 20 * minute },
  'arxiv-query': { lane: 'arxiv', calendar: undefined, every: 6 * hour, waiting: hour },
  'hf-daily': { lane: 'huggingface', calendar: dailyPapersCalendar, every: hour, waiting: 30 * minute },
  biorxiv: { lane: 'biorxiv', calendar: rxivCalendar, every: 6 * hour, waiting: 2 * hour },
  medrxiv: { lane: 'biorxiv', calendar: rxivCalendar, every: 6 * hour, waiting: 2 * hour },
  openreview: { lane: 'openreview', calendar: undefined, every: 6 * hour, waiting: hour },
  rss: { lane: 'other', calendar: undefined, every: 30 * minute, waiting: 30 * minute },
  zotero: { lane: 'zotero', calendar: undefined, every: 10 * minute, waiting: 10 * minute, handsAgain: true },
  openalex: { lane: 'openalex', calendar: undefined, every: 12 * hour, waiting: hour },
  folder: { lane: 'folder', calendar: undefined, every: minute, waiting: minute, handsAgain: true },
}

/** Feeds are shared out by their hosts: one that never answers holds up a part of the others, and no host is asked twice at once. */
export const feedLanes = ['feeds a', 'feeds b', 'feeds c', 'feeds d'] as const

export function mannersOf(spec: SourceSpec): Manners {
  if (spec.kind !== 'rss') return manners[spec.kind]
  const [byte = 0] = digest('sha256', new URL(spec.url).hostname, 'buffer')
  return { ...manners.rss, lane: feedLanes[byte % feedLanes.length] ?? manners.rss.lane }
}
