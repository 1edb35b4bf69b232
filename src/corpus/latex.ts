import { accents, alsoWords, letters, lowered, raised, symbols, unmistakable } from './latex-symbols.ts'

type Rule = readonly [RegExp, string | ((match: string, ...groups: string[]) => string)]

const apply = (text: string, rules: readonly Rule[]): string =>
  rules.reduce((out, [pattern, to]) => out.replace(pattern, to as string), text)

const fonts =
  'textit|textbf|textsc|texttt|textsf|textrm|textsl|textup|textnormal|emph|text|mbox|mathrm|mathbf|mathit|mathsf|mathtt|mathcal|mathbb|mathfrak|mathscr|boldsymbol|operatorname|underline|overline|ensuremath'
const switches = 'rm|bf|it|em|sl|sc|tt|sf|cal|scriptsize|small|tiny'

/** Formatting commands and grouping braces, also without the backslash. */
const groups: readonly Rule[] = [
  [new RegExp(`(?:\\\\|\\b)(?:${fonts})\\s?\\{([^{}]*)\\}`, 'g'), '$1'],
  [new RegExp(`([_^]\\{)\\s*\\\\?(?:${switches})\\s+(?=[^{}]*\\})`, 'g'), '$1'],
  // A thin space `\,` before a unit that was saved as a comma.
  [new RegExp(`(?<=\\d),?\\{\\s*(?:${switches})\\s+([^{}]*)\\}`, 'g'), ' $1'],
  [new RegExp(`\\{\\s*\\\\?(?:${switches})\\s+([^{}]*)\\}`, 'g'), '$1'],
  [/\{([^\p{L}\p{N}{}\\]|[^\p{ASCII}])\}/gu, '$1'],
  // Braces that keep BibTeX from changing capitals.
  [
    /(?<![\\_^}$]|\\[a-zA-Z]{1,20})\{(\p{Lu}[\p{L}\p{N}]{0,40}(?:-[\p{L}\p{N}]{1,40})?|\p{Ll}{1,3}\p{Lu}[\p{L}\p{N}]{0,40})\}/gu,
    '$1',
  ],
  [/^\s*\{([^{}]{1,1000})\}\s*$/, (match, inside) => (/^["[:]|":/.test(inside) ? match : inside)],
  [/(?:\\|\b)[dt]?frac\s?\{([^{}]*)\}\s?\{([^{}]*)\}/g, (_, over, under) => `${tight(over)}/${tight(under)}`],
  [/(?:\\|\b)sqrt\s?\{([^{}]*)\}/g, (_, of) => `√${tight(of)}`],
  [/(?:\\|\b)(?:cite[pt]?|citealp|citeauthor)\s?\{([^{}]*)\}/g, '[$1]'],
  [
    /\\text(super|sub)script\s?\{([^{}]*)\}/g,
    (_, kind, of) => (kind === 'super' ? raised(of) : lowered(of)) ?? of,
  ],
  [/\\(?:ref|eqref|label|vspace|hspace)\s?\{[^{}]*\}/g, ''],
  [
    /(?:\\|\b)(hat|bar|tilde|vec|dot)\s?\{?(\p{L})(?:\}|(?<=\\\w{3,5} ?\p{L}))/gu,
    (_, mark, letter) => (letter + over[mark]).normalize('NFC'),
  ],
]

const over: Readonly<Record<string, string>> = {
  hat: '\u0302',
  bar: '\u0304',
  tilde: '\u0303',
  vec: '\u20d7',
  dot: '\u0307',
}

const tight = (text: string): string => (/^[\p{L}\p{N}]*$/u.test(text) ? text : `(${text})`)

/** The accents of names: `na\"{i}ve`, `\'{e}`, `\v{s}`. */
const accented: readonly Rule[] = [
  [
    /\\(["'`^~=.])\s?(?:\{\\?([a-zA-Z])\}|\\([ij])(?![a-zA-Z])(?:\{\}|\s)?|([a-zA-Z]))/g,
    (_, mark, a, dotless, b) => withAccent(mark, a ?? dotless ?? b ?? ''),
  ],
  [/\\([uvHckrbd])\s?\{\\?([a-zA-Z])\}/g, (_, mark, letter) => withAccent(mark, letter)],
  [
    /\\([uvHckrbd])\s(?:\\([ij])|([a-zA-Z]))(?![a-zA-Z]{3})/g,
    (_, mark, dotless, b) => withAccent(mark, dotless ?? b),
  ],
  // After a letter command TeX takes a space or empty braces as its end.
  [
    /(?<![:\\\w]|:\\\S{0,60})\\(ss|ae|AE|oe|OE|o|O|l|L|aa|AA|i|j|dh|DH|th|TH|dj|DJ|ng|NG)(?:\{\}|\s(?=[a-z])|(?![a-zA-Z]))/g,
    (match, name) => letters.get(name) ?? match,
  ],
]

const withAccent = (mark: string | undefined, letter: string | undefined): string =>
  `${letter}${accents[mark ?? ''] ?? ''}`.normalize('NFC')

const named = new RegExp(
  `(?<![\\p{L}\\p{N}_.:/\\-])(?:${unmistakable.map(([name]) => name).join('|')})(?![.:/\\-][\\p{L}\\p{N}_])(?![\\p{L}\\p{N}_])`,
  'gu',
)
const bare = new Map(unmistakable)

/** Commands for single characters, with a backslash or, where unambiguous, without. */
const marks: readonly Rule[] = [
  [/\\((?:La|Bib|Xe)?TeX)(?![a-zA-Z])(?:\{\})?/g, '$1'],
  [/\\(?:left|right|big|Big|bigg|Bigg)(?=\s?[()[\]|.\\])/g, ''],
  // Not a path such as `C:\in`.
  [
    /(?<![:\\]|:\\\S{0,60})\\([a-zA-Z]+)(?![a-zA-Z])/g,
    (match, name) => symbols.get(name) ?? letters.get(name) ?? match,
  ],
  [/\{([a-zA-Z]+)\}/g, (match, name) => (alsoWords.has(name) ? match : (symbols.get(name) ?? match))],
  [/(?<=\d)\s?\{times\}|\{times\}\s?(?=\d)/g, '×'],
  [named, name => bare.get(name) ?? name],
  [/(?<=\d),(sigma|mu|alpha|beta|delta|Omega)\b/g, (_, name) => ` ${symbols.get(name)}`],
  [/(?<=\p{L})_\{?(?:\*|star|ast)\}?(?![\w*])/gu, '*'],
  [/(?<=\b[A-Z])_\{?(?:odot|☉)\}?(?!\w)/gu, '☉'],
  [/(?<=\b[A-Z])_\{?(?:oplus|⊕)\}?(?!\w)/gu, '⊕'],
]

/** Superscripts and subscripts, if their base shows that they are such. */
const scripts: readonly Rule[] = [
  [/\^\{?\s?(?:circ|∘)\s?\}?(?!\w)/g, '°'],
  [
    /(?<=[\p{L}\p{N})\]|*′])\^\{\s?([^{}]*?)\s?\}/gu,
    (_, power) =>
      raised(power) ?? power.replace(/^(?!(?:th|st|nd|rd|\*)$)/, '^').replace(/^\^(\w*\W.*)$/, '^($1)'),
  ],
  [/(?<=\b10|[\p{L})\]])\^([-−]?\d{1,3})(?![\d.]*\d|[.,]\d)/gu, (match, power) => raised(power) ?? match],
  [
    /(?<=[\p{L}\p{N})\]*′⁰-⁹])_\{\s?([^{}]*?)\s?\}/gu,
    (_, index) => lowered(index) ?? (/^[\p{L}\p{N}∞]+$/u.test(index) ? `_${index}` : `_(${index})`),
  ],
  [/(?<=\b\p{L})_(\d)(?![\p{L}\p{N}_])/gu, (match, index) => lowered(index) ?? match],
]

/** LaTeX's own spaces and punctuation. */
const typography: readonly Rule[] = [
  [/\\([%&#$_{}])/g, '$1'],
  [/\\[,;:!>]|\\ |\\\\(?![a-zA-Z\\])/g, ' '],
  // A tie; but `10~20` is a range, and `~5` means about five.
  [
    /(?<=\p{L})[.,:]?~(?=[\p{L}\p{N}([$\\])|(?<=\p{N})~(?=[\p{L}([$\\])|(?<=[).,])~(?=\p{L}|[([$\\])/gu,
    tie => `${tie.slice(0, -1)} `,
  ],
  [/``([^`]{1,300}?)(?:''|")/g, '“$1”'],
  [/(?<=[\p{L}\p{N}])---?(?=[\p{L}\p{N}])/gu, dash => (dash.length > 2 ? '—' : '–')],
]

/** LaTeX, with or without its backslashes, as text. */
export const plainLatex = (text: string): string =>
  apply(withoutMath(text), [...accented, ...groups, ...marks, ...scripts, ...typography])

const inline =
  /\$\$([^$]{1,300})\$\$|(?<!\\)\$(?!\s)([^$]{1,200})(?<![\s\\])\$|\\\(([^$]{1,200}?)\\\)|\\\[([^$]{1,300}?)\\\]/g

/** A formula in a text. `end` is half-open; `body` is the text between the delimiters. */
interface Formula {
  readonly start: number
  readonly end: number
  readonly body: string
}

/** The delimited formulas of a text, in order. Amounts of money are not formulas. */
export function formulasIn(text: string): Formula[] {
  if (!/[$]|\\[([]/.test(text)) return []
  return [...text.matchAll(inline)].flatMap(match => {
    const [whole, display, dollars, round, square] = match
    const formula = {
      start: match.index,
      end: match.index + whole.length,
      body: display ?? dollars ?? round ?? square ?? '',
    }
    if (dollars !== undefined && isMoney(text, formula)) return []
    return isMath(formula.body) ? [formula] : []
  })
}

/** `$` means money after a country code or before digits, with no LaTeX command between two of them. */
function isMoney(text: string, { start, end, body }: Formula): boolean {
  if (/\\[a-zA-Z]|[_^]/.test(body)) return false
  if (/\d/.test(text[end] ?? '')) return true
  return /\p{L}/u.test(text[start - 1] ?? '') && /\s|^\d/.test(body)
}

function withoutMath(text: string): string {
  let out = ''
  let done = 0
  for (const { start, end, body } of formulasIn(text)) {
    // The subscript or superscript belongs to the letter before the formula: `CO$_2$`.
    const base = /^[_^]/.test(body) ? (/[\p{L}\p{N})\]]$/u.exec(text.slice(done, start))?.[0] ?? '') : ''
    out += text.slice(done, start) + mathText(base + body).slice(base.length)
    done = end
  }
  return out + text.slice(done)
}

const isMath = (text: string): boolean => {
  const words = text.replace(/\\[a-zA-Z]+|[_^]\w+/g, ' ').match(/[a-zA-Z]{2,}/g) ?? []
  const known = words.filter(word => symbols.has(word) || mathWords.test(word))
  return /\\[a-zA-Z]|[_^]/.test(text) ? words.length - known.length <= 6 : known.length === words.length
}

const mathWords =
  /^(?:log|ln|exp|max|min|arg|sup|inf|lim|poly|polylog|cos|sin|tan|det|tr|rank|rm|bf|cal|mathcal\w?|mathbb\w?|mathbf\w?|mathrm|text|ext|textrm|imes|gt|lt|amp|sqrt|frac|left|right|mod|Pr|KL|eps|[a-z]{2})$/

const insideMath: readonly Rule[] = [
  [/\{\}(?=[_^])/g, ''],
  // A tab from the beginning of `\text` or `\times` that became a space.
  [/(?<=^|[\s{])ext(?=\{)/g, '\\text'],
  [/(?<=\s)imes(?=\s)/g, '×'],
  [
    /\\?(?<![a-zA-Z])(?:mathcal|mathbb|mathbf|mathrm|cal|bf|rm)\s?(?=[A-Z]\b)|\\?(?<=^|\s|\\)(?:cal|bf|rm)\s+(?=\p{L})/gu,
    '',
  ],
  [/\\(?:rm|bf|it|sf|tt|cal)\s?(?=\{)/g, ''],
  // Inside a formula a script needs no check of its base; one without a base belongs to the next symbol: `^{13}C`.
  [/(?<=[\p{L}\p{N})\]}])_(\d)(?!\d)/gu, (match, index) => lowered(index) ?? match],
  [/(?<=[\p{L}\p{N})\]}])\^\{?([+−n-])\}?(?![\w{])/gu, (match, sign) => raised(sign) ?? match],
  [/^\^\{?([\d+-]{1,4})\}?(?!\w)/g, (match, power) => raised(power) ?? match],
  [/(?<![\\a-zA-Z])([a-zA-Z]+)(?![a-zA-Z{])/g, (match, name) => symbols.get(name) ?? match],
]

const leftovers: readonly Rule[] = [
  [/(?<=[\p{L}\p{N})\]|*′])\^(?:\\?circ\b|∘)/gu, '°'],
  [/(?<=[\p{L}\p{N}])\\([a-zA-Z]+)/gu, ' $1'],
  [/\\([a-zA-Z]+)/g, '$1'],
  [/(?<!\\)[{}]/g, ''],
]

const mathText = (math: string): string => {
  // Most formulas of abstracts are one letter, which no rule changes.
  if (/^\s*[a-zA-Z]\s*$/.test(math)) return math.trim()
  let text = apply(math, insideMath)
  // Innermost braces first, to a bounded depth.
  for (let depth = 0; depth < 4; depth++) text = apply(text, [...accented, ...groups, ...marks, ...scripts])
  return apply(text, leftovers).trim()
}
