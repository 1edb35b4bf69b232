/** Under which name this browser remembers how often each command was sent. */
const key = 'uses'
/** Commands that are remembered: a bot has a hundred at most, with their subcommands more. */
const most = 500

/** How often each command was sent from this browser, by path such as `queue propose`. */
export function usesOf(): ReadonlyMap<string, number> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    return new Map(
      Object.entries(stored ?? {}).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
    )
  } catch {
    return new Map()
  }
}

export function countUse(path: string): void {
  const uses = usesOf()
  const counted = new Map(uses).set(path, (uses.get(path) ?? 0) + 1)
  const kept = [...counted].toSorted(([, a], [, b]) => b - a).slice(0, most)
  try {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(kept)))
  } catch {
    // Without a store the list stays in the bot's own order.
  }
}
