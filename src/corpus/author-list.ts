import { lengths } from '../lengths.ts'
import { isGroup, isParticle, isSuffix } from './names.ts'
import { readable } from './readable.ts'

/**
 * Splits a text of several authors in the common forms of bibliographies and repositories: commas, semicolons, `and`,
 * `&` or `、` between names, `Last, First and Last, First` (BibTeX), `Last, F., Last, F., & Last, F.` (APA), a group
 * before a colon, affiliations in brackets, footnote marks, LaTeX accents.
 *
 * Names are returned as written, `Lovelace, Ada` too. What is not a name (`et al.`, degrees, numbers) is left out.
 *
 * @example
 * splitAuthors('One, A., Two, B., & Three, C.') // ['One, A.', 'Two, B.', 'Three, C.']
 * splitAuthors('MiniMax: Ada One (1), Bo Two (2) ((1) Here, (2) There)') // ['MiniMax', 'Ada One', 'Bo Two']
 */
export function splitAuthors(text: string): string[] {
  const plain = withoutAffiliations(
    readable(
      withoutNotes(
        shielded(
          text
            .slice(0, lengths.authors)
            .normalize('NFC')
            .replace(/^\s{0,9}By:?\s/u, ''),
        ),
      ),
    ),
  )
    .replace(/[、，]/gu, ', ')
    .replace(/\s[|·•]\s/gu, '; ')
  const names = /[;；]/u.test(plain)
    ? plain.split(/[;；]/u).flatMap(part => part.split(conjunction))
    : listsIn(plain).flatMap(byCommas)
  return withoutFullStop(names.map(name => restored(bare(name))).filter(isName))
}

/** `Roe J`, as Vancouver style and PubMed write names. */
const familyAndInitials =
  /^(?:(?:v[ao]n|de[nr]?|la|da|dos|du|el|al|ter?) ){0,3}\p{Lu}[\p{L}’' -]{0,60} \p{Lu}{1,3}$/u

/** Where no initial has a full stop, one after the last name ends the list. */
function withoutFullStop(names: string[]): string[] {
  const last = names.at(-1)?.replace(/\.$/u, '') ?? ''
  const isVancouver =
    names.length > 1 && [...names.slice(0, -1), last].every(name => familyAndInitials.test(name))
  return isVancouver ? [...names.slice(0, -1), last] : names
}

/** A single name, as an element of a list: cleaned as `splitAuthors` cleans each of its names. */
export function authorName(text: string): string {
  const plain = readable(withoutNotes(shielded(text.slice(0, lengths.author).normalize('NFC')))).replace(
    /\s0\d{3}$/u,
    '',
  )
  return restored(bare(isGroup(plain) ? plain : withoutAffiliations(plain)))
}

const marks = [',', ';', ':', ' ']
const standIns = ['\ue000', '\ue001', '\ue002', '\ue003']
const standsFor = (mark: string): string => standIns[marks.indexOf(mark)] ?? mark

const groupNames = /\b(?:Collaborations|Teams|Groups|Consortia)\b/u

/** Several groups that share one noun (`ATLAS and CMS Collaborations`) are one name. */
const togetherGroups = (text: string): string =>
  // Looked for first, for the longer expression tries 80 characters at each place of a text that has none.
  groupNames.test(text)
    ? text.replace(
        /[^,;:]{1,80} (?:and|&) [^,;:]{1,80} (?:Collaborations|Teams|Groups|Consortia)\b/gu,
        names => names.replaceAll(' ', standsFor(' ')),
      )
    : text

/** Braces around a name (`{Barnes and Noble, Inc.}`) keep it whole, as in BibTeX. */
const shielded = (text: string): string =>
  togetherGroups(
    text
      .replace(/[\ue000-\ue003]/gu, '')
      .replace(/(?<=^|[\s,;])\{([^{}\\]{0,300})\}/gu, (_, inside: string) =>
        inside.replace(/[,;: ]/g, standsFor),
      ),
  )

const restored = (name: string): string =>
  name.replace(/[\ue000-\ue003]/gu, mark => marks[standIns.indexOf(mark)] ?? mark)

/** LaTeX and HTML footnotes and affiliation marks. */
const withoutNotes = (text: string): string =>
  text
    .replace(
      /\\(?:thanks|footnote|inst|textsuperscript|affil|altaffiliation|IEEEauthorrefmark)\s?\{[^{}]*\}/gu,
      '',
    )
    .replace(/<sup>[^<>]{0,60}<\/sup>|\$\^[^$]{0,40}\$|<?[^\s<>@]{1,64}@[^\s<>@]{1,200}>?/giu, '')
    .replace(/,?\set\.? al\b\.?$/iu, '')
    .replace(/\\and\b|\\AND\b/gu, ' and ')
    .replace(/\\\\/gu, ', ')

/** `for the X Collaboration` in brackets is an author; any other bracket is removed. */
function withoutAffiliations(text: string): string {
  let out = text.replace(/\(\s*((?:for|on behalf of)\s[^()]{1,200})\)/giu, ', $1')
  // Innermost first, to the depth that affiliations have; an unclosed bracket extends to the end.
  for (let depth = 0; depth < 4; depth++) out = out.replace(/\([^()]{0,2000}\)|\[[^[\]]{0,2000}\]/gu, ' ')
  return out.replace(/\([^()]*$/u, ' ').replace(degrees, '')
}

const degrees =
  /,\s?(?:Ph\.?\s?D|M\.?D|M\.?Sc|B\.?Sc|M\.?P\.?H|Dr\.?\s?rer\.?\s?nat)\.?(?=,|;|$|\sand\s|\s&)/gu

/** The names that a conjunction joins; `et al.` is handled separately. */
const conjunction = /,?\s(?:and|und|&)\s|(?<=\p{L})&(?=\p{Lu}\p{Ll})/u
const behalf = /,?\s(?=(?:for the|on behalf of)\s)/iu

/** Lists without conjunctions, and a group before a colon. */
function listsIn(text: string): string[] {
  const [group, ...rest] = text.split(/(?<=[\p{L}\p{N}.])\s?:(?=\s)|,\s?:\s?,/u)
  if (group === undefined || rest.length === 0) return withoutConjunctions(text)
  return [group.replace(/[, ]/gu, standsFor), ...withoutConjunctions(rest.join(', '))]
}

function withoutConjunctions(list: string): string[] {
  const parts = list
    .split(conjunction)
    .flatMap(part => part.split(behalf))
    .map(part => part.trim())
    .filter(part => part !== '')
  // `One, Ada and Two, Bo`: BibTeX's own form, in which each part is one name with a comma.
  const names = parts.every(part => isInverted(part) || /[\ue000-\ue003]|^\S+$/u.test(part))
  return parts.length > 1 && names && parts.some(isInverted)
    ? parts.map(part => part.replaceAll(',', standsFor(',')))
    : [parts.join(', ')]
}

/** `Last, First`, `Last, First, Jr.` or, as BibTeX has it, `Last, Jr., First`. */
function isInverted(name: string): boolean {
  const [family = '', given = '', ...rest] = name.split(',').map(part => part.trim())
  if (family === '' || given === '') return false
  if (isSuffix(given)) return rest.length === 1 && rest[0] !== '' && !rest.every(isSuffix)
  return rest.every(isSuffix)
}

const wordsOf = (text: string): string[] => text.split(/[\s\ue003]+/u).filter(word => word !== '')

/** `A.`, `A. B.`, `J.-P.`, `AB`: initials of given names. */
const isInitials = (text: string): boolean =>
  /^(?:\p{Lu}\p{L}?\.[\s-]?){1,5}(?:[JS]r\.?|I{2,3})?$|^\p{Lu}{1,3}$/u.test(text)

/** One word, possibly after particles: a possible family name before a comma. */
const isFamily = (text: string): boolean => {
  const words = wordsOf(text)
  return words.length === 1 || (words.length > 1 && words.slice(0, -1).every(isParticle))
}

const isGiven = (text: string): boolean => wordsOf(text).length === 1 || isInitials(text)

/** Names between commas, where the commas may also be inside names. */
function byCommas(list: string): string[] {
  const items = withSuffixes(list.split(',').map(bare).filter(isName))
  const [first = '', second = '', ...others] = items
  if (second === '' || !/[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}]/u.test(first)) return items
  if (isGroup(restored(first)) || isGroup(restored(second))) return items
  if (others.length === 0) return isFamily(first) || isGiven(second) ? [`${first}, ${second}`] : items
  if (items.length % 2 === 0 && isPaired(items)) return inPairs(items)
  // `One, Ada, Bo Two, Cy Three`: only the first name is inverted.
  const turned = isFamily(first) && isGiven(second) && others.every(one => wordsOf(one).length > 1)
  return turned ? [`${first}, ${second}`, ...others] : withInitials(items)
}

/** `Ada One, Two, B.`: an initial with its full stop is never a whole name. */
function withInitials(items: readonly string[]): string[] {
  const names: string[] = []
  for (const item of items) {
    const last = names.at(-1) ?? ''
    if (item.endsWith('.') && isInitials(item) && isFamily(last)) names[names.length - 1] = `${last}, ${item}`
    else names.push(item)
  }
  return names
}

/** Whether every second item can only be the given names for the item before it. */
function isPaired(items: readonly string[]): boolean {
  const families = items.filter((_, at) => at % 2 === 0)
  const given = items.filter((_, at) => at % 2 === 1)
  if (given.every(isInitials)) return !families.every(isInitials)
  return families.every(isFamily)
}

const inPairs = (items: readonly string[]): string[] =>
  items.flatMap((item, at) => (at % 2 === 0 ? [`${item}, ${items[at + 1]}`] : []))

/** `Jr.` after a comma belongs to the name before it. */
function withSuffixes(items: readonly string[]): string[] {
  const names: string[] = []
  for (const item of items) {
    const last = names.at(-1)
    if (isSuffix(item) && last !== undefined) names[names.length - 1] = `${last} ${item}`
    else names.push(item)
  }
  return names
}

const mark = /[*†‡§¶#✉⁰¹²³⁴⁵⁶⁷⁸⁹\d^,.\s]/u
const markOfGroup = /[*†‡§¶✉⁰¹²³⁴⁵⁶⁷⁸⁹,\s]/u
/** The full stop after an initial or `Jr` belongs to the name. */
const endsInStop = /(?:^|[\s.\-,\ue000\ue003])\p{Lu}\p{L}?\.$/u

/** Without leading conjunctions and surrounding footnote or affiliation marks. */
function bare(name: string): string {
  const text = name
    .trim()
    .replace(/^(?:and|by|&)\s/u, '')
    .replace(/^(?:for|on behalf of)\s(?:the\s)?/iu, '')
    .replace(/^the\s(?=\p{Lu})/u, '')
  const spare = isGroup(restored(text)) ? markOfGroup : mark
  let end = text.length
  while (
    end > 0 &&
    spare.test(text[end - 1] ?? '') &&
    !endsInStop.test(text.slice(Math.max(0, end - 4), end))
  )
    end--
  return text.slice(0, end).replace(/^[\s,;:*†‡§&]+/u, '')
}

/** List items that are not names: `et al.`, an address, a number. */
export const isName = (name: string): boolean =>
  /\p{L}/u.test(name) && !/^(?:et\.? al\.?|(?:and )?others|u\. ?a\.?|ph\.? ?d|m\.? ?d)$/iu.test(name)
