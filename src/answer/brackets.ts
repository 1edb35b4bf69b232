const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }
/** Brackets further apart than this are not treated as a pair. */
const longest = 400

/**
 * Returns a test whether an offset lies inside a pair of brackets, where a stop does not end a sentence. Unpaired
 * brackets are ignored.
 */
export function bracketedStops(text: string): (at: number) => boolean {
  const closesAt = partners(text)
  let until = -1
  let seen = 0
  // Offsets must be asked for in ascending order; one pass over the text then serves all of them.
  return at => {
    for (; seen < at; seen++) until = Math.max(until, closesAt.get(seen) ?? -1)
    return at < until
  }
}

function partners(text: string): Map<number, number> {
  const found = new Map<number, number>()
  const open: { readonly mark: string; readonly at: number }[] = []
  for (const { 0: mark, index: at } of text.matchAll(/[()[\]{}]/g)) {
    const partner = pairs[mark]
    if (partner === undefined) {
      open.push({ mark, at })
      continue
    }
    // Prose does not nest brackets deeper than 8; a bounded search keeps the pass linear.
    const near = open.slice(-8)
    const last = near.findLastIndex(item => item.mark === partner)
    const from = near[last]
    if (from === undefined) continue
    open.length -= near.length - last
    if (at - from.at <= longest) found.set(from.at, at)
  }
  return found
}
