import { paperId, paperRef } from '../corpus/ids.ts'
import { mergePapers } from '../corpus/merging/merge-papers.ts'
import { isSamePaper } from '../corpus/merging/same-paper.ts'
import type { FetchedPaper } from './paper-source.ts'

/**
 * Papers as they are shown: what files and the database say of one paper is merged, and a server's own record of a paper
 * that everybody has is left out. Two papers of one id are told apart.
 * @returns by the files' order, then by when they were stored
 */
export function mergeFetched(fetched: Iterable<FetchedPaper>): FetchedPaper[] {
  const inOrder = [...fetched].sort((a, b) => levelOf(a) - levelOf(b) || a.order - b.order)
  const shown: FetchedPaper[] = []
  const byKey = new Map<string, number[]>()
  const ids = new Set<string>()
  for (const one of inOrder) {
    const at = twinOf(one, shown, byKey)
    if (at !== undefined) {
      shown[at] = merged(shown[at] as FetchedPaper, one)
      continue
    }
    const paper = ids.has(one.paper.id) ? renamed(one) : one
    ids.add(paper.paper.id)
    for (const key of paper.keys) byKey.set(key, [...(byKey.get(key) ?? []), shown.length])
    shown.push(paper)
  }
  return shown
}

/** Files first, then what everybody sees. */
const levelOf = ({ isOfFile, collection }: FetchedPaper): number => (isOfFile ? 0 : collection === '' ? 1 : 2)

function twinOf(
  one: FetchedPaper,
  shown: readonly FetchedPaper[],
  byKey: ReadonlyMap<string, readonly number[]>,
): number | undefined {
  for (const key of one.keys)
    for (const at of byKey.get(key) ?? []) {
      const other = shown[at]
      if (other !== undefined && levelOf(other) < levelOf(one) && isSamePaper(other, one)) return at
    }
  return undefined
}

/** Of a server's own record only the references lead there: what it says is the server's alone. */
function merged(shown: FetchedPaper, other: FetchedPaper): FetchedPaper {
  const refs = [...new Set([...shown.refs, ...other.refs])]
  if (other.collection !== '') return { ...shown, refs }
  const longer = other.sequence.length > shown.sequence.length ? other : shown
  return {
    ...longer,
    paper: mergePapers(shown.paper, other.paper),
    refs,
    names: [...new Set([...shown.names, ...other.names])],
    keys: new Set([...shown.keys, ...other.keys]),
    key: shown.key,
    collection: shown.collection,
    isOfFile: shown.isOfFile,
    order: shown.order,
  }
}

/** Another paper has its id: it gets one of its content. */
function renamed(one: FetchedPaper): FetchedPaper {
  const id = paperId(one.paper.title, one.paper.abstract)
  return { ...one, paper: { ...one.paper, id }, refs: [paperRef(id)] }
}
