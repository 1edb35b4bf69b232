/** A number as a text gives it. */
export interface Quantity {
  /** Without thousands separators; number words as digits. */
  readonly value: string
  readonly unit: '' | '%' | 'x' | 'k' | 'm' | 'b'
  /** UTF-16 offset into the text. */
  readonly start: number
}

const digits =
  /(?<![\p{L}\p{N}.,])(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,20})?|\d{1,30}(?:\.\d{1,20})?)(?:\s?(%|percent\b|per cent\b|percentage points?\b|x\b|×|times\b|-?fold\b|[kmb]\b))?/giu
const numberWords =
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  )
const spelled = new RegExp(`\\b(${numberWords.join('|')})(?:[ -](fold|times|percent))?\\b`, 'giu')

const unitOf = (unit: string): Quantity['unit'] => {
  if (/^(?:%|per)/u.test(unit)) return '%'
  if (/^(?:x|×|times|-?fold)/u.test(unit)) return 'x'
  return (unit as Quantity['unit']) || ''
}

/**
 * The numbers of a text in order. `one` is no number: it is an article too often.
 *
 * @example
 * quantitiesIn('Two models, 1,024 tokens, 37.5%').map(({ value, unit }) => value + unit) // ['1024', '37.5%', '2']
 */
export function quantitiesIn(text: string): Quantity[] {
  const written = [...text.matchAll(digits)].map(({ 1: value = '', 2: unit = '', index }) => ({
    value: plainDigits(value),
    unit: unitOf(unit.toLowerCase()),
    start: index,
  }))
  const words = [...text.matchAll(spelled)].map(({ 1: word = '', 2: unit = '', index }) => ({
    value: String(numberWords.indexOf(word.toLowerCase()) + 2),
    unit: unitOf(unit.toLowerCase()),
    start: index,
  }))
  return [...written, ...words]
}

/** `1,024.50` is `1024.5`. */
function plainDigits(value: string): string {
  const plain = value.replaceAll(',', '').replace(/^0+(?=\d)/u, '')
  return plain.includes('.') ? plain.replace(/0+$/u, '').replace(/\.$/u, '') : plain
}
