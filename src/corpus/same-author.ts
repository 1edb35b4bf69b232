import { familyOf, nameOf } from './names.ts'
import { asciiOf } from './text.ts'

/** A name, ready to be compared. */
interface NameParts {
  readonly family: string
  /** Given names and initials in order; empty for groups and for names that are not split. */
  readonly given: readonly string[]
}

const folded = (text: string): string =>
  asciiOf(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

function partsOf(text: string): NameParts {
  const name = nameOf(text.trim())
  const given = 'given' in name ? folded(name.given) : ''
  return { family: folded(familyOf(name)), given: given === '' ? [] : given.split(' ') }
}

/** The name as it is compared: equal for `Lovelace, Ada` and `Ada Lovelace`, and whatever the accents. */
export function authorKey(text: string): string {
  const { family, given } = partsOf(text)
  return [family, ...given].join('|')
}

const isInitial = (word: string): boolean => word.length === 1

/** Initials that tell a person from others of the same family name: one alone does not. */
const tellingInitials = 2

/**
 * Whether a name is that of an author. Order, accents, case and middle names that one leaves out make no difference. An
 * initial stands for a first name only where a second one agrees too: of people called `Y. Wang` there are thousands.
 *
 * @example
 * const isAda = isAuthor('Ada Lovelace')
 * isAda('Lovelace, Ada K.') // true
 * isAda('A. Lovelace') // false: it may be anybody's
 */
export function isAuthor(wanted: string): (name: string) => boolean {
  const one = partsOf(wanted)
  if (one.family === '') return () => false
  // Cheap, and true for most names of a large library.
  const last = one.family.split(' ').at(-1) ?? ''
  const mayBe = (name: string) => (isPlain(name) ? name : asciiOf(name)).toLowerCase().includes(last)
  return name => {
    if (!mayBe(name)) return false
    const other = partsOf(name)
    return one.family === other.family && givenAgree(one.given, other.given)
  }
}

const isPlain = (text: string): boolean => /^[ -~]*$/u.test(text)

function givenAgree(one: readonly string[], other: readonly string[]): boolean {
  if (one.length === 0 || other.length === 0) return one.length === other.length
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  const agreed = short.filter((word, at) => agree(word, long[at] ?? ''))
  if (agreed.length < short.length) return false
  if (short[0] === long[0] && (!isInitial(short[0] ?? '') || short.length === long.length)) return true
  return short.length === long.length && short.length >= tellingInitials
}

const agree = (one: string, other: string): boolean =>
  one === other || (one[0] === other[0] && (isInitial(one) || isInitial(other)))
