import { excerpt, type Format, type Piece, RejectedRun } from '../format.ts'
import { recordPieces } from '../jsonl.ts'
import { asUtf8 } from '../lines.ts'
import { foldSpace } from '../text.ts'
import { isWindows } from './legible.ts'
import { dblpReaders } from './xml-libraries.ts'
import type { Surroundings, XmlRecord } from './xml-reader.ts'
import { xmlReaders } from './xml-records.ts'
import { type Element, type XmlEvent, XmlRecords } from './xml-tree.ts'
import { isZoteroRdf, ZoteroRdf } from './zotero-rdf.ts'

/**
 * Papers in XML: Atom (arXiv's API), OAI-PMH (arXiv, arXivRaw, Dublin Core), RSS and RDF, PubMed, JATS, MODS, the ACL
 * Anthology, EndNote, DBLP, Zotero RDF.
 * The record elements tell which of them it is.
 */
export const xml: Format = {
  name: 'XML (Atom, OAI-PMH, RSS, PubMed, JATS, ACL Anthology)',
  accepts: (fileName, head) =>
    /\.(?:xml|atom|rss|rdf)$/.test(fileName) ||
    /^\ufeff?\s{0,999}<(?:\?xml\b|feed\b|rss\b|rdf:RDF\b|OAI-PMH\b|PubmedArticleSet\b|article\b|pmc-articleset\b|collection\b|dblp\w{0,9}\b|mods(?:Collection)?\b|xml>)/.test(
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
  let dialect: Dialect | undefined
  let records: XmlRecords | undefined
  let decoder: TextDecoder | undefined
  let last = 1
  for await (const chunk of asUtf8(chunks)) {
    decoder ??= decoderFor(chunk)
    // saxes requires the declaration to be at the very start of the document.
    const text = decoder.decode(chunk, { stream: true })
    dialect ??= dialectOf(text)
    records ??= new XmlRecords(dialect.names)
    for (const event of records.push(text)) {
      last = event.line
      yield* eventPieces(event, dialect, run)
    }
    if (records.broken) break
  }
  for (const event of records?.end() ?? []) if (dialect !== undefined) yield* eventPieces(event, dialect, run)
  for (const record of dialect?.end() ?? []) yield* recordPieces(record, last, run)
  yield* run.end()
}

/** What turns a document's elements into records. */
interface Dialect {
  /** Of the elements to be given to it. */
  readonly names: ReadonlySet<string>
  read(element: Element): readonly XmlRecord[]
  /** What waited for elements that never came. */
  end(): readonly XmlRecord[]
}

function dialectOf(head: string): Dialect {
  if (isZoteroRdf(head)) return new ZoteroRdf()
  const surroundings: Surroundings = {}
  // DBLP's records have the names of elements that are none elsewhere.
  const readers = /<(?:dblp|dblpperson)[\s>]/.test(head.slice(0, 4096)) ? dblpReaders : xmlReaders
  return {
    names: new Set(Object.keys(readers)),
    read: element => [readers[element.name]?.(element, surroundings) ?? []].flat(),
    end: () => [],
  }
}

function eventPieces(event: XmlEvent, dialect: Dialect, run: RejectedRun): Piece[] {
  const { line } = event
  if ('fault' in event) return run.add(line, `the XML breaks off here: ${excerpt(event.fault)}`)
  return dialect
    .read(event.element)
    .flatMap(record =>
      'reason' in record
        ? run.add(line, foldSpace(String(record.reason)).slice(0, 180), 'untitled')
        : recordPieces(record, line, run),
    )
}
