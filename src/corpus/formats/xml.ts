import { excerpt, type Format, type Piece, RejectedRun } from '../format.ts'
import { recordPieces } from '../jsonl.ts'
import { asUtf8 } from '../lines.ts'
import { foldSpace } from '../text.ts'
import { isWindows } from './legible.ts'
import { dblpReaders } from './xml-libraries.ts'
import type { Surroundings } from './xml-reader.ts'
import { xmlReaders } from './xml-records.ts'
import { type XmlEvent, XmlRecords } from './xml-tree.ts'

/**
 * Papers in XML: Atom (arXiv's API), OAI-PMH (arXiv, arXivRaw, Dublin Core), RSS and RDF, PubMed, JATS, the ACL
 * Anthology, EndNote, DBLP.
 * The record elements tell which of them it is.
 */
export const xml: Format = {
  name: 'XML (Atom, OAI-PMH, RSS, PubMed, JATS, ACL Anthology)',
  accepts: (fileName, head) =>
    /\.(?:xml|atom|rss|rdf)$/.test(fileName) ||
    /^\ufeff?\s{0,999}<(?:\?xml\b|feed\b|rss\b|rdf:RDF\b|OAI-PMH\b|PubmedArticleSet\b|article\b|pmc-articleset\b|collection\b|dblp\w{0,9}\b|xml>)/.test(
      head,
    ),
  read,
}

/**
 * UTF-8, or the declared encoding: files of old libraries are in Latin-1, some without saying so.
 * @param head begins the document
 */
export function decoderFor(head: Uint8Array): TextDecoder {
  const declared = /^<\?xml[^>]{0,200}encoding=["']([\w.-]{1,40})["']/.exec(
    Buffer.from(head.subarray(0, 300)).toString('latin1').trimStart(),
  )?.[1]
  // Up to the last tag: the last character may be cut.
  const whole = head.subarray(0, head.lastIndexOf(tagEnd) + 1)
  if (/^utf-?8$/i.test(declared ?? 'utf-8') && isWindows(whole)) return new TextDecoder('windows-1252')
  try {
    return new TextDecoder(/^utf-?16/i.test(declared ?? '') ? 'utf-8' : (declared ?? 'utf-8'))
  } catch {
    return new TextDecoder('utf-8')
  }
}

const tagEnd = 62

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const run = new RejectedRun()
  const surroundings: Surroundings = {}
  let readers: Readers = xmlReaders
  let records: XmlRecords | undefined
  let decoder: TextDecoder | undefined
  for await (const chunk of asUtf8(chunks)) {
    decoder ??= decoderFor(chunk)
    // saxes requires the declaration to be at the very start of the document.
    const text = decoder.decode(chunk, { stream: true })
    if (records === undefined) {
      readers = readersFor(text)
      records = new XmlRecords(new Set(Object.keys(readers)))
    }
    for (const event of records.push(text)) yield* eventPieces(event, readers, surroundings, run)
    if (records.broken) break
  }
  for (const event of records?.end() ?? []) yield* eventPieces(event, readers, surroundings, run)
  yield* run.end()
}

type Readers = typeof xmlReaders

/** DBLP's records have the names of elements that are none elsewhere. */
const readersFor = (head: string): Readers =>
  /<(?:dblp|dblpperson)[\s>]/.test(head.slice(0, 4096)) ? dblpReaders : xmlReaders

function eventPieces(
  event: XmlEvent,
  readers: Readers,
  surroundings: Surroundings,
  run: RejectedRun,
): Piece[] {
  const { line } = event
  if ('fault' in event) return run.add(line, `the XML breaks off here: ${excerpt(event.fault)}`)
  const record = readers[event.element.name]?.(event.element, surroundings)
  if (record === undefined) return []
  if ('reason' in record) return run.add(line, foldSpace(String(record.reason)).slice(0, 180), 'untitled')
  return recordPieces(record, line, run)
}
