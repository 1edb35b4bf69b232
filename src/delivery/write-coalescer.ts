interface Entry {
  /** It has changed since its last write began. */
  dirty: boolean
  writing: boolean
  notBefore: number
  failures: number
}

/**
 * Decides when to write things that change often: the first change at once, the changes of the next `gap` together
 * at its end. Whatever happens meanwhile, a write begins after the last change. Times are ms of a clock that never goes back.
 */
export interface Coalescer {
  /** @returns when the key is to be written: a time that may be past; undefined while an earlier write is under way */
  changed(key: string, now: number): number | undefined
  /** The keys to write now. Each counts as under way until `written`. */
  take(now: number): string[]
  /**
   * A write has ended. One that failed is tried again, after twice the pause each time.
   * @returns `dropped` when it failed for the last time
   */
  written(key: string, now: number, ok: boolean): 'ok' | 'again' | 'dropped'
  /** When there is next something to take. */
  nextAt(): number | undefined
  /** Keys that are remembered. */
  readonly size: number
}

export function coalescer({ gap, tries }: { gap: number; tries: number }): Coalescer {
  const entries = new Map<string, Entry>()
  const forget = (now: number): void => {
    for (const [key, entry] of entries)
      if (!entry.dirty && !entry.writing && entry.notBefore <= now) entries.delete(key)
  }
  return {
    changed(key, now) {
      const entry = entries.get(key) ?? { dirty: true, writing: false, notBefore: now, failures: 0 }
      entry.dirty = true
      entries.set(key, entry)
      return entry.writing ? undefined : entry.notBefore
    },
    take(now) {
      forget(now)
      const due = [...entries].filter(([, entry]) => entry.dirty && !entry.writing && entry.notBefore <= now)
      for (const [, entry] of due) {
        entry.dirty = false
        entry.writing = true
      }
      return due.map(([key]) => key)
    },
    written(key, now, ok) {
      const entry = entries.get(key)
      if (entry === undefined) return 'ok'
      entry.writing = false
      entry.failures = ok ? 0 : entry.failures + 1
      entry.notBefore = now + gap * 2 ** entry.failures
      if (ok) return 'ok'
      if (entry.failures >= tries) {
        entries.delete(key)
        return 'dropped'
      }
      entry.dirty = true
      return 'again'
    },
    nextAt() {
      const waiting = [...entries.values()].filter(entry => !entry.writing)
      // Clean entries are among them: once their gap is over they are forgotten.
      return waiting.length === 0 ? undefined : Math.min(...waiting.map(entry => entry.notBefore))
    },
    get size() {
      return entries.size
    },
  }
}
