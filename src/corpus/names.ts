/** A person's name as CSL has it, or a group's as `literal`. */
export type CslName =
  | { readonly family: string; readonly given: string; readonly suffix?: string }
  | { readonly literal: string }

const lowerParticles =
  'da|dal|das|de|del|della|den|der|des|di|do|dos|du|el|la|las|le|los|ten|ter|van|vom|von|zu|zum|zur|al|bin|ibn|af|av'
/** Particles; with a capital, only those that are not given names in another language. */
const particle = new RegExp(`^(?:${lowerParticles}|Van|Von|De|Del|Della|Dos|El|Al|Bin|Ibn)$`, 'u')
const suffixes = /^(?:jr|sr|junior|senior|ii|iii|iv)\.?$/iu

/** Words in the names of groups but not of persons. */
const groupWord =
  /(?<![\p{L}\p{N}])(?:teams?|collaborations?|consortium|consortia|groups?|initiative|networks?|projects?|community|workshop|institutes?|institution|universit(?:y|ies)|laborator(?:y|ies)|labs?|associations?|committee|society|organi[sz]ations?|foundation|council|agency|cent(?:er|re)|department|ministry|corporation|company|inc|ltd|llc|gmbh|investigators|authors|contributors|partners(?:hip)?|task ?force|alliance|federation|commission|administration|bureau|college|school|academy|hospital|research|technologies)(?![\p{L}\p{N}])/iu
const allGroupWords = new RegExp(groupWord, 'giu')
/** An acronym of them, which in other letters would be a family name. */
const groupAcronym = /(?:^|[\s-])AI$/u

/** Whether a name of several words is a group's: `Qwen Team`, `The ATLAS Collaboration`, `Gemma Team, Google DeepMind`. */
export const isGroup = (name: string): boolean =>
  /\s/u.test(name.trim()) && (groupWord.test(name) || groupAcronym.test(name) || /^The\s/u.test(name))

/** The words of a group's name that others do not have: `ATLAS` of `The ATLAS Collaboration`. */
export function tellingWords(group: string): string {
  const telling = group
    .replace(allGroupWords, ' ')
    .replace(/(?<!\p{L})(?:the|of|for|and|on|in)(?!\p{L})/giu, ' ')
  return /\p{L}/u.test(telling) ? telling : group
}

/** `Jr.`, `III`: a suffix, also after a comma, and not a name by itself. */
export const isSuffix = (text: string): boolean => suffixes.test(text)

/** `van`, `de la`: a particle that begins a family name. */
export const isParticle = (word: string): boolean => particle.test(word)

/**
 * `Ada Lovelace`, `Lovelace, Ada`, `Ludwig van Beethoven`, `Martin King Jr.`. A single word, a name without Latin
 * letters and a group's name are not split: they have another order, or none.
 */
export function nameOf(text: string): CslName {
  if (isGroup(text)) return { literal: text }
  if (text.indexOf(',') > 0) return invertedName(text)
  const words = text.split(/\s+/u).filter(word => word !== '')
  const suffix = words.length > 2 && isSuffix(words.at(-1) ?? '') ? words.pop() : undefined
  if (words.length < 2 || !/\p{Script=Latin}/u.test(text)) return { literal: text }
  const initials = words.at(-1) ?? ''
  // PubMed's form; two capitals with a vowel may be a family name in capitals (`Wei LI`).
  if (/^(?:\p{Lu}|[B-DF-HJ-NP-TV-Z]{2,3})$/u.test(initials) && /\p{Ll}/u.test(words[0] ?? ''))
    return {
      family: words.slice(0, -1).join(' '),
      given: initials,
      ...(suffix === undefined ? {} : { suffix }),
    }
  const found = words.findIndex((word, at) => at > 0 && at < words.length - 1 && isParticle(word))
  const split = found > 0 ? found : words.length - 1
  return {
    family: words.slice(split).join(' '),
    given: words.slice(0, split).join(' '),
    ...(suffix === undefined ? {} : { suffix }),
  }
}

function invertedName(text: string): CslName {
  const [family = '', ...rest] = text.split(',').map(part => part.trim())
  const apart = rest.find(isSuffix)
  const words = rest
    .filter(part => part !== apart)
    .flatMap(part => part.split(/\s+/u))
    .filter(Boolean)
  // PubMed writes `King, Martin L Jr`.
  const suffix = apart ?? (words.length > 1 && isSuffix(words.at(-1) ?? '') ? words.pop() : undefined)
  const given = words.join(' ')
  if (family === '' || given === '') return { literal: text }
  return { family, given, ...(suffix === undefined ? {} : { suffix }) }
}

export const familyOf = (name: CslName): string => ('family' in name ? name.family : name.literal)

/** The name in spoken order: `Ada Lovelace` for `Lovelace, Ada` too. */
export function saidName(text: string): string {
  const name = nameOf(text)
  if ('literal' in name) return name.literal
  return [name.given, name.family, name.suffix].filter(part => part !== undefined).join(' ')
}
