/** Most characters that one abbreviation may stand for: journals and publishers have some hundred. */
const longestWrittenOut = 2_000
/** Most characters that all abbreviations of one entry may stand for. */
const longestInEntry = 4_000
/** Most characters of abbreviations that a file may define. */
const longestInAll = 256 * 1024

const definition = /^\s{0,99}@\s{0,9}string\s{0,9}[{(]\s{0,99}([^\s{}()",#%=]{1,200})\s{0,99}=/i
/** A name where a value stands: after `=`, or joined by `#`. */
const use = /[=#]\s{0,99}([^\s{}()",#%=]{1,200})/g

interface Abbreviation {
  /** Its place among all, from 0. */
  readonly order: number
  /** Its definition, as it stands in the file. */
  readonly text: string
  /** Characters that it stands for, at most. */
  readonly length: number
  /** Names of earlier ones that it is made of. */
  readonly uses: readonly string[]
}

/**
 * The `@string` definitions of a BibTeX file. Each entry is parsed with those alone that it names: with all of them a
 * long list would be parsed once for each entry, and a broken one would take every entry with it. What they stand for
 * is limited: a few lines that each double the one before would fill the memory.
 */
export class BibtexAbbreviations {
  readonly #known = new Map<string, Abbreviation>()
  #length = 0

  /** @returns why the definition cannot be used, if so */
  add(text: string): string | undefined {
    const name = definition.exec(text)?.[1]?.toLowerCase()
    if (name === undefined) return 'is no abbreviation'
    this.#length += text.length
    if (this.#length > longestInAll) return 'the file defines too many abbreviations'
    const value = text.slice(text.indexOf('='))
    const uses = this.#namesIn(value)
    const length = value.length + this.#lengthOf(uses)
    if (length > longestWrittenOut)
      return `an abbreviation stands for more than ${longestWrittenOut} characters`
    this.#known.set(name, { order: this.#known.size, text, length, uses })
    return undefined
  }

  /**
   * The definitions that an entry needs, in the file's order, to be put before it.
   * @returns undefined when they would make the entry too long
   */
  for(entry: string): string | undefined {
    const uses = this.#namesIn(entry)
    if (this.#lengthOf(uses) > longestInEntry) return undefined
    const needed = new Map<string, Abbreviation>()
    const open = [...uses]
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const found = this.#known.get(name)
      if (found === undefined || needed.has(name)) continue
      needed.set(name, found)
      open.push(...found.uses)
    }
    const inOrder = [...needed.values()].sort((a, b) => a.order - b.order)
    return inOrder.map(({ text }) => `${text}\n`).join('')
  }

  /** Every use of a known name. */
  #namesIn(text: string): string[] {
    if (this.#known.size === 0) return []
    const named = [...text.matchAll(use)].map(([, name = '']) => name.toLowerCase())
    return named.filter(name => this.#known.has(name))
  }

  #lengthOf(uses: readonly string[]): number {
    return uses.reduce((all, name) => all + (this.#known.get(name)?.length ?? 0), 0)
  }
}
