import { excerpt, type Format, type Piece, RejectedRun } from '../format.ts'
import { arxivIdOf, doiOf } from '../identifiers.ts'
import { recordPieces } from '../jsonl.ts'
import { asUtf8, type Line, linesOf } from '../lines.ts'
import { pageLine } from '../page-lines.ts'
import { unmarked } from '../page-markup.ts'
import { foldSpace } from '../text.ts'
import { rowRecord } from './cells.ts'
import { named } from './columns.ts'
import { legible } from './legible.ts'

/** Maximum bytes per line: the longest known abstracts have 23,000. */
const longestLine = 256 * 1024

/** Characters of a field from which on no more is kept: a paper with such a field is reported. */
const longestField = 1024 * 1024

/** `Title: ...`, `**Abstract:** ...`, `- *Authors*: ...`, `abstract: "..."`. */
const label =
  /^(?:> ?)?(?:[-*+•] |\d{1,3}[.)] )?(?:#{1,6} )?(\*\*|__|\*|_)?(\p{L}[\p{L} -]{0,29}?)(?:\1 ?[:：]{1,2}|[:：]{1,2}\1) ?(.*)$/u
/** `## Abstract`: the value is what follows. */
const headed = /^(?:#{1,6} |(?=\*\*))(\*\*|)(\p{L}[\p{L} -]{0,29})\1$/u
/** The line above the title in arXiv's lists and letters: `[3] arXiv:2401.00011 [pdf, html, other]`. */
const listed = /^(?:\[\d{1,4}\] )?arXiv:(\d{4}\.\d{4,5}|[a-z.-]{1,20}\/\d{7})(?:v\d{1,2})?(?: [([].{0,99})?$/i
/** What ends an abstract in arXiv's letters, with the paper's address. */
const slashes = /^\\\\(?: \( (https?:\/\/\S{1,99}) ,.{0,30}\))?$/
const rule = /^(?:-{3,}|={3,}|\*{3,}|_{3,})$/
const yamlItem = /^- (?:name: )?/

/** Stands for a field that is not read. */
const skipped = ''

interface Labelled {
  readonly field: string
  readonly value: string
}

function labelled(text: string): Labelled | undefined {
  const head = headed.exec(text)
  const [name, value] = head === null ? (label.exec(text)?.slice(2) ?? []) : [head[2], '']
  const field = name === undefined ? undefined : named(name)
  return field === undefined || field === 'id' ? undefined : { field, value: value ?? '' }
}

/** A line that looks like a label of a field that is not read: `Comments: 12 pages`. */
const isOther = (text: string): boolean => label.test(text) && text.length < 200

/**
 * Papers as labelled lines, in plain text or Markdown: lists that people write, arXiv's listings and letters, notes with
 * front matter. Labels are those of `columns.ts`; a heading is a title where none is labelled.
 *
 * @example
 * ### 1. Key-Value Transformer
 * **Authors:** Ali Borji
 * **Abstract:** We ...
 */
export const labelledText: Format = {
  name: 'labelled text or Markdown',
  accepts: (_, head) => isLabelled(head),
  read,
}

function isLabelled(head: string): boolean {
  const lines = head.split(/\r\n|\r|\n/).map(foldSpace)
  const fields = lines.map(line => labelled(line)?.field)
  const count = (field: string) => fields.filter(one => one === field).length
  const headings = lines.filter((line, at) => line.startsWith('#') && fields[at] === undefined).length
  const isListing = lines.some(line => listed.test(line))
  if (count('title') > 0) return isListing || count('abstract') + count('authors') > 0
  // A page may hold an abstract that begins with this word; in a list it stands under most headings.
  return headings > 0 && count('authors') > 0 && count('abstract') * 2 > headings - 2 && count('abstract') > 0
}

async function* read(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Piece> {
  const reader = new LabelledReader()
  for await (const batch of linesOf(legible(asUtf8(chunks)), longestLine))
    for (const line of batch) yield* reader.add(line)
  yield* reader.end()
}

class LabelledReader {
  readonly #run = new RejectedRun()
  #fields = new Map<string, string>()
  #from = 0
  /** The field that the next lines continue. */
  #open: string | undefined
  /** The abstract came without a label. */
  #guessed = false
  #afterBlank = false

  add({ number, text: raw, fault }: Line): Piece[] {
    const text = foldSpace(raw)
    if (fault !== undefined) return this.#run.add(number, `the line ${fault}`)
    if (text === '') {
      this.#blank()
      return []
    }
    const pieces = this.#line(number, raw, text)
    this.#afterBlank = slashes.test(text)
    return pieces
  }

  end(): Piece[] {
    return [...this.#flush(), ...this.#run.end()]
  }

  #blank(): void {
    this.#afterBlank = true
    if (this.#open !== 'abstract' && this.#value(this.#open) !== '') this.#open = undefined
  }

  #line(number: number, raw: string, text: string): Piece[] {
    const [, address] = slashes.exec(text) ?? []
    if (address !== undefined && !this.#fields.has('url')) this.#fields.set('url', address)
    if (rule.test(text) || slashes.test(text)) {
      this.#open = undefined
      return []
    }
    const [, arxiv] = listed.exec(text) ?? []
    if (arxiv !== undefined) return this.#begin(number, 'arxiv', arxiv)
    const found = labelled(text)
    if (found !== undefined) return this.#label(number, found)
    const { text: plain, url, isHeading } = unmarked(raw)
    if (isHeading === true) {
      const pieces = this.#begin(number, 'title', plain.replace(/^\d{1,3}[.)] (?=\S)/, ''))
      if (url !== undefined) this.#fields.set('url', url)
      return pieces
    }
    return this.#other(number, raw, text)
  }

  #label(number: number, { field, value }: Labelled): Piece[] {
    if (field === 'title' && this.#fields.has('title')) return this.#begin(number, field, value)
    if (this.#fields.size === 0) this.#from = number
    if (field === 'abstract' && this.#guessed) this.#fields.delete(field)
    // The first of two with one meaning: "Journal" and "Source".
    this.#open = this.#fields.has(field) ? undefined : field
    if (this.#open !== undefined) this.#fields.set(field, plainValue(value))
    return []
  }

  #begin(number: number, field: string, value: string): Piece[] {
    const pieces = this.#flush()
    this.#from = number
    this.#fields.set(field, plainValue(value))
    this.#open = field === 'title' ? field : undefined
    return pieces
  }

  /** A line without a label: it continues the field above, or is an abstract below a title. */
  #other(number: number, raw: string, text: string): Piece[] {
    const open = this.#open
    if (open !== undefined && open !== skipped && this.#continues(open, raw, text)) {
      const isItem = open !== 'abstract' && yamlItem.test(text)
      return this.#append(open, isItem ? text.replace(yamlItem, '') : text, isItem ? '; ' : ' ')
    }
    if (open !== 'abstract' && (isOther(text) || (open === skipped && /^\s/.test(raw)))) {
      this.#open = skipped
      return []
    }
    if (open === 'title' && this.#lacksNames()) return this.#label(number, { field: 'authors', value: text })
    this.#open = undefined
    if (!this.#startsAbstract(text)) return this.#run.add(number, 'the line belongs to no paper')
    this.#guessed = true
    this.#open = 'abstract'
    return this.#append('abstract', text)
  }

  #continues(open: string, raw: string, text: string): boolean {
    if (this.#value(open) === '') return true
    return open === 'abstract' ? !this.#afterBlank || isProse(text) : /^\s/.test(raw)
  }

  /** In arXiv's listings the names below a title have no label. */
  #lacksNames = (): boolean => this.#fields.has('arxiv') && !this.#fields.has('authors')

  #startsAbstract(text: string): boolean {
    if (!this.#fields.has('title') || this.#fields.has('abstract')) return false
    return isProse(text) || (this.#afterBlank && this.#fields.has('arxiv') && text.includes(' '))
  }

  #append(field: string, text: string, between = ' '): Piece[] {
    const before = this.#value(field)
    if (before.length > longestField) return []
    this.#fields.set(field, before === '' ? plainValue(text) : `${before}${between}${text}`)
    return []
  }

  #value = (field: string | undefined): string => (field === undefined ? '' : (this.#fields.get(field) ?? ''))

  #flush(): Piece[] {
    const fields = this.#fields
    this.#fields = new Map()
    this.#open = undefined
    this.#guessed = false
    if (fields.size === 0) return []
    const title = fields.get('title') ?? ''
    const url = fields.get('url') ?? ''
    const isPaper = fields.size > 2 || fields.has('abstract') || Boolean(arxivIdOf(url) ?? doiOf(url))
    if (title !== '' && !isPaper)
      return this.#run.add(this.#from, `a title without an abstract: ${excerpt(title)}`)
    return recordPieces(rowRecord([...fields.values()], [...fields.keys()]), this.#from, this.#run)
  }
}

const isProse = (text: string): boolean =>
  ['abstract', 'sentence'].includes(pageLine({ number: 1, text }).kind)

/** Without the quotation marks and brackets of YAML, Markdown's marks and the size that arXiv writes behind a date. */
function plainValue(value: string): string {
  const text = value
    .trim()
    .replace(/^(["'])(.{0,20000})\1$/, '$2')
    .replace(/^<(https?:[^<>]{1,2000})>$/, '$1')
    .replace(/^\[([^[\]]{0,20000})\]$/, '$1')
    .replace(/ {1,9}\(\d{1,6}kb(?:,.{0,9})?\)$/i, '')
  return unmarked(text).text
}
