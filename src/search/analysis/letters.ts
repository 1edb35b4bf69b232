/** Letters without a Unicode decomposition, with the plain letters that people type for them. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'ng',
  ı: 'i',
  ȷ: 'j',
  ĸ: 'k',
  ɨ: 'i',
  ʉ: 'u',
}
const unplain = new RegExp(`[${Object.keys(plain).join('')}]`, 'g')

const greekNames: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('αβγδεζηθικλμνξοπρςστυφχψω', (letter, at) => [
    letter,
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega'.split(
      ' ',
    )[at] ?? letter,
  ]),
)
const greek = /[α-ω]/g

/** A word in lower case with plain Latin letters: `møller` becomes `moller`, `straße` becomes `strasse`. */
export const plainLetters = (word: string): string => word.replace(unplain, letter => plain[letter] ?? letter)

/**
 * Greek letters by name, so that `β-VAE` and `TNFα` are found by `beta-VAE` and `TNF-alpha`. Words of the Greek
 * language are unchanged; before a unit μ means micro, typed as `u`.
 */
export function spelledGreek(word: string): string {
  const letters = word.match(greek)
  if (letters === null) return word
  if (word.length > 1 && !/[a-z0-9]/.test(word)) return word
  if (/^μ[a-z]{1,3}$/.test(word)) return `u${word.slice(1)}`
  return word.replace(greek, letter => greekNames[letter] ?? letter)
}

const digraphs: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' }

/** Whether a word of the text may have an alternative plain spelling. */
export const hasDigraph = (text: string): boolean => /[äöüøåÄÖÜØÅ]|[aouAOU][\u0308\u030a]/.test(text)

/** The spelling with two letters for one (`Møller` becomes `moeller`); undefined when there is none. */
export function digraphSpelling(word: string): string | undefined {
  if (!hasDigraph(word)) return undefined
  return word
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüøå]/g, letter => digraphs[letter] ?? letter)
}
