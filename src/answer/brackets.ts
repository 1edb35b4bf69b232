const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }
/** A bracket that closes later than this was likely meant for something else. */
const longest = 400

/**
 * Tells of an offset whether it stands between a bracket and its partner, so that a stop there ends no sentence.
 * Brackets without a partner are as good as absent.
 */
export function bracketedStops(text: string): (at: number) => boolean {
  const closesAt = partners(text)
  let until = -1
  let seen = 0
  // Offsets are asked in rising order, so one pass over the text serves all of them.
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
    // A crossing or nesting deeper than 8 is no prose; looking no further keeps the pass linear.
    const near = open.slice(-8)
    const last = near.findLastIndex(item => item.mark === partner)
    const from = near[last]
    if (from === undefined) continue
    open.length -= near.length - last
    if (at - from.at <= longest) found.set(from.at, at)
  }
  return found
}
