import { z } from 'zod'
import { lengths } from '../lengths.ts'
import { isObject } from './dialect-values.ts'
import { ownKeys } from './dialects.ts'
import { isoDate, listOfNames, listOfTerms } from './fields.ts'
import { excerpt, type Format, type Piece, type Reason, RejectedRun } from './format.ts'
import { JsonNumbers } from './formats/json-numbers.ts'
import { recordsInside } from './formats/json-records.ts'
import { arxivIdOf, doiOf } from './identifiers.ts'
import { doiInAddress } from './identity.ts'
import { paperId } from './ids.ts'
import { type Line, linesOf } from './lines.ts'
import type { Paper } from './paper.ts'
import { foldSpace } from './text.ts'

/** Maximum bytes per line: a record with thousands of authors has a few hundred thousand. */
const longestLine = 4 * 1024 * 1024

const text = z.string().transform(foldSpace)
const within = (most: number) => z.string().max(most, `is longer than ${most} characters`)
const id = z.union([z.string(), z.number()], { error: 'is neither text nor a number' })

/** Required fields: without them a line is rejected. */
const Core = z.object({
  id: id
    .transform(value => foldSpace(String(value)))
    .pipe(within(lengths.paperId))
    .nullish(),
  title: text.pipe(within(lengths.title).min(1, 'is empty')),
  abstract: text.pipe(within(lengths.abstract)).nullish(),
})

/** Optional fields: an invalid value is left out and reported, and the paper is kept. */
const optional = {
  authors: listOfNames,
  url: z
    .url({ protocol: /^https?$/, error: 'is not an http or https address' })
    .max(lengths.address, `is longer than ${lengths.address} characters`),
  published: isoDate,
  doi: z
    .string()
    .transform(doiOf)
    .pipe(z.string({ error: 'is not a DOI' }))
    .pipe(within(lengths.identifier)),
  arxiv: z
    .string()
    .transform(arxivIdOf)
    .pipe(z.string({ error: 'is not an arXiv identifier' })),
  venue: text.pipe(within(lengths.venue)),
  categories: listOfTerms,
} satisfies Partial<Record<keyof Paper, z.ZodType>>

/**
 * One JSON object per line: `title`, and optionally `id`, `abstract`, `authors` (names or objects with a `name`),
 * `url`, `published`, `doi`, `arxiv`, `venue`, `categories`, or the names that other sources use for these (see
 * `ownKeys`). Other keys are ignored; null and empty text count as absent.
 */
export const jsonl: Format = {
  name: 'JSON lines',
  accepts: (fileName, head) => /\.(jsonl|ndjson)$/.test(fileName) || /^\ufeff?\s*\{\s*"/.test(head),
  read,
}

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const run = new RejectedRun()
  for await (const batch of linesOf(chunks, longestLine)) {
    for (const piece of batch.flatMap(line => piecesOf(line, run))) yield piece
  }
  yield* run.end()
}

function piecesOf({ number, text, fault }: Line, run: RejectedRun): Piece[] {
  if (fault !== undefined) return run.add(number, `the line ${fault}`)
  // An array's brackets and commas, where somebody wrote or cut one line by line.
  const record = text.trim().replace(/,$/, '')
  if (record === '' || record === '[' || record === ']') return []
  let value: unknown
  try {
    value = parsedLine(record)
  } catch {
    return run.add(number, 'is not JSON')
  }
  return recordsOn(value).flatMap(one => recordPieces(one, number, run))
}

/** JSON, also as Python writes it: see `JsonNumbers`. */
function parsedLine(line: string): unknown {
  if (!/\b(?:NaN|Infinity)\b/.test(line)) return JSON.parse(line)
  const numbers = new JsonNumbers()
  return JSON.parse(Buffer.concat([numbers.push(Buffer.from(line)), numbers.end()]).toString('utf8'))
}

/** A line that is no record may be a whole response: services send theirs without line breaks. */
const recordsOn = (line: unknown): readonly unknown[] =>
  isObject(line) && line['title'] === undefined ? (recordsInside(line) ?? [line]) : [line]

/**
 * Parses a record in any format, under the keys of `ownKeys`.
 * @param line where the record begins
 * @param run the reader's rejected lines so far
 */
export function recordPieces(value: unknown, line: number, run: RejectedRun): Piece[] {
  const record = parse(ownKeys(value))
  if ('reason' in record) return run.add(line, errorIn(value) ?? record.reason, record.kind)
  const left = record.left.map(reason => ({ line, kind: 'field' as const, reason }))
  return [...run.end(), { line, paper: record.paper }, ...left]
}

/** What a service answers in place of papers: `{"error": "Rate limit exceeded"}`. */
function errorIn(value: unknown): string | undefined {
  if (!isObject(value) || value['title'] !== undefined) return undefined
  const said = ['error', 'message', 'detail'].map(key => value[key]).find(text => typeof text === 'string')
  return typeof said === 'string' ? `is no paper but an answer: ${excerpt(said)}` : undefined
}

/** @returns the paper and which fields were left out, or why the record is not a paper */
function parse(value: unknown): { paper: Paper; left: string[] } | Reason {
  const core = Core.safeParse(value)
  if (!core.success) return unfit(core.error)
  const { title, abstract } = core.data
  const given = core.data.id || undefined
  const fields: Partial<Paper> = {}
  const left: string[] = []
  for (const [key, schema] of Object.entries(optional)) {
    const raw = (value as Record<string, unknown>)[key]
    if (raw === null || raw === undefined || raw === '') continue
    const parsed = schema.safeParse(raw)
    if (!parsed.success) left.push(unusable(key, parsed.error, raw))
    else if (parsed.data !== '') Object.assign(fields, { [key]: parsed.data })
  }
  const paper: Paper = {
    id: given ?? paperId(title, abstract ?? ''),
    title,
    abstract: abstract ?? '',
    authors: [],
    categories: [],
    ...fields,
  }
  return { paper: withIdentifiers(paper), left }
}

function unfit({ issues }: z.ZodError): Reason {
  const [first] = issues
  const isUntitled = first?.code === 'too_small' && first.path[0] === 'title'
  return { kind: isUntitled ? 'untitled' : 'damaged', reason: issues.map(problem).join('; ') }
}

function unusable(key: string, { issues }: z.ZodError, raw: unknown): string {
  const value = excerpt(typeof raw === 'string' ? raw : JSON.stringify(raw))
  return `${key} ${issues[0]?.message ?? 'cannot be used'}: ${value}, left out`
}

/** Takes the arXiv identifier or DOI from an id or address that is one. */
function withIdentifiers(paper: Paper): Paper {
  const sources = [paper.id, paper.url ?? '', paper.doi ?? '']
  const arxiv = paper.arxiv ?? sources.map(arxivIdOf).find(found => found !== undefined)
  const doi =
    paper.doi ?? sources.map(doiOf).find(found => found !== undefined) ?? doiInAddress(paper.url ?? '')
  return { ...paper, ...(arxiv === undefined ? {} : { arxiv }), ...(doi === undefined ? {} : { doi }) }
}

function problem(issue: z.core.$ZodIssue): string {
  const where = issue.path.join('.')
  if (where === '') return 'is not a JSON object'
  if (issue.code === 'invalid_type') return `${where} is missing or not text`
  return `${where} ${issue.message}`
}
