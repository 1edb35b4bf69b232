import { citiesOf, zoneOfCity } from './city-zones.ts'
import { visible } from './escape.ts'
import {
  foldName,
  formerName,
  offsetAt,
  rarity,
  regionOf,
  regionsNamed,
  zoneNamed,
  zoneNames,
  zonesOfRegion,
} from './zone-names.ts'

/** Discord's limit for choices. */
const most = 25

/** The longest time zone name; anything longer is not one. */
export const zoneLength = 64

/** A suggestion for an option: what is shown, and the IANA name. */
export interface ZoneChoice {
  readonly name: string
  readonly value: string
}

/**
 * Time zones for what has been typed so far: a city, a country, a part of the name or an offset such as +5:30.
 * Those of the member's own region come first among equals, and alone when nothing is typed.
 */
export function suggestZones(typed: string, locale: string, at: Date): ZoneChoice[] {
  return rankZones(typed, locale, at)
    .slice(0, most)
    .map(zone => ({
      name: `${zone} · ${clockIn(zone, at)} there now (${offsetText(offsetAt(zone, at))})`,
      value: zone,
    }))
}

/** Common names that no database has, each mapped to a city of its zone. */
const commonNames: Readonly<Record<string, string>> = {
  gmt: 'UTC',
  z: 'UTC',
  'pacific time': 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  'eastern time': 'America/New_York',
  cet: 'Europe/Berlin',
  cest: 'Europe/Berlin',
  jst: 'Asia/Tokyo',
  kst: 'Asia/Seoul',
  hkt: 'Asia/Hong_Kong',
  msk: 'Europe/Moscow',
  uk: 'Europe/London',
  england: 'Europe/London',
  scotland: 'Europe/London',
  wales: 'Europe/London',
  india: 'Asia/Kolkata',
  china: 'Asia/Shanghai',
  germany: 'Europe/Berlin',
  washington: 'America/New_York',
  'washington dc': 'America/New_York',
  'washington d.c.': 'America/New_York',
  nyc: 'America/New_York',
  bangalore: 'Asia/Kolkata',
  bombay: 'Asia/Kolkata',
  madras: 'Asia/Kolkata',
  peking: 'Asia/Shanghai',
  princeton: 'America/New_York',
  stanford: 'America/Los_Angeles',
  'palo alto': 'America/Los_Angeles',
  aachen: 'Europe/Berlin',
  darmstadt: 'Europe/Berlin',
  erlangen: 'Europe/Berlin',
  nuremberg: 'Europe/Berlin',
  tubingen: 'Europe/Berlin',
  tuebingen: 'Europe/Berlin',
  delft: 'Europe/Amsterdam',
  leuven: 'Europe/Brussels',
  ghent: 'Europe/Brussels',
  lund: 'Europe/Stockholm',
  gothenburg: 'Europe/Stockholm',
  espoo: 'Europe/Helsinki',
  'saint petersburg': 'Europe/Moscow',
  "xi'an": 'Asia/Shanghai',
  rio: 'America/Sao_Paulo',
}

/** The zone that a typed text means: its name in any case, or a city or country that has one zone only. */
export function parseZone(typed: string, locale: string, at: Date): string | undefined {
  // `Berlin, Germany`: the city decides.
  const text = (visible(typed).split(',')[0] ?? '').slice(0, zoneLength)
  const wanted = foldName(text)
  if (Object.hasOwn(commonNames, wanted)) return commonNames[wanted]
  const named = wanted === 'utc' || text.includes('/') ? zoneNamed(text.replaceAll(' ', '_')) : undefined
  if (named !== undefined) return named
  const cities = zoneNames().filter(zone => foldName(cityOf(zone)) === wanted)
  if (cities.length > 0) return cities.length === 1 ? cities[0] : undefined
  if (wanted === '' || offsetIn(wanted) !== undefined) return undefined
  const city = zoneOfCity(wanted)
  if (city !== undefined) return city
  const found = rankZones(text, locale, at)
  return found.length === 1 ? found[0] : undefined
}

function rankZones(typed: string, locale: string, at: Date): string[] {
  const wanted = foldName(visible(typed).slice(0, zoneLength))
  const home = zonesOfRegion(regionOf(locale) ?? '')
  if (wanted === '') {
    const well = zoneNames().filter(zone => !home.includes(zone) && rarity(zone) < rarity(''))
    return [...[...home].sort(byRarity), ...well.sort(byRarity)]
  }
  const offset = offsetIn(wanted)
  const countries = offset === undefined ? regionsNamed(wanted, locale).flatMap(zonesOfRegion) : []
  const scored = zoneNames().flatMap(zone => {
    const fits =
      offset === undefined ? scoreOf(zone, wanted, countries) : offsetAt(zone, at) === offset ? 1 : 0
    return fits === 0 ? [] : [{ zone, score: fits + (home.includes(zone) ? 0.5 : 0) }]
  })
  return scored.sort((a, b) => b.score - a.score || byRarity(a.zone, b.zone)).map(({ zone }) => zone)
}

const byRarity = (a: string, b: string): number => rarity(a) - rarity(b)

function scoreOf(zone: string, wanted: string, countries: readonly string[]): number {
  const city = foldName(cityOf(zone))
  const whole = foldName(zone)
  if (whole === wanted || city === wanted) return 6
  if (city.startsWith(wanted)) return 5
  if (countries.includes(zone)) return 4
  if (whole.startsWith(wanted)) return 3
  if (city.split(' ').some(word => word.startsWith(wanted))) return 2
  if (foldName(cityOf(formerName(zone) ?? '')).startsWith(wanted)) return 2
  if (citiesOf(zone).some(name => name.startsWith(wanted))) return 2
  return whole.includes(wanted) ? 1 : 0
}

/** Minutes that a text such as `+2`, `UTC-3`, `gmt +5:30` names. */
function offsetIn(text: string): number | undefined {
  const [, sign, hours = '', minutes = '0'] =
    /^(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?(\d\d))?$/u.exec(text) ?? []
  if (sign === undefined) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1)

function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const sign = minutes < 0 ? '−' : '+'
  return `UTC${sign}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}

function clockIn(zone: string, at: Date): string {
  const local = new Date(at.getTime() + offsetAt(zone, at) * 60_000)
  return local.toISOString().slice(11, 16)
}
