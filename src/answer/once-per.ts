/**
 * Memoises a function per object; values are garbage-collected with their objects.
 *
 * @example
 * const lengthOf = oncePer((paper: Paper) => expensive(paper))
 */
export function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>()
  return key => {
    const found = known.get(key) ?? { value: make(key) }
    known.set(key, found)
    return found.value
  }
}
