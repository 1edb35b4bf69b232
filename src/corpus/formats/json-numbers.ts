const quote = 34
const backslash = 92
/** What Python writes for numbers that JSON has not. */
const noNumber = /-?\b(?:NaN|Infinity)\b/g
/** The end of a chunk that may be the beginning of one. */
const cut = /[-A-Za-z]{1,9}$/

/**
 * JSON as Python's `json.dumps` writes it, with `null` in place of `NaN` and `Infinity`: a table with gaps is full of
 * them. Texts are left alone.
 */
export class JsonNumbers {
  #inText = false
  #escaped = false
  #rest = ''

  push(chunk: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = []
    let at = 0
    while (at < chunk.length) {
      const isText = this.#inText
      const end = isText ? this.#endOfText(chunk, at) : this.#nextText(chunk, at)
      parts.push(isText ? chunk.subarray(at, end) : this.#between(chunk, at, end))
      at = end
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
  }

  end(): Uint8Array {
    return Buffer.from(this.#rest.replace(noNumber, 'null'), 'latin1')
  }

  /** Behind the quotation mark that ends the text, or the chunk's end. */
  #endOfText(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      if (this.#escaped) this.#escaped = false
      else if (chunk[at] === backslash) this.#escaped = true
      else if (chunk[at] === quote) {
        this.#inText = false
        return at + 1
      }
    }
    return chunk.length
  }

  /** Behind the quotation mark that begins the next text, or the chunk's end. */
  #nextText(chunk: Uint8Array, from: number): number {
    const found = chunk.indexOf(quote, from)
    this.#inText = found >= 0
    return found < 0 ? chunk.length : found + 1
  }

  #between(chunk: Uint8Array, from: number, end: number): Uint8Array {
    const bytes = chunk.subarray(from, end)
    if (this.#rest === '' && end < chunk.length && !bytes.includes(0x4e) && !bytes.includes(0x49))
      return bytes
    const text = this.#rest + Buffer.from(bytes).toString('latin1')
    this.#rest = end === chunk.length && !this.#inText ? (cut.exec(text)?.[0] ?? '') : ''
    return Buffer.from(text.slice(0, text.length - this.#rest.length).replace(noNumber, 'null'), 'latin1')
  }
}
