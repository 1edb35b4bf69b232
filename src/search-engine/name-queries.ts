import { asciiOf } from '../corpus/text.ts'
import { venueKeys } from '../corpus/venues.ts'
import type { Wanted } from '../search/port.ts'
import { familyKey } from './papers-in-engine.ts'
import { byFamily, byNameBegin, byVenue, type EngineQuery, type Scope } from './queries.ts'

/** What finds papers by who wrote them and where they appeared. */
export function namesQueries(
  { author, venue, nameBegin }: { [Key in 'author' | 'venue' | 'nameBegin']: Wanted[Key] | undefined },
  scope: Scope,
): EngineQuery[] {
  const family = author === undefined ? '' : familyKey(author)
  return [
    ...(family === '' ? [] : [byFamily(family, scope)]),
    ...(venue === undefined ? [] : [byVenue([...venueKeys(venue), venue.trim().toLowerCase()], scope)]),
    ...(nameBegin === undefined ? [] : [begun(nameBegin.slice(0, longestName), scope)]),
  ]
}

const longestName = 100

function begun(typed: string, scope: Scope): EngineQuery {
  const text = asciiOf(typed).toLowerCase()
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '')
  return byNameBegin(words, venueKeys(text)[0] ?? text.trim(), scope)
}
