/** A run of letters and digits of a text, with symbols that belong to names: `C++`, `AT&T`, `.NET`. */
export interface Word {
  /** The characters as written. */
  readonly text: string
  readonly start: number
  /** Half-open, UTF-16. */
  readonly end: number
  /** Joined to the next word by a hyphen, slash, underscore or caret: `key-value`, `UA^2`. */
  readonly joined: boolean
}

const other = 0
const letter = 1
const digit = 2
const joiner = 3
const apostrophe = 4
const separator = 5
const single = 6

const ascii = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code)
  if (/[a-z]/i.test(char)) ascii[code] = letter
  else if (/[0-9]/.test(char)) ascii[code] = digit
  else if (/[-/_^]/.test(char)) ascii[code] = joiner
  else if (char === "'") ascii[code] = apostrophe
  else if (/[.,]/.test(char)) ascii[code] = separator
}

const isDigit = /\p{Nd}/u
const isSingle = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u
const isLetter = /[\p{L}\p{M}\p{N}\u00ad\u200b-\u200d]/u

/** Scripts without spaces between words give one token per character. */
function classOf(code: number): number {
  if (code === 0x2019 || code === 0x02bc || code === 0xff07) return apostrophe
  if (code === 0x2010 || code === 0x2011 || code === 0x2013 || code === 0x2212) return joiner
  const char = String.fromCodePoint(code)
  if (isDigit.test(char)) return digit
  if (isSingle.test(char)) return single
  return isLetter.test(char) ? letter : other
}

/** The end of the word that starts at `start`. `first` is the class of its first character. */
function wordEnd(text: string, start: number, first: number): number {
  let at = start
  let kind = first
  while (at < text.length) {
    const found = classAt(text, at)
    if (found === letter || found === digit) {
      kind = found
      // Most of every text is ASCII letters: no need to check for surrogate pairs.
      if (text.charCodeAt(at) < 128) {
        at++
        continue
      }
    } else if (
      !continues(found, kind, classAt(text, at + 1)) &&
      !isDotOfInitials(text, at) &&
      !isAmpersandOfName(text, start, at)
    )
      break
    at += widthAt(text, at)
  }
  return symbolEnd(text, start, at)
}

const nameLetters = 3

/** The `&` inside `AT&T` and `R&D`: a few letters on either side. */
function isAmpersandOfName(text: string, start: number, at: number): boolean {
  if (text[at] !== '&' || at - start > nameLetters) return false
  let end = at + 1
  while (end - at <= nameLetters + 1 && classAt(text, end) === letter) end++
  return end > at + 1 && end - at <= nameLetters + 1
}

/** The end of a one-letter name with a symbol: `C++`, `C#`, `A*`. */
function symbolEnd(text: string, start: number, end: number): number {
  const code = text.charCodeAt(end)
  if (end !== start + 1 || (code !== 43 && code !== 35 && code !== 42)) return end
  const symbol = /^(?:\+\+|[#*])(?![\p{L}\p{N}+#*])/u.exec(text.slice(end, end + 4))?.[0] ?? ''
  // A closing Markdown emphasis mark does not belong to the word.
  return symbol === '*' && text[start - 1] === '*' ? end : end + symbol.length
}

/** The end of `.NET`, when it begins here; in other names only capitals precede it. */
function dotNetEnd(text: string, at: number): number | undefined {
  if (text[at] !== '.' || !/^\.net(?![\p{L}\p{N}])/iu.test(text.slice(at, at + 6))) return undefined
  return /[\p{Ll}\p{N}.]/u.test(text[at - 1] ?? '') ? undefined : at + 4
}

const elided =
  /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|un|all|dall|dell|nell|sull|quell|quest)['’ʼ＇](?=[aeiouyhàâæéèêëîïôœùûü])/iu

const isAsciiLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122

/** The start of the word after an elided French or Italian article: `l'eau`, `dell'arte`. */
function behindElision(text: string, start: number, end: number): number {
  // A quick check first: most words have no apostrophe among their first letters.
  let at = start + 1
  while (at < end && at < start + 9 && isAsciiLetter(text.charCodeAt(at))) at++
  if (at >= end || at >= start + 9) return start
  return start + (elided.exec(text.slice(start, Math.min(end, start + 9)))?.[0].length ?? 0)
}

/** `don't`, `1,000` and `3.5` are one word each. */
function continues(found: number, before: number, after: number): boolean {
  if (found === apostrophe) return before === letter && after === letter
  return found === separator && before === digit && after === digit
}

/** The dot inside `e.g.` and `U.S.`: a single letter on either side. */
function isDotOfInitials(text: string, at: number): boolean {
  if (text[at] !== '.') return false
  const is = (offset: number): boolean => at + offset >= 0 && classAt(text, at + offset) === letter
  return is(-1) && !is(-2) && is(1) && !is(2)
}

/** The words of a text in order. */
export function scan(text: string): Word[] {
  const words: Word[] = []
  let at = 0
  while (at < text.length) {
    const kind = classAt(text, at)
    if (kind !== letter && kind !== digit && kind !== single) {
      const end = dotNetEnd(text, at)
      if (end !== undefined)
        words.push({ text: text.slice(at, end), start: at, end, joined: isJoined(text, end) })
      at = end ?? at + widthAt(text, at)
      continue
    }
    const end = kind === single ? at + widthAt(text, at) : wordEnd(text, at, kind)
    const start = behindElision(text, at, end)
    words.push({ text: text.slice(start, end), start, end, joined: isJoined(text, end) })
    at = end
  }
  return words
}

/** Whether a joiner and then a word follow. */
function isJoined(text: string, end: number): boolean {
  if (classAt(text, end) !== joiner) return false
  const after = classAt(text, end + 1)
  return after === letter || after === digit
}

function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code < 128) return ascii[code] as number
  return at < text.length ? classOf(text.codePointAt(at) as number) : other
}

const widthAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
