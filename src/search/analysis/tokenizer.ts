/** A run of letters and digits as it stands in a text. */
export interface Word {
  /** The characters themselves. */
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

/** Scripts that write no spaces give one word per character. */
function classOf(code: number): number {
  if (code === 0x2019 || code === 0x02bc || code === 0xff07) return apostrophe
  if (code === 0x2010 || code === 0x2011 || code === 0x2013 || code === 0x2212) return joiner
  const char = String.fromCodePoint(code)
  if (isDigit.test(char)) return digit
  if (isSingle.test(char)) return single
  return isLetter.test(char) ? letter : other
}

/** Where the word that starts at `start` ends. `first` is the class of its first character. */
function wordEnd(text: string, start: number, first: number): number {
  let at = start
  let kind = first
  while (at < text.length) {
    const found = classAt(text, at)
    if (found === letter || found === digit) {
      kind = found
      // Most of every text is plain letters: no need to ask how wide they are.
      if (text.charCodeAt(at) < 128) {
        at++
        continue
      }
    } else if (!continues(found, kind, classAt(text, at + 1)) && !isDotOfInitials(text, at)) break
    at += widthAt(text, at)
  }
  return at
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
      at += widthAt(text, at)
      continue
    }
    const end = kind === single ? at + widthAt(text, at) : wordEnd(text, at, kind)
    words.push({ text: text.slice(at, end), start: at, end, joined: isJoined(text, end) })
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
