/** A person's name as CSL has it, or a group's as `literal`. */
export type CslName =
  | { readonly family: string; readonly given: string; readonly suffix?: string }
  | { readonly literal: string }

const particles =
  /^(?:da|dal|de|del|della|den|der|des|di|dos|du|el|la|le|ten|ter|van|vom|von|zu|zum|zur|al|bin|ibn|af|av)$/
const suffixes = /^(?:jr|sr|ii|iii|iv)\.?$/i

/**
 * `Ada Lovelace`, `Lovelace, Ada`, `Ludwig van Beethoven`, `Martin King Jr.`. One word, and what holds no Latin
 * letter, stays whole: such names have another order, or are a group's.
 */
export function nameOf(text: string): CslName {
  const comma = text.indexOf(',')
  if (comma > 0) {
    const [family = '', ...rest] = text.split(',').map(part => part.trim())
    const suffix = rest.find(part => suffixes.test(part))
    const given = rest.filter(part => part !== '' && part !== suffix).join(' ')
    if (family === '' || given === '') return { literal: text }
    return { family, given, ...(suffix === undefined ? {} : { suffix }) }
  }
  const words = text.split(/\s+/).filter(word => word !== '')
  const suffix = words.length > 2 && suffixes.test(words.at(-1) ?? '') ? words.pop() : undefined
  if (words.length < 2 || !/\p{Script=Latin}/u.test(text)) return { literal: text }
  const particle = words.findIndex((word, at) => at > 0 && at < words.length - 1 && particles.test(word))
  const split = particle > 0 ? particle : words.length - 1
  return {
    family: words.slice(split).join(' '),
    given: words.slice(0, split).join(' '),
    ...(suffix === undefined ? {} : { suffix }),
  }
}

export const familyOf = (name: CslName): string => ('family' in name ? name.family : name.literal)
