import { isObject } from '../dialect-values.ts'
import { ownKeys } from '../dialects.ts'

/** How deep lists of records lie in the responses of services, and how many values are looked at. */
const most = { depth: 8, values: 100_000 }

/** What a record holds beside itself: other papers, and what has a title without being one. */
const beside =
  /^(?:references?|citations?|citedby|cited_by|related|replies|details|authors?|authorships|creators?|editors?|venue|journal|source|locations?|concepts|topics|keywords|tags|attachments|facets|meta)$/i

/** Whether a value gives a paper's title, under whichever key. */
export const isRecord = (value: unknown): boolean => {
  const own = ownKeys(value)
  return isObject(own) && typeof own['title'] === 'string' && own['title'].trim() !== ''
}

/**
 * The records in a document whose shape is not known: itself if it is one, else the first list of records in it, nearest
 * to the top, also as an object with a record for each id (PubMed's summaries, `{"10.1/x": {...}}`).
 * @returns undefined if it holds none
 */
export function recordsInside(document: unknown): readonly unknown[] | undefined {
  if (isRecord(document)) return [document]
  const own = ownKeys(document)
  // An empty title is a record's that names no paper.
  if (isObject(own) && own['title'] === '') return undefined
  let level: unknown[] = [document]
  let seen = 0
  for (let depth = 0; depth < most.depth && level.length > 0; depth++) {
    const found = level.map(listIn).find(list => list !== undefined)
    if (found !== undefined) return found
    level = level.flatMap(childrenOf).filter(child => typeof child === 'object')
    seen += level.length
    if (seen > most.values) return undefined
  }
  return undefined
}

/** The values of a list or object, if one of them is a record. */
function listIn(value: unknown): readonly unknown[] | undefined {
  const children = childrenOf(value)
  if (!children.some(isRecord)) return undefined
  return Array.isArray(value) ? value : children.filter(isObject)
}

function childrenOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, child]) => (beside.test(key) ? [] : [child]))
}
