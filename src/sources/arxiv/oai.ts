import type { Element } from '../../corpus/formats/xml-tree.ts'
import type { Paper } from '../../corpus/paper.ts'
import { SourceError } from '../port.ts'
import { elementsOf, isPaper, paperOf, xmlRecord } from '../records.ts'

export interface OaiRange {
  /** Such as `cs:cs:CL`. */
  readonly set: string
  /** The first datestamp, YYYY-MM-DD. There is no last: what changed since it was announced has a later one. */
  readonly from: string
}

export interface OaiRecord {
  readonly paper: Paper
  /** The date of its first version; undefined where the record does not say. When it changed last is another date. */
  readonly submitted: string | undefined
}

export interface OaiPage {
  readonly records: readonly OaiRecord[]
  /** For the next page; undefined on the last. */
  readonly token: string | undefined
  /** Records of the whole list by the source's own count, where it tells. */
  readonly total: number | undefined
  /** Records on this page, those too that gave no paper, such as deleted ones. */
  readonly count: number
}

/** A resumption token is not known any more: the list has to be begun anew. */
export class TokenExpired extends SourceError {
  constructor() {
    super('unreachable', 'arXiv’s OAI-PMH no longer knows the place where the list was left')
  }
}

/**
 * Reads an answer to `ListRecords`. Source: the OAI-PMH 2.0 specification.
 * @throws TokenExpired
 * @throws SourceError `unreadable` when it is no such answer
 */
export async function readOai(bytes: Buffer): Promise<OaiPage> {
  const what = 'arXiv’s OAI-PMH answer'
  const elements = await elementsOf(bytes, ['record', 'resumptionToken', 'error', 'responseDate'], what)
  const error = elements.find(element => element.name === 'error')
  if (error !== undefined) return failed(error)
  if (!elements.some(({ name }) => name === 'record' || name === 'resumptionToken'))
    throw new SourceError('unreadable', `${what} holds neither records nor a reason`)
  const records = elements.filter(({ name }) => name === 'record')
  const token = elements.find(({ name }) => name === 'resumptionToken')
  const total = Number(token?.attributes['completeListSize'])
  return {
    records: records.flatMap(recordOf),
    token: token?.children.join('').trim() || undefined,
    total: Number.isSafeInteger(total) && total > 0 ? total : undefined,
    count: records.length,
  }
}

function failed(error: Element): OaiPage {
  const code = error.attributes['code'] ?? ''
  if (code === 'noRecordsMatch') return { records: [], token: undefined, total: 0, count: 0 }
  if (code === 'badResumptionToken') throw new TokenExpired()
  throw new SourceError('refused', `arXiv’s OAI-PMH refuses: ${code.slice(0, 40)}`)
}

function recordOf(element: Element): OaiRecord[] {
  const record = xmlRecord(element)
  const paper = record === undefined ? undefined : paperOf(record)
  if (paper === undefined || !isPaper(paper)) return []
  return [{ paper, submitted: paper.published?.slice(0, 10) }]
}

/** `cs.CL` is the set `cs:cs:CL`; an archive without subjects, such as `hep-th` or `quant-ph`, is in the group physics. */
export function oaiSet(category: string): string {
  const [archive = '', subject] = category.split('.')
  const groups = ['cs', 'econ', 'eess', 'math', 'q-bio', 'q-fin', 'stat']
  const group = groups.includes(archive) ? archive : 'physics'
  if (subject !== undefined) return `${group}:${archive}:${subject}`
  return group === archive ? group : `${group}:${archive}`
}
