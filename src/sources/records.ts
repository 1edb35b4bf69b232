import { setImmediate as turn } from 'node:timers/promises'
import { type Reason, RejectedRun } from '../corpus/format.ts'
import { type XmlRecord, xmlReaders } from '../corpus/formats/xml-records.ts'
import { type Element, type XmlEvent, XmlRecords } from '../corpus/formats/xml-tree.ts'
import { recordPieces } from '../corpus/jsonl.ts'
import type { Paper } from '../corpus/paper.ts'
import { SourceError } from './port.ts'

/** The paper that a record of a source is, read as a file with it would be; or why it is none. */
export function paperOf(record: unknown): Paper | Reason {
  if (isReason(record)) return record
  const pieces = recordPieces(record, 1, new RejectedRun())
  const paper = pieces.find(piece => 'paper' in piece)
  if (paper !== undefined && 'paper' in paper) return paper.paper
  const reason = pieces.find(piece => 'reason' in piece)
  return reason !== undefined && 'reason' in reason ? reason : { reason: 'holds no paper' }
}

const isReason = (record: unknown): record is Reason =>
  typeof record === 'object' && record !== null && 'reason' in record && !('title' in record)

export const isPaper = (one: Paper | Reason): one is Paper => 'title' in one

export const papersOf = (records: readonly unknown[]): Paper[] => records.map(paperOf).filter(isPaper)

/** What an XML element is as a record, by the readers of files. */
export const xmlRecord = (element: Element): XmlRecord | undefined => xmlReaders[element.name]?.(element, {})

/** Text between two turns of the event loop. */
const slice = 65_536

/**
 * The elements of those names in an XML document, in order.
 * @throws SourceError `unreadable` when it is not well formed, or breaks off
 */
export async function elementsOf(bytes: Buffer, names: readonly string[], what: string): Promise<Element[]> {
  const records = new XmlRecords(new Set(names))
  const text = new TextDecoder().decode(bytes)
  const events: XmlEvent[] = []
  for (let at = 0; at < text.length; at += slice) {
    events.push(...records.push(text.slice(at, at + slice)))
    await turn()
  }
  events.push(...records.end())
  const fault = events.find(event => 'fault' in event)
  if (fault !== undefined) throw new SourceError('unreadable', `${what} is no sound XML (line ${fault.line})`)
  return events.flatMap(event => ('element' in event ? [event.element] : []))
}
