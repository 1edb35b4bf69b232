const quoted = String.raw`(?:'((?:[^'\\]|\\.){0,1000})'|"((?:[^"\\]|\\.){0,1000})")`
const named = new RegExp(`'(?:name|display_name)': ?${quoted}`, 'g')
const item = new RegExp(`(?<=[[,]\\s?)${quoted}(?=\\s?[,\\]])`, 'g')

/**
 * The names in a list that a program printed into a text, as JSON or as Python writes it: `["Ada One"]`, `['Ada One', "Bo
 * O'Neill"]`, `[{'name': 'Ada One'}]`.
 * @returns undefined for other texts
 */
export function listIn(text: string): string[] | undefined {
  if (!/^\[.*\]$/s.test(text.trim())) return undefined
  const read = parsed(text)
  if (read !== undefined) return read.flatMap(nameIn)
  const found = [...text.matchAll(named)]
  const items = (found.length > 0 ? found : [...text.matchAll(item)]).map(([, one, two]) =>
    (one ?? two ?? '').replace(/\\(.)/g, '$1'),
  )
  return items.length > 0 ? items : undefined
}

function parsed(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function nameIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  const { name, display_name: display } = Object(value) as { name?: unknown; display_name?: unknown }
  return [name, display].filter(text => typeof text === 'string').slice(0, 1)
}
