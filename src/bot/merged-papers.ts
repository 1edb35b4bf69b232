import { keysOfPaper } from '../corpus/merging/paper-keys.ts'
import { isSamePaper, type Keyed } from '../corpus/merging/same-paper.ts'
import type { Paper } from '../corpus/paper.ts'

/**
 * The papers of several collections as one: a paper that an earlier collection has, by identity or by its id, is left
 * out of the later ones.
 */
export function withoutDuplicates(collections: readonly (readonly Paper[])[]): Paper[] {
  const [first = [], ...others] = collections
  // Within one collection the reader has decided already.
  const papers = [...first]
  if (others.every(other => other.length === 0)) return papers
  const ids = new Set<string>()
  const byKey = new Map<string, Keyed[]>()
  const file = (paper: Paper): void => {
    const keys = keysOfPaper(paper)
    const entry = { paper, keys }
    ids.add(paper.id)
    for (const key of keys) {
      const there = byKey.get(key)
      if (there === undefined) byKey.set(key, [entry])
      else there.push(entry)
    }
  }
  for (const paper of papers) file(paper)
  for (const other of others) {
    const fresh = other.filter(paper => !ids.has(paper.id) && !isKnown(paper, byKey))
    for (const paper of fresh) file(paper)
    papers.push(...fresh)
  }
  return papers
}

function isKnown(paper: Paper, byKey: ReadonlyMap<string, readonly Keyed[]>): boolean {
  const keys = keysOfPaper(paper)
  return [...keys].some(key => byKey.get(key)?.some(entry => isSamePaper(entry, { paper, keys })))
}
