import { plainLetters, spelledGreek } from './letters.ts'

/** Differences between British and American spelling; both sides of a search use the American one. */
const british: readonly (readonly [RegExp, string])[] = [
  [
    /(behavi|col|fav|flav|hon|lab|neighb|rig|rum|tum|vap|vig|hum|harb|arm|od|endeav|clam|splend|sav|cand|glam|ard|ferv)our/,
    '$1or',
  ],
  [/(cent|fib|lit|met|theat|spect|calib)re(s|d)?$/, '$1er$2'],
  [/logue(s|d)?$/, 'log$1'],
  [/ly(?:z|s)(e[sdr]?|is|ing)$/, 'lys$1'],
  [/(.)ae(?=[a-z]{2})/, '$1e'],
  [/^(oe)(?=str|soph|dem)/, 'e'],
  [/(rrh|hom|f)oe(?=[a-z])/, '$1e'],
  [/(def|off|lic)ence(s|d)?$/, '$1ense$2'],
  [/^programmes?$/, 'program'],
  [/([a-z]{2}[^s])sis$/, '$1ses'],
]

/** -ise words that are not -ize words in American English. */
const notIze =
  /(?:v|c|w|o|a|gu)is|promis|premis|demis|surpris|enterpris|compris|expertis|practis|treatis|paradis|franchis/

const izeEnding = /([a-z]{3})is(e[sdr]?|ing|at?i?ons?|able)$/

function americanized(word: string): string {
  let out = word
  for (const [pattern, replacement] of british) out = out.replace(pattern, replacement)
  const stem = izeEnding.exec(out)
  if (stem !== null && !notIze.test(out)) out = out.replace(izeEnding, '$1iz$2')
  return out
}

/** Only these letters occur in a word with a British spelling: a cheap check first. */
const maybeBritish = /our|re|logue|ly[sz]|ae|oe|ence|mme|is/

/**
 * The American spelling of a normal form. Non-English words may change too, but in the same way on both sides of a
 * search.
 */
export function american(word: string): string {
  return word.length > 4 && maybeBritish.test(word) ? americanized(word) : word
}

const outsideAscii = /[^\x20-\x7e]/
const combining = /[\u0300-\u036f]/g
const invisible = /\p{Cf}/gu
const apostrophes = /['’ʼ＇]/g
const thousands = /,(?=\d{3}(?:\D|$))/g
const notPlain = /['’ʼ＇.,]/
const dotsBetweenLetters = /(?<=\p{L})\.(?=\p{L})/gu

/** UTF-16 units of a word that are read; NFKC expands one to at most 18. Anything longer is not a word. */
const longestWord = 100

/**
 * One form for all spellings of a word: Unicode NFKC, lower case, no accents on letters that have plain forms, plain
 * letters for `ø`, `ß` and similar ones, Greek letters by name, no invisible characters, no apostrophes (and no
 * possessive 's), no dots between letters (`e.g`), no commas between thousands.
 */
export function normal(word: string): string {
  let out = word.length > longestWord ? word.slice(0, longestWord) : word
  if (outsideAscii.test(out)) {
    out = out
      .normalize('NFKC')
      .normalize('NFD')
      .replace(combining, '')
      .normalize('NFC')
      .replace(invisible, '')
  }
  out = out.toLowerCase()
  if (outsideAscii.test(out)) out = spelledGreek(plainLetters(out))
  if (notPlain.test(out)) {
    out = out
      .replace(/['’ʼ＇]s$/, '')
      .replace(apostrophes, '')
      .replace(thousands, '')
      .replace(dotsBetweenLetters, '')
  }
  return out
}
