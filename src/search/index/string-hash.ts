/** A 32-bit hash of a text's UTF-16 units: FNV-1a, its bits mixed once more. Another `seed` gives another hash. */
export function hashOf(text: string, seed = 0x811c9dc5): number {
  return hashOfPart(text, 0, text.length, seed)
}

/** The hash of a part of a text. */
export function hashOfPart(text: string, start: number, end: number, seed = 0x811c9dc5): number {
  let hash = seed
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** Slots of a hash table for so many entries: a power of two, at least a third of them empty. */
export const slotsFor = (entries: number): number => 2 ** Math.ceil(Math.log2(1.5 * entries + 2))
