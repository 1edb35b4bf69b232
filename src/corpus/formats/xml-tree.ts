import { SaxesParser } from 'saxes'
import { headed } from '../markup.ts'
import { KnownReferences, namedCharacter } from './xml-references.ts'

/** An element of a record: its local name, its attributes, and its content in order. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (Element | string)[]
}

/** Limits of one record: the longest abstracts and author lists are far below. */
const most = { depth: 60, characters: 4 * 1024 * 1024, elements: 200_000 }

/** A record, or why the document breaks off, with the line where it begins. */
export type XmlEvent = { readonly line: number } & (
  | { readonly element: Element }
  | { readonly fault: string }
)

interface Open {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: (Element | string)[]
}

/** HTML's names for characters, which feeds and DBLP's files use. */
const named: Record<string, string> = new Proxy(
  { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" },
  { get: (known: Record<string, string>, name) => known[String(name)] ?? namedCharacter(String(name)) },
)

const attributesOf = (attributes: object): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [localName(name), String(value)]))

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * Finds elements by name in XML that arrives in chunks, and yields each as a tree as soon as it ends. Entities
 * that the document defines are text as they stand, so none can expand; nothing is fetched.
 * @param wanted local names of the elements to yield
 */
export class XmlRecords {
  readonly #parser = new SaxesParser({ position: true })
  readonly #references = new KnownReferences()
  readonly #events: XmlEvent[] = []
  readonly #open: Open[] = []
  #outside = 0
  #line = 1
  #characters = 0
  #elements = 0
  /** Characters since something was read to its end. */
  #pending = 0
  broken = false

  constructor(wanted: ReadonlySet<string>) {
    const parser = this.#parser
    parser.ENTITIES = named
    parser.on('error', error => this.#break(error.message.replace(/^\d+:\d+: /, '')))
    parser.on('opentag', tag => this.#begin(localName(tag.name), attributesOf(tag.attributes), wanted))
    parser.on('closetag', () => this.#end())
    parser.on('text', text => this.#text(text))
    parser.on('cdata', text => this.#text(text))
  }

  /** @returns the elements that ended in this chunk */
  push(text: string): XmlEvent[] {
    // The parser keeps a text or a tag until its end: one without end would fill the memory.
    this.#pending += text.length
    if (this.#pending > most.characters + text.length) this.#break('a text or a tag is too long')
    if (!this.broken) this.#parser.write(this.#references.push(text))
    return this.#events.splice(0)
  }

  end(): XmlEvent[] {
    if (!this.broken) this.#parser.write(this.#references.end()).close()
    return this.#events.splice(0)
  }

  #begin(name: string, attributes: Record<string, string>, wanted: ReadonlySet<string>): void {
    this.#pending = 0
    if (this.broken) return
    if (this.#open.length === 0) {
      if (!wanted.has(name)) {
        if (++this.#outside > most.depth) this.#break('elements are nested too deep')
        return
      }
      this.#line = this.#parser.line
      this.#characters = 0
      this.#elements = 0
    }
    if (this.#open.length >= most.depth) this.#break('elements are nested too deep')
    else if (++this.#elements > most.elements) this.#break('a record has too many elements')
    else this.#open.push({ name, attributes, children: [] })
  }

  #end(): void {
    this.#pending = 0
    const element = this.#open.pop()
    if (element === undefined) {
      this.#outside--
      return
    }
    const parent = this.#open.at(-1)
    if (parent !== undefined) parent.children.push(element)
    else this.#events.push({ line: this.#line, element })
  }

  #text(text: string): void {
    this.#pending = 0
    const element = this.#open.at(-1)
    if (element === undefined || this.broken) return
    this.#characters += text.length
    if (this.#characters > most.characters) this.#break('a record is too long')
    else element.children.push(text)
  }

  #break(fault: string): void {
    if (this.broken) return
    this.broken = true
    this.#events.push({ line: Math.max(1, this.#parser.line), fault })
    this.#open.length = 0
  }
}

const isElement = (child: Element | string): child is Element => typeof child !== 'string'

/** The descendants at a path of element names. */
export function all(element: Element, ...path: string[]): Element[] {
  return path.reduce<Element[]>(
    (found, name) =>
      found.flatMap(({ children }) => children.filter(isElement).filter(child => child.name === name)),
    [element],
  )
}

/** The text of the first element at a path; undefined if there is none or it is empty. */
export function textAt(element: Element, ...path: string[]): string | undefined {
  const [found] = all(element, ...path)
  return found === undefined ? undefined : markupOf(found) || undefined
}

/** The texts of all elements at a path that have one. */
export const markupsAt = (element: Element, ...path: string[]): string[] =>
  all(element, ...path)
    .map(markupOf)
    .filter(text => text !== '')

/** Text elements that carry meaning. */
const inline = new Set(['i', 'b', 'em', 'strong', 'sub', 'sup'])

/** The content with meaningful markup (`<sub>`, MathML) kept as HTML source. */
export function markupOf(element: Element): string {
  return element.children.every(child => typeof child === 'string')
    ? element.children.join('').trim()
    : element.children.map(marked).join('').trim()
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')

function marked(child: Element | string): string {
  if (typeof child === 'string') return escaped(child)
  if (child.name === 'tex-math') return `$${textOf(child)}$`
  if (child.name === 'fn' || child.attributes['ref-type'] === 'fn') return ''
  const inner = child.children.map(marked).join('')
  if (child.name === 'title') return headed(inner.trim())
  if (inline.has(child.name)) return `<${child.name}>${inner}</${child.name}>`
  if (child.name === 'math' || child.name === 'annotation' || /^m[a-z]{1,12}$/.test(child.name))
    return `<mml:${child.name}>${inner}</mml:${child.name}>`
  return /^(?:p|sec|br)$/.test(child.name) ? ` ${inner} ` : inner
}

/** All text inside, without markup. */
export function textOf(element: Element): string {
  return element.children.map(child => (typeof child === 'string' ? child : textOf(child))).join('')
}
