import { type Format, type Piece, RejectedRun } from '../format.ts'
import { recordPieces } from '../jsonl.ts'
import { type Entry, entriesOf } from './entries.ts'

const begins = /^\ufeff?PMID- ?\d/

/**
 * PubMed's own text form (`.nbib`), as its button "Cite" saves it. Source: the NLM's MEDLINE/PubMed data element
 * descriptions.
 */
export const medline: Format = {
  name: 'PubMed text',
  accepts: (fileName, head) => /\.nbib$/.test(fileName) || /^\ufeff?\s{0,999}PMID- ?\d/.test(head),
  read,
}

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const run = new RejectedRun()
  for await (const entry of entriesOf(chunks, line => begins.test(line))) {
    if (entry.fault === undefined) yield* recordPieces(recordOf(entry), entry.line, run)
    else yield* run.add(entry.line, entry.fault)
  }
  yield* run.end()
}

/** The values of each tag, in the order of the text; lines that begin with blanks go on with the value above. */
function valuesOf(text: string): Map<string, string[]> {
  const values = new Map<string, string[]>()
  let last: string[] = []
  for (const line of text.split('\n')) {
    const [, tag, value = ''] = /^\ufeff?([A-Z]{2,4}) {0,2}- ?(.*)$/.exec(line) ?? []
    if (tag !== undefined) {
      last = values.get(tag) ?? []
      last.push(value)
      values.set(tag, last)
    } else if (last.length > 0) last.push(`${last.pop()} ${line.trim()}`)
  }
  return values
}

function recordOf({ text }: Entry): Readonly<Record<string, unknown>> {
  const values = valuesOf(text)
  const first = (tag: string) => values.get(tag)?.[0]
  const identifiers = [...(values.get('LID') ?? []), ...(values.get('AID') ?? [])]
  const doi = identifiers.find(one => one.trimEnd().endsWith('[doi]'))
  const pmid = first('PMID')?.trim() ?? ''
  const people = values.get('FAU') ?? values.get('AU') ?? []
  return {
    id: `pmid:${pmid}`,
    url: `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`,
    title: first('TI')?.replace(/^\[(.*)\]\.?$/, '$1') ?? first('BTI'),
    abstract: first('AB'),
    // A text of family name and given name each: semicolons keep them apart.
    authors: [...people, ...(values.get('CN') ?? [])].join('; '),
    published: dateIn(first('DP') ?? ''),
    doi: doi?.replace(/\s{0,9}\[doi\]\s{0,9}$/, ''),
    venue: first('JT') ?? first('TA'),
    categories: values.get('OT') ?? [],
  }
}

/** `2019 Aug 26`; of `2019 Sep-Oct` and `2019 Winter` the year. */
const dateIn = (written: string): string | undefined =>
  /^\d{4}(?: [A-Z][a-z]{2}(?: \d{1,2})?)?$/.test(written.trim())
    ? written.trim()
    : /^\d{4}/.exec(written.trim())?.[0]
