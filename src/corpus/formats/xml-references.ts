import { decodeHTMLStrict } from 'entities/decode'

const longestName = 40
const reference = /&(?:#x(?<hex>[\da-f]{1,8})|#(?<decimal>\d{1,8})|(?<name>[a-z][a-z\d]{0,39}));/iy
const opening = /&|<!--|<!\[CDATA\[/g
/** What the next chunk may make a reference, or the mark where a section begins or ends. */
const unfinished = /(?:&(?:#?[a-z\d]{0,40})?|<(?:!(?:-|\[(?:C(?:D(?:A(?:TA?)?)?)?)?)?)?|\]{1,2}|-{1,2})$/i
const longestUnfinished = 48
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** What a name between `&` and `;` stands for in HTML: one or two characters, so that none can expand. */
export function namedCharacter(name: string): string | undefined {
  const text = decodeHTMLStrict(`&${name.slice(0, longestName)};`)
  return text.startsWith('&') && text.endsWith(';') ? undefined : text
}

/**
 * Mends XML that arrives in chunks where programs wrote text as it is: an `&` that begins no known reference becomes
 * `&amp;`, and a character that XML does not have a space. Comments and CDATA sections keep their text.
 */
export class KnownReferences {
  #kept = ''
  /** What ends the section that the text is in. */
  #until: string | undefined

  push(chunk: string): string {
    const text = this.#kept + chunk
    const from = Math.max(0, text.length - longestUnfinished)
    const at = text.slice(from).search(unfinished)
    return this.#take(text, at < 0 ? text.length : from + at)
  }

  end(): string {
    return this.#take(this.#kept, this.#kept.length)
  }

  #take(text: string, end: number): string {
    this.#kept = text.slice(end)
    const finished = text.slice(0, end)
    let mended = ''
    for (let at = 0; at < finished.length; ) {
      const next = this.#until === undefined ? outside(finished, at) : inside(finished, at, this.#until)
      mended += next.text
      this.#until = next.until
      at = next.at
    }
    return mended.replace(notInXml, ' ')
  }
}

interface Step {
  readonly text: string
  readonly at: number
  readonly until: string | undefined
}

function inside(text: string, from: number, until: string): Step {
  const found = text.indexOf(until, from)
  const at = found < 0 ? text.length : found + until.length
  return { text: text.slice(from, at), at, until: found < 0 ? until : undefined }
}

function outside(text: string, from: number): Step {
  opening.lastIndex = from
  const found = opening.exec(text)
  if (found === null) return { text: text.slice(from), at: text.length, until: undefined }
  const [mark] = found
  const at = found.index + mark.length
  if (mark !== '&') return { text: text.slice(from, at), at, until: mark === '<!--' ? '-->' : ']]>' }
  const written = isReference(text, found.index) ? '&' : '&amp;'
  return { text: text.slice(from, found.index) + written, at, until: undefined }
}

function isReference(text: string, at: number): boolean {
  reference.lastIndex = at
  const { hex, decimal, name } = reference.exec(text)?.groups ?? {}
  if (name !== undefined) return namedCharacter(name) !== undefined
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  const isLone = code >= 0xd800 && code <= 0xdfff
  return code >= 0 && code <= 0x10ffff && !isLone && String.fromCodePoint(code).search(notInXml) < 0
}
