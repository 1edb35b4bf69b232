import { timeZonesNames } from '@vvo/tzdb'
import { offsetOf, zoneOf } from '../schedule/time-zones.ts'

/** The runtime's name of a zone; undefined when it does not know it. */
function runtimeName(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

let renamed: ReadonlyMap<string, string> | undefined

/** Today's names of zones that ICU still lists under what the IANA database has since renamed. */
function renames(): ReadonlyMap<string, string> {
  if (renamed !== undefined) return renamed
  const listed = new Set(Intl.supportedValuesOf('timeZone'))
  renamed = new Map(
    timeZonesNames
      .filter(name => !listed.has(name))
      .map(name => [runtimeName(name), name] as const)
      .filter((pair): pair is readonly [string, string] => pair[0] !== undefined),
  )
  return renamed
}

const current = (name: string): string => renames().get(name) ?? name

/** Zones with many inhabitants, which come first among equal matches. */
const familiar: readonly string[] = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Chicago',
  'America/Denver',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Paris',
  'Europe/Madrid',
  'Europe/Kyiv',
  'Europe/Moscow',
  'America/Sao_Paulo',
  'America/Mexico_City',
  'America/Toronto',
  'Asia/Kolkata',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Asia/Jakarta',
  'Asia/Singapore',
  'Australia/Sydney',
  'UTC',
]

/** Rank by population: lower comes first. */
export const rarity = (zone: string): number =>
  familiar.includes(zone) ? familiar.indexOf(zone) : familiar.length

let formerly: ReadonlyMap<string, string> | undefined

/** The zone's former name, which many people and pages still use. */
export function formerName(zone: string): string | undefined {
  formerly ??= new Map([...renames()].map(([old, now]) => [now, old]))
  return formerly.get(zone)
}

/** A name in lower case, without accents, with single spaces. */
export const foldName = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[_\s]+/gu, ' ')
    .trim()

let names: readonly string[] | undefined

/** IANA names that people may choose from, UTC among them. */
export function zoneNames(): readonly string[] {
  names ??= [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone').map(current)])]
  return names
}

/** The name as IANA and ICU spell it today; undefined when the runtime does not know it. */
export function zoneNamed(name: string): string | undefined {
  // Offsets such as +05:30 are taken by Intl, but no rules of summer time belong to them.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/u.test(name)) return undefined
  const listed = runtimeName(name)
  return listed === undefined ? undefined : current(listed)
}

/** The zones of a region such as GB that people may choose from; none for what is no region. */
export function zonesOfRegion(region: string): readonly string[] {
  try {
    const zones = new Intl.Locale(`und-${region}`).getTimeZones()?.map(current) ?? []
    // The region 001 of languages without a country, such as Esperanto, lists names such as Etc/GMT.
    return zones.filter(zone => zoneNames().includes(zone))
  } catch {
    return []
  }
}

/** Where a locale such as pt-BR, or most speakers of one without a region, is at home. */
export function regionOf(locale: string): string | undefined {
  try {
    return new Intl.Locale(locale).maximize().region
  } catch {
    return undefined
  }
}

/** Regions whose English or own-language name begins with the text, in lower case. */
export function regionsNamed(start: string, locale: string): readonly string[] {
  const speakers = [...new Set(['en', locale])].map(namesIn)
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i))
  const codes = letters.flatMap(first => letters.map(second => first + second))
  return codes.filter(code =>
    speakers.some(speaker => speaker?.of(code)?.toLowerCase().startsWith(start) === true),
  )
}

function namesIn(locale: string): Intl.DisplayNames | undefined {
  try {
    return new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' })
  } catch {
    return undefined
  }
}

/** The zone's offset from UTC at that time, in minutes. */
export function offsetAt(name: string, at: Date): number {
  const zone = zoneOf(name)
  return zone === undefined ? 0 : offsetOf(zone, at.getTime())
}
