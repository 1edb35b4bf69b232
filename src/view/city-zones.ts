import { createRequire } from 'node:module'
import { rawTimeZones } from '@vvo/tzdb'
import { foldName, zoneNamed } from './zone-names.ts'

/** How many times as many people must live in the cities of one zone as in those of the next of that name. */
const clearly = 6
/** The list has the one in England alone. */
const unsure: ReadonlySet<string> = new Set(['cambridge'])
/** Inhabitants of a city that is offered before its name is typed whole. */
const large = 100_000

interface City {
  readonly city: string
  readonly city_ascii: string
  readonly pop: number
  readonly timezone: string
}

interface Cities {
  /** Inhabitants by zone, for each name. */
  readonly zones: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Names of large cities, for each zone. */
  readonly large: ReadonlyMap<string, readonly string[]>
}

let known: Cities | undefined

/** Seven thousand cities, read when the first is asked for. */
function cities(): Cities {
  if (known !== undefined) return known
  const require = createRequire(import.meta.url)
  const { cityMapping }: { cityMapping: readonly City[] } = require('city-timezones')
  const zones = new Map<string, Map<string, number>>()
  const names = new Map<string, string[]>()
  const current = new Map<string, string | undefined>()
  const main = rawTimeZones.flatMap(({ name, mainCities }) =>
    mainCities.map(city => ({ city, city_ascii: city, pop: large, timezone: name })),
  )
  for (const { city, city_ascii, pop, timezone } of [...cityMapping, ...main]) {
    if (!current.has(timezone)) current.set(timezone, zoneNamed(timezone))
    const zone = current.get(timezone)
    if (zone === undefined) continue
    for (const name of new Set([foldName(city), foldName(city_ascii)])) {
      const counted = zones.get(name) ?? new Map<string, number>()
      zones.set(name, counted.set(zone, (counted.get(zone) ?? 0) + pop))
      if (pop >= large && !names.get(zone)?.includes(name))
        names.set(zone, [...(names.get(zone) ?? []), name])
    }
  }
  known = { zones, large: names }
  return known
}

/**
 * The zone of the city that people mean by a name. Undefined where cities of that name keep different times and none is
 * much larger, as for San Jose.
 * @param name as `foldName` gives it
 */
export function zoneOfCity(name: string): string | undefined {
  if (unsure.has(name)) return undefined
  const [first, second] = [...(cities().zones.get(name) ?? [])].sort((a, b) => b[1] - a[1])
  if (first === undefined || (second !== undefined && first[1] < clearly * second[1])) return undefined
  return first[0]
}

/** Large cities that keep a zone's time, as `foldName` gives them: Mumbai and Delhi of Asia/Kolkata. */
export const citiesOf = (zone: string): readonly string[] => cities().large.get(zone) ?? []
