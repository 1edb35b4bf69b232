import JSONParser from '@streamparser/json/jsonparser.js'
import { messageOf } from '../../errors.ts'
import { excerpt, type Format, type Piece, RejectedRun } from '../format.ts'
import { recordPieces } from '../jsonl.ts'
import { asUtf8 } from '../lines.ts'
import { JsonNumbers } from './json-numbers.ts'
import { recordsInside } from './json-records.ts'

/** Maximum bytes per record: OpenAlex's longest, with thousands of authors, have some hundred thousand. */
const longestRecord = 4 * 1024 * 1024

/** Most bytes of a document whose shape is known at its end only. */
const longestWhole = 16 * 1024 * 1024

/**
 * The keys under which API responses keep their records: OpenAlex, Semantic Scholar, OpenReview, bioRxiv, Zotero,
 * Europe PMC, Crossref, DataCite, Solr (ADS, HAL, PLOS), Elasticsearch (INSPIRE), DBLP.
 */
const lists = [
  'results',
  'data',
  'notes',
  'collection',
  'items',
  'papers',
  'works',
  'records',
  'references',
  'recommendedPapers',
  'resultList.result',
  'message.items',
  'response.docs',
  'hits.hits',
  'result.hits.hit',
]
const listBegins = new RegExp(
  String.raw`"(?:${lists.map(path => path.split('.').at(-1)).join('|')})"\s{0,99}:\s{0,99}\[`,
)

/**
 * One JSON document: an array of records (CSL-JSON, Hugging Face's daily papers), an API response that contains such
 * an array, or a single record. It is read as a stream: memory does not grow with the document.
 */
export const json: Format = {
  name: 'JSON',
  accepts: (fileName, head) =>
    isDocument(head) &&
    (!/\.(?:jsonl|ndjson)$/.test(fileName) || /^\ufeff?\s{0,999}[{[]\s{0,99}[\r\n]/.test(head)),
  read,
}

/** An array, or an object that does not end on its first line, as a JSON Lines record would. */
function isDocument(head: string): boolean {
  const text = head.replace(/^\ufeff/, '').trimStart()
  if (/^\[\s{0,9999}(?:[{\]]|$)/.test(text)) return true
  if (!/^\{\s{0,9999}(?:"|\}|$)/.test(text)) return false
  const [line = '', next] = text.split(/\r?\n|\r/, 2)
  const title = text.indexOf('"title"')
  const list = text.search(listBegins)
  if (list >= 0 && (title < 0 || list < title)) return true
  return next !== undefined && !isJson(line)
}

function isJson(line: string): boolean {
  try {
    // Lines with a comma behind each are an array's without its brackets.
    JSON.parse(line.replace(/,\s{0,99}$/, ''))
    return true
  } catch {
    return false
  }
}

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const document = new Document()
  const numbers = new JsonNumbers()
  for await (const chunk of asUtf8(chunks)) {
    yield* document.push(numbers.push(chunk))
    if (document.broken) break
  }
  if (!document.broken) yield* document.push(numbers.end())
  yield* document.end()
}

class Document {
  broken = false
  readonly #run = new RejectedRun()
  #parser: JSONParser | undefined
  #pieces: Piece[] = []
  #line = 1
  /** Where the current record begins, and its bytes so far. */
  #begins = 1
  #size = 0
  #found = 0
  #isArray = false
  /** The whole text of a small document: a single record is only recognised at its end. */
  #whole: Uint8Array[] | undefined = []
  #wholeSize = 0

  push(chunk: Uint8Array): Piece[] {
    this.#keep(chunk)
    try {
      for (let at = 0; at < chunk.length && !this.broken; ) {
        const feed = chunk.indexOf(10, at)
        const end = feed < 0 ? chunk.length : feed + 1
        this.#write(chunk.subarray(at, end))
        if (feed >= 0) this.#line++
        at = end
      }
    } catch (error) {
      this.#break(`is not JSON from here on: ${excerpt(messageOf(error))}`)
    }
    return this.#taken()
  }

  end(): Piece[] {
    if (!this.broken && !this.#isComplete()) this.#break('is not JSON: the document ends too early')
    else if (!this.broken && this.#found === 0) this.#alone()
    return [...this.#taken(), ...this.#run.end()]
  }

  #isComplete(): boolean {
    try {
      if (this.#parser?.isEnded === false) this.#parser.end()
      return true
    } catch {
      return false
    }
  }

  #write(bytes: Uint8Array): void {
    if (this.#parser === undefined) {
      const first = bytes.find(byte => byte > 32)
      if (first === undefined) return
      this.#isArray = first === 91
      this.#parser = this.#parserFor(this.#isArray)
    }
    this.#size += bytes.length
    if (this.#size > this.#longest()) {
      this.#break(
        this.#found > 0 || this.#isArray
          ? 'the rest is left out: a record is longer than 4 MiB'
          : 'holds no list of papers in its first 16 MiB',
      )
      return
    }
    this.#parser.write(bytes)
  }

  #longest(): number {
    return this.#found > 0 || this.#isArray ? longestRecord : longestWhole
  }

  #parserFor(isArray: boolean): JSONParser {
    const paths = isArray ? ['$.*'] : lists.map(path => `$.${path}.*`)
    // Documents may follow each other: `jq` writes records so, each over several lines.
    const parser = new JSONParser({ paths, keepStack: false, separator: '' })
    parser.onValue = ({ value, key }) => {
      // An object under a list's key keeps its list deeper down.
      if (typeof key !== 'number') return
      this.#found++
      this.#pieces.push(...recordPieces(value, this.#begins, this.#run))
      this.#begins = this.#line
      this.#size = 0
    }
    return parser
  }

  /** Documents that are one record each, or keep their records where no known service does. */
  #alone(): void {
    const bytes = this.#whole === undefined ? undefined : Buffer.concat(this.#whole)
    if (bytes === undefined) {
      this.#pieces.push({ line: 1, reason: 'holds no list of papers' })
      return
    }
    const text = bytes.toString('utf8').trim()
    if (text === '' || text.startsWith('[')) return
    const parser = new JSONParser({ paths: ['$'], separator: '' })
    parser.onValue = ({ value }) => {
      for (const record of recordsInside(value) ?? [value])
        this.#pieces.push(...recordPieces(record, this.#begins, this.#run))
    }
    try {
      // The line of a document among several is that of its first byte.
      for (const [at, line] of text.split('\n').entries()) {
        if (/^[{[]/.test(line)) this.#begins = at + 1
        parser.write(`${line}\n`)
      }
    } catch {
      this.#break('is not JSON')
    }
  }

  #keep(chunk: Uint8Array): void {
    this.#wholeSize += chunk.length
    if (this.#found > 0 || this.#wholeSize > longestWhole) this.#whole = undefined
    else this.#whole?.push(chunk)
  }

  #break(reason: string): void {
    this.broken = true
    this.#pieces.push(...this.#run.end(), { line: this.#line, reason })
  }

  #taken(): Piece[] {
    const pieces = this.#pieces
    this.#pieces = []
    return pieces
  }
}
