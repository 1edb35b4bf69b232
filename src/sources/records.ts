import { setImmediate as turn } from 'node:timers/promises'
import { type Reason, RejectedRun } from '../corpus/format.ts'
import { decoderFor } from '../corpus/formats/xml.ts'
import type { XmlRecord } from '../corpus/formats/xml-reader.ts'
import { xmlReaders } from '../corpus/formats/xml-records.ts'
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

/** Text between two turns of the event loop: of elements without content there are thousands in it. */
const slice = 16_384
/** Elements of one document: no service sends a tenth of them at once. */
const mostElements = 20_000

/**
 * The elements of those names in an XML document, in order, in the encoding that it declares.
 * @param enough after so many of them the rest is not read
 * @throws SourceError `unreadable` when it is not well formed, breaks off, or has more elements than any service sends
 */
export async function elementsOf(
  bytes: Buffer,
  names: readonly string[],
  what: string,
  enough = Number.POSITIVE_INFINITY,
): Promise<Element[]> {
  const records = new XmlRecords(new Set(names))
  const text = decoderFor(bytes).decode(bytes)
  const elements: Element[] = []
  for (let at = 0; at < text.length; at += slice) {
    taken(records.push(text.slice(at, at + slice)), elements, what)
    if (elements.length >= enough) return elements.slice(0, enough)
    await turn()
  }
  taken(records.end(), elements, what)
  return elements
}

function taken(events: readonly XmlEvent[], elements: Element[], what: string): void {
  for (const event of events) {
    if ('fault' in event) throw new SourceError('unreadable', `${what} is no sound XML (line ${event.line})`)
    if (elements.length >= mostElements)
      throw new SourceError(
        'unreadable',
        `${what} has more than ${mostElements.toLocaleString('en')} entries`,
      )
    elements.push(event.element)
  }
}
