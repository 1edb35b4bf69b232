import { formulasIn } from '../latex.ts'

/**
 * Mends what the parser does not know: an entry without a key, å, accents on a dotless i, citations inside a text, TeX's
 * commands that print nothing, and its spaces.
 */
export const mended = (text: string): string =>
  text
    .replace(/^(\s{0,99}@\s{0,9}[A-Za-z]{1,40}\s{0,9}[{(]\s{0,99}),/, '$1unnamed,')
    .replace(/^(\s{0,99}@\s{0,9}[A-Za-z]{1,40}\s{0,9}[{(])(?=\s{0,99}[A-Za-z-]{1,40}\s{0,99}=)/, '$1unnamed,')
    .replace(/\\(aa|AA)(?![a-zA-Z])(?:\{\}|\s)?/g, (_, letter) => (letter === 'aa' ? 'å' : 'Å'))
    .replace(/\\(['`^"~=])\s?(?:\{\s?\\([ij])\s?\}|\\([ij])(?![a-zA-Z])(?:\{\}|\s)?)/g, '\\$1{$2$3}')
    .replace(/~?\\cite[pt]?\s?\{[^{}]{0,200}\}/g, '')
    .replace(/\\(?:footnote|thanks)\s?\{(?:[^{}]|\{[^{}]{0,99}\}){0,300}\}/g, '')
    .replace(/\\href\s?\{[^{}]{0,500}\}\s?\{([^{}]{0,500})\}/g, '$1')
    .replace(/\\text\s?\{([^{}]{0,500})\}/g, '{$1}')
    .replace(/\\dots(?![a-zA-Z])/g, '\\ldots')
    // HighWire's tags, Mendeley's commands, French quotation marks.
    .replace(/\\<(\/?[a-z]{1,10})\\>/gi, '<$1>')
    .replace(/(?:\$\\backslash\$|\\backslash\s?)(?=[a-zA-Z]{2})/g, '\\')
    .replace(/\{\\og\s?\}\s?|\\og(?![a-zA-Z])(?:\{\}|\s)?/g, '« ')
    .replace(/\s?\{\\fg\s?\}|\s?\\fg(?![a-zA-Z])(?:\{\})?/g, ' »')
    .replace(/\\slash(?![a-zA-Z])\s?/g, '/')
    .replace(/(?<![`\\])`([^`'\n]{1,100})'(?!')/g, '‘$1’')
    .replace(/\\(?:relax|noopsort\s?\{[^{}]{0,40}\}|protect)(?![a-zA-Z])\s?/g, '')

/**
 * Private-use characters around a number replace a formula during parsing: the parser would turn `x^2)` into
 * superscripts.
 */
const sign = (index: number): string => `\ue000${index}\ue001`

/** A formula in a text's middle, which the command puts into math mode where it is not. */
const ensured = /\\ensuremath\s?\{((?:[^{}]|\{[^{}]{0,99}\}){0,300})\}/g

export function withoutFormulas(text: string): { signed: string; formulas: string[] } {
  const outside = text.replace(/[\ue000\ue001]/g, '')
  const plain = outside.includes('\\ensuremath') ? inMathMode(outside) : outside
  const formulas: string[] = []
  let signed = ''
  let done = 0
  for (const { start, end } of formulasIn(plain)) {
    signed += plain.slice(done, start) + sign(formulas.length)
    formulas.push(plain.slice(start, end))
    done = end
  }
  return {
    signed: (signed + plain.slice(done))
      .replace(/(?<!\\)\\(?:[ ,;:](?! ?=)|\\)/g, ' ')
      .replace(/(?<!\\)\\-/g, ''),
    formulas,
  }
}

function inMathMode(text: string): string {
  let out = ''
  let done = 0
  for (const { start, end } of formulasIn(text)) {
    out += text.slice(done, start).replace(ensured, '$$$1$$')
    out += text.slice(start, end).replace(ensured, '$1')
    done = end
  }
  return out + text.slice(done).replace(ensured, '$$$1$$')
}

/** Restores the formulas and removes the parser's own marks for protected capitals. */
export function restored(value: unknown, formulas: readonly string[]): string | undefined {
  if (typeof value !== 'string') return undefined
  return value
    .replace(/<\/?span[^<>]{0,40}>/g, '')
    .replace(/\ue000(\d{1,6})\ue001/g, (_, index: string) => formulas[Number(index)] ?? '')
}

/** A field that is no text but a name for something, such as a DOI or an address, without LaTeX's escapes. */
export const unescaped = (text: string): string =>
  text
    .replace(/\\textless\s?(?:\{\})?/g, '<')
    .replace(/\\textgreater\s?(?:\{\})?/g, '>')
    .replace(/(?:\\|%5C)(?=[&%#_~$<>])/gi, '')
    .replace(/\{([<>_~])\}/g, '$1')
