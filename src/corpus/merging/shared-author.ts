import { isGroup, isParticle, isSuffix, nameOf, tellingWords } from '../names.ts'
import { asciiOf } from '../text.ts'

/** One way to read a name: its words in lower case without accents. */
interface Reading {
  readonly isGroup: boolean
  /** Of a group the words that tell it apart. Without particles, unless there is nothing else. */
  readonly family: readonly string[]
  /** The family name in one, with particles: `Le Cun` as `LeCun`. */
  readonly joined: string
  readonly given: readonly string[]
}

/** Of a collaboration's thousands of names the first tell it apart. */
const mostNames = 50

/**
 * How many authors two records may have in common, by family name and initials: `Smith, John`, `John Smith` and
 * `Smith J` may be one, `John Doe` and `Bo Smith` are others.
 */
export function sharedAuthors(one: readonly string[], other: readonly string[]): number {
  const [mine, theirs] = [one, other].map(names => names.slice(0, mostNames).map(readings)) as [
    Name[],
    Name[],
  ]
  return Math.min(countIn(mine, theirs), countIn(theirs, mine))
}

const countIn = (some: readonly Name[], others: readonly Name[]): number =>
  some.filter(name => others.some(other => mayBeOne(name, other))).length

/** The ways in which a name can be read. */
type Name = readonly Reading[]

function readings(text: string): Name {
  const first = reading(text.trim())
  const words = text.trim().split(/\s+/u)
  const initials = words.pop() ?? ''
  const family = words.join(' ')
  if (first.isGroup || !/\p{Ll}/u.test(family) || !/^\p{Lu}{2,3}$/u.test(initials)) return [first]
  // PubMed's form, unless it is a family name in capitals.
  return [first, personOf(familyOf(family), family, givenOf(initials))]
}

function reading(text: string): Reading {
  const name = nameOf(text)
  if (isGroup(text)) return { isGroup: true, family: wordsOf(tellingWords(text)), joined: '', given: [] }
  if ('family' in name) return personOf(familyOf(name.family), name.family, givenOf(name.given))
  // Other scripts' names are not split; whether the family name comes first makes no difference below.
  const words = familyOf(name.literal)
  return personOf(words.slice(-1), words.at(-1) ?? '', words.slice(0, -1))
}

const personOf = (family: string[], written: string, given: string[]): Reading => ({
  isGroup: false,
  family,
  joined: wordsOf(written).join(''),
  given,
})

function familyOf(text: string): string[] {
  const words = text.split(/\s+/u).filter(word => word !== '' && !isSuffix(word))
  const own = words.filter(word => !isParticle(word) && !isParticle(word.toLowerCase()))
  return (own.length > 0 ? own : words).flatMap(wordsOf)
}

/** Also `JA` as two initials. */
const givenOf = (text: string): string[] =>
  wordsOf(text.replace(/(?<!\p{L})\p{Lu}{2,3}(?!\p{L})/gu, letters => [...letters].join(' ')))

/** `ue` as `u`: `Mueller` is `Müller`. */
const wordsOf = (text: string): string[] =>
  asciiOf(text.replace(/['’ʼ`]/gu, ''))
    .toLowerCase()
    .replace(/([aou])e/gu, '$1')
    .match(/[\p{L}\p{N}]+/gu) ?? []

const mayBeOne = (one: Name, other: Name): boolean =>
  one.some(mine => other.some(theirs => agree(mine, theirs)))

function agree(one: Reading, other: Reading): boolean {
  const [mine, theirs] = [wholeOf(one), wholeOf(other)]
  if (mine === '' || theirs === '') return false
  if (mine === theirs) return true
  if (one.isGroup || other.isGroup)
    return isPart(one.family, other.family) || isPart(other.family, one.family)
  const isOneFamily = one.family.some(word => !isInitial(word) && other.family.includes(word))
  if (isOneFamily || (one.joined !== '' && one.joined === other.joined))
    return initialsAgree(one.given, other.given)
  return isTurned(one, other) || isTurned(other, one)
}

/** A Chinese family name is one sign. */
const isInitial = (word: string): boolean => word.length === 1 && !/\p{Lo}/u.test(word)

const wholeOf = ({ family, given }: Reading): string => [...given, ...family].join('')

/** Whether the one group's words are all of the other's: `ATLAS Collaboration` and `ATLAS`. */
const isPart = (one: readonly string[], other: readonly string[]): boolean =>
  one.length > 0 && one.every(word => other.includes(word))

/** The first initial of one is any of the other's: people leave out a first name too. */
function initialsAgree(one: readonly string[], other: readonly string[]): boolean {
  const [mine, theirs] = [one.map(initialOf), other.map(initialOf)]
  return (
    mine.length === 0 ||
    theirs.length === 0 ||
    theirs.includes(mine[0] ?? '') ||
    mine.includes(theirs[0] ?? '')
  )
}

const initialOf = (word: string): string => [...word][0] ?? ''

/** Whether the family name of one is among the given names of the other: in `Wang Wei` it comes first. */
function isTurned(one: Reading, other: Reading): boolean {
  const at = other.given.findIndex(word => !isInitial(word) && one.family.includes(word))
  if (at < 0) return false
  const rest = [...other.given.toSpliced(at, 1), ...other.family]
  const [first] = one.given
  return (
    first === undefined || one.given.join('') === rest.join('') || rest.some(word => standsFor(word, first))
  )
}

const standsFor = (one: string, other: string): boolean =>
  one === other || (initialOf(one) === initialOf(other) && (isInitial(one) || isInitial(other)))
