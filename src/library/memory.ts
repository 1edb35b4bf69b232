import { LRUCache } from 'lru-cache'

/** What was computed of a text; see `openMemory`. */
export interface Memory {
  /** Results that are kept. */
  readonly size: number
  /** A part for one library, so that what changed papers gave is never found again. */
  part(): Remember
}

/** @returns what `make` gave for the same kind and text before, as long as it is kept */
export type Remember = <T extends object>(kind: string, text: string, make: () => T) => T

/** Computes everything anew. */
export const forgetful: Remember = (_kind, _text, make) => make()

/** Longer texts are rarely asked twice, and would take up memory. */
const longestText = 300

/**
 * One bounded memory for all libraries of a process: a busy lab asks for the same things again, and each library gives
 * the same result for the same text as long as it lives. What belongs to a library that is gone is pushed out by what is
 * asked of the others.
 * @param max results that are kept, some 5 KB each
 */
export function openMemory(max = 500): Memory {
  const results = new LRUCache<string, object>({ max })
  let parts = 0
  return {
    get size() {
      return results.size
    },
    part() {
      const part = parts++
      return <T extends object>(kind: string, text: string, make: () => T): T => {
        if (text.length > longestText) return make()
        const key = `${part} ${kind} ${text}`
        const known = results.get(key)
        if (known !== undefined) return known as T
        const made = make()
        results.set(key, made)
        return made
      }
    },
  }
}
