import { type Format, type Piece, RejectedRun } from '../format.ts'
import { recordPieces } from '../jsonl.ts'
import { type Entry, entriesOf } from './entries.ts'

/** One of the formats with a tag at the beginning of a line. */
interface Dialect {
  /** What a file of it begins with. */
  readonly file: RegExp
  /** The line that begins a record. */
  readonly begins: RegExp
  /** A tag and its value. Other lines go on with the value above. */
  readonly line: RegExp
  /** The tags of each field, the best first. */
  readonly tags: Readonly<Record<string, readonly string[]>>
}

/** EndNote's export format, which Google Scholar gives too. Source: EndNote's user guide, import formats. */
const endnote: Dialect = {
  file: /^\ufeff?\s{0,99}%[0TA] \S/,
  begins: /^\ufeff?%0 /,
  line: /^\ufeff?%(.) ?(.*)$/,
  tags: {
    title: ['T'],
    authors: ['A'],
    abstract: ['X'],
    venue: ['J', 'B', 'S'],
    year: ['D'],
    day: ['8'],
    doi: ['R'],
    url: ['U'],
    note: ['Z'],
    volume: ['V'],
    keywords: ['K'],
  },
}

/** Web of Science's plain text. Source: Clarivate, Web of Science core collection field tags. */
const webOfScience: Dialect = {
  file: /^\ufeff?\s{0,99}(?:FN .{0,200}(?:\r\n|\r|\n)VR |PT [JBSPC](?:\r\n|\r|\n)(?:AU|TI|BA|CA) )/,
  begins: /^\ufeff?PT /,
  line: /^([A-Z][A-Z0-9])(?: (.*))?$/,
  tags: {
    title: ['TI'],
    authors: ['AF', 'AU'],
    groups: ['CA'],
    abstract: ['AB'],
    venue: ['SO'],
    year: ['PY'],
    day: ['PD'],
    doi: ['DI'],
    volume: ['VL'],
    keywords: ['DE'],
    pmid: ['PM'],
  },
}

/** RefWorks' tagged format. Source: RefWorks, tagged format for importing. */
const refworks: Dialect = {
  file: /^\ufeff?\s{0,99}RT [A-Z][A-Za-z, ]{2,60}(?:\r\n|\r|\n)[A-Z][A-Z0-9] /,
  begins: /^\ufeff?RT /,
  line: /^([A-Z][A-Z0-9]) (.*)$/,
  tags: {
    title: ['T1'],
    authors: ['A1'],
    abstract: ['AB'],
    venue: ['JF', 'T2', 'JO'],
    year: ['YR'],
    date: ['FD'],
    doi: ['DO'],
    url: ['LK', 'UL'],
    note: ['NO'],
    volume: ['VO'],
    keywords: ['K1'],
  },
}

const dialects = [endnote, webOfScience, refworks]

/** Tagged text of EndNote, Web of Science and RefWorks. */
export const tagged: Format = {
  name: 'EndNote, Web of Science or RefWorks text',
  accepts: (_, head) => dialectOf(head) !== undefined,
  read,
}

const dialectOf = (head: string): Dialect | undefined => dialects.find(({ file }) => file.test(head))

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const run = new RejectedRun()
  // Only the first record's beginning tells which it is: no line of one begins a record of another.
  for await (const entry of entriesOf(chunks, line => dialects.some(({ begins }) => begins.test(line)))) {
    const dialect = dialects.find(({ begins }) => begins.test(entry.text))
    if (entry.fault !== undefined) yield* run.add(entry.line, entry.fault)
    else if (dialect !== undefined) yield* recordPieces(recordOf(entry, dialect), entry.line, run)
  }
  yield* run.end()
}

/** The lines of each tag, in the order of the text. */
function linesOf(text: string, pattern: RegExp): Map<string, string[]> {
  const values = new Map<string, string[]>()
  let last: string[] = []
  for (const line of text.split('\n')) {
    const [, tag, value = ''] = pattern.exec(line) ?? []
    if (tag === undefined) last.push(line.trim())
    else {
      last = values.get(tag) ?? []
      last.push(value.trim())
      values.set(tag, last)
    }
  }
  return values
}

function recordOf({ text }: Entry, { line, tags }: Dialect): Readonly<Record<string, unknown>> {
  const values = linesOf(text, line)
  const list = (field: string): string[] =>
    (tags[field] ?? []).map(tag => values.get(tag)).find(found => found?.some(Boolean)) ?? []
  const whole = (field: string): string | undefined => list(field).filter(Boolean).join(' ') || undefined
  const [year, day] = [whole('year'), whole('day')]
  const exact = day === undefined ? undefined : /\d{4}/.test(day) ? day : `${day} ${year ?? ''}`
  return {
    title: whole('title'),
    // A text of family name and given name each: semicolons keep them apart.
    authors: [...list('authors'), ...list('groups')].map(name => name.replace(/[;,]$/, '')).join('; '),
    abstract: whole('abstract'),
    venue: whole('venue'),
    published: whole('date') ?? exact,
    year,
    doi: list('doi')[0],
    url: list('url')[0],
    note: whole('note'),
    volume: whole('volume'),
    keywords: list('keywords').join('; '),
    pmid: whole('pmid'),
  }
}
